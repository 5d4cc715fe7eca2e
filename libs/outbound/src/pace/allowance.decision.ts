export interface Allowance {
  readonly requestsASecondMax: number;
  /** Requests that may go at once after a pause. */
  readonly burstMax: number;
}

export interface Reservation {
  /** How long to wait before the request may go. */
  readonly waitMs: number;
  /** To be kept, and given with the next question. */
  readonly spentUntilMs: number;
}

/**
 * A token bucket as one number: the time at which all that was spent will have come back. A reservation takes its token now and
 * says when to go, so that those who wait need no queue and keep their order.
 */
export function reserve(spentUntilMs: number, nowMs: number, { requestsASecondMax, burstMax }: Allowance): Reservation {
  const intervalMs = 1_000 / requestsASecondMax;
  const from = Math.max(spentUntilMs, nowMs);
  return { waitMs: Math.max(0, Math.ceil(from - (burstMax - 1) * intervalMs - nowMs)), spentUntilMs: from + intervalMs };
}
