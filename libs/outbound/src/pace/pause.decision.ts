import type { Answer } from '../outbound.js';

/** A server cannot pause its lane for longer: a header with nonsense must not silence a source for a day. */
export const PAUSE_MS_MAX = 60 * 60 * 1_000;
/** Where a server says 429 and not for how long. */
const PAUSE_MS_UNSAID = 5_000;

/** Above this a number of seconds is a time since 1970, and above the next one of milliseconds. */
const EPOCH_SECONDS_MIN = 1_000_000_000;
const EPOCH_MS_MIN = 1_000_000_000_000;

const REMAINING = ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining'];
const RESET = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'];

/**
 * For how long nothing more should be asked after this answer; 0: no pause. Retry-After counts with 429 and 503. What is left of a
 * rate is told by headers of many spellings, and by `RateLimit` of the IETF draft (`r` requests left, `t` seconds to go).
 */
export function pauseMsOf({ status, headers, retryAfterMs }: Answer, nowMs: number): number {
  const isThrottled = status === 429;
  if ((isThrottled || status === 503) && retryAfterMs !== null) return Math.min(retryAfterMs, PAUSE_MS_MAX);
  const { remaining, resetMs } = rateOf(headers, nowMs);
  if (isThrottled || remaining === 0) return Math.min(resetMs ?? (isThrottled ? PAUSE_MS_UNSAID : 0), PAUSE_MS_MAX);
  return 0;
}

function rateOf(headers: Answer['headers'], nowMs: number): { readonly remaining: number | null; readonly resetMs: number | null } {
  const draft = textOf(headers['ratelimit']);
  const [left, seconds] = [/(?:^|[;,\s])r=(\d+)/.exec(draft)?.[1], /(?:^|[;,\s])t=(\d+)/.exec(draft)?.[1]];
  return {
    remaining: numberIn(left ?? first(headers, REMAINING)),
    resetMs: fromNow(numberIn(seconds ?? first(headers, RESET)), nowMs),
  };
}

function fromNow(reset: number | null, nowMs: number): number | null {
  if (reset === null) return null;
  if (reset >= EPOCH_MS_MIN) return Math.max(0, reset - nowMs);
  return reset >= EPOCH_SECONDS_MIN ? Math.max(0, reset * 1_000 - nowMs) : reset * 1_000;
}

function first(headers: Answer['headers'], names: readonly string[]): string {
  return textOf(names.map((name) => headers[name]).find((value) => value !== undefined));
}

function textOf(header: string | readonly string[] | undefined): string {
  return (typeof header === 'string' ? header : (header?.[0] ?? '')).trim();
}

function numberIn(text: string): number | null {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}
