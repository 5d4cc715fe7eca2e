/** What a follower said about where he was. */
export interface ResumeFacts {
  /** `null`: he said nothing. */
  readonly from: bigint | null;
  /** Position of the last event. */
  readonly last: bigint;
  /** The greatest position that was ever given. */
  readonly given: bigint;
}

export type Resume = { readonly kind: 'go-on'; readonly position: bigint } | { readonly kind: 'resync'; readonly position: bigint };

/** Who missed more than this reads everything again sooner than he reads what he missed. */
export const MISSED_EVENTS_MAX = 10_000n;

/** Where the page goes on. It reads all again where it missed much, or comes from another log. */
export function resumeOfPage({ from, last, given }: ResumeFacts): Resume {
  if (from === null) return { kind: 'go-on', position: last };
  return from > given || last - from > MISSED_EVENTS_MAX ? { kind: 'resync', position: last } : { kind: 'go-on', position: from };
}

const POSITION = /^\d{1,18}$/;

/** The position that text names; `null` where it names none. */
export function positionIn(text: string): bigint | null {
  return POSITION.test(text) ? BigInt(text) : null;
}
