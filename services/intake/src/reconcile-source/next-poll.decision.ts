export interface FailedPoll {
  /** The system refuses: somebody must act. */
  readonly isRefused: boolean;
  /** For how long the system asks us to wait; `null`: it does not say. */
  readonly retryAfterMs: number | null;
  /** Polls that failed one after another before this one. */
  readonly failures: number;
  /** Of the source. */
  readonly everySeconds: number;
  readonly now: Date;
  /** 0 up to, not with, 1. */
  readonly random: number;
}

const FIRST_DELAY_MS = 30_000;
const DELAY_MS_MAX = 900_000;
/** The share of a delay by which it may be longer. */
const JITTER = 0.2;

/**
 * When a source is polled again after a poll failed: soon at first, so that a short trouble does not cost a whole interval, then
 * ever later, up to its interval or a quarter of an hour; never before its system wants to be asked. A change of the source comes first.
 */
export function retryPollAt({ isRefused, retryAfterMs, failures, everySeconds, now, random }: FailedPoll): Date {
  const doubled = FIRST_DELAY_MS * 2 ** Math.min(failures, 10);
  const delayMs = isRefused ? Math.max(everySeconds * 1_000, DELAY_MS_MAX) : Math.min(doubled, Math.max(everySeconds * 1_000, FIRST_DELAY_MS), DELAY_MS_MAX);
  return new Date(now.getTime() + Math.max(delayMs, retryAfterMs ?? 0) * (1 + JITTER * random));
}
