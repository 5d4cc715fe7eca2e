/** Systems show some changes late, and their clocks may go behind ours: a poll looks so far back behind where the last one ended. */
export const OVERLAP_MS = 300_000;
/** What changed just now is left to its webhook, which may be under way, and else to the next poll. */
export const SETTLE_MS = 60_000;
/** A source that is polled for the first time is asked for what changed since it was created, and not for more than this. */
export const LOOK_BACK_MS = 86_400_000;

export interface PollWindow {
  /** What changed since then is asked for. */
  readonly since: Date;
  /** What changed later is not told yet. */
  readonly until: Date;
}

/** @param readUpTo the cursor: all that changed until then is told. */
export function windowOf(readUpTo: Date, now: Date): PollWindow {
  return { since: new Date(readUpTo.getTime() - OVERLAP_MS), until: new Date(now.getTime() - SETTLE_MS) };
}

/**
 * Where the cursor stands after some tickets of a poll are told, which come with the oldest change first. It never goes back,
 * and never beyond the window: a ticket with a time to come must not hide the others.
 */
export function cursorAfter(readUpTo: Date, updatedAts: readonly string[], { until }: PollWindow): Date {
  const reached = updatedAts.map((updatedAt) => Date.parse(updatedAt)).filter((ms) => ms <= until.getTime());
  return new Date(Math.max(readUpTo.getTime(), ...reached));
}

/** Where the cursor stands after a poll that came to its end. */
export function cursorAtEnd(readUpTo: Date, { until }: PollWindow): Date {
  return until > readUpTo ? until : readUpTo;
}
