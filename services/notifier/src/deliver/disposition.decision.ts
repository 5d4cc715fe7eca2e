import type { Answer } from '../channels/channel.js';
import type { ForeignTicket } from '../channels/ticketing/foreign-ticket.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after the attempt before; the first is at once. Standard Webhooks recommends a schedule of this form. */
export const RETRY_DELAYS_MS: readonly number[] = [0, 5 * SECOND_MS, 30 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS];
/** A receiver may ask for a longer pause, up to this. */
export const RETRY_AFTER_MS_MAX = HOUR_MS;
/** A later message of the ticket waits for an earlier one whose next attempt is nearer than this, and else goes first. */
export const ORDER_HOLD_MS_MAX = MINUTE_MS;
const JITTER = 0.2;

/** How often a message is tried by schedule after so many attempts. */
export function attemptsLeftAfter(step: number): number {
  return Math.max(0, RETRY_DELAYS_MS.length - step);
}

export type Disposition =
  | { readonly state: 'delivered'; readonly receipt: string; readonly foreignTicket?: ForeignTicket }
  | { readonly state: 'pending'; readonly nextAttemptAtMs: number; readonly code: string; readonly detail: string; /** Until then the receiver asked to be left alone. */ readonly askedUntilMs?: number }
  | { readonly state: 'failed'; readonly code: string; readonly detail: string; readonly disablesChannel: boolean };

export interface AttemptFacts {
  readonly answer: Answer;
  /** Attempts since the schedule began, this one included. */
  readonly step: number;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** 0 up to, not with, 1. */
  readonly random: number;
}

interface Verdict {
  readonly retry: boolean;
  readonly code: string;
  readonly disablesChannel?: boolean;
}

/** What becomes of a notification after an attempt. What may mend itself is tried again; what was refused is not. */
export function dispose({ answer, step, nowMs, random }: AttemptFacts): Disposition {
  if (answer.kind === 'accepted') {
    const { receipt, foreignTicket } = answer;
    return { state: 'delivered', receipt, ...(foreignTicket === undefined ? {} : { foreignTicket }) };
  }
  const { retry, code, disablesChannel = false } = verdictOf(answer);
  const { detail } = answer;
  if (!retry) return { state: 'failed', code, detail, disablesChannel };
  const delayMs = RETRY_DELAYS_MS[step];
  if (delayMs === undefined) return { state: 'failed', code, detail: `Given up after ${step} attempts. ${detail}`, disablesChannel };
  const jittered = delayMs * (1 - JITTER + 2 * JITTER * random);
  const asked = answer.kind === 'answered' ? Math.min(answer.retryAfterMs ?? 0, RETRY_AFTER_MS_MAX) : 0;
  return { state: 'pending', nextAttemptAtMs: nowMs + Math.round(Math.max(jittered, asked)), code, detail, ...(asked === 0 ? {} : { askedUntilMs: nowMs + asked }) };
}

function verdictOf(answer: Exclude<Answer, { kind: 'accepted' }>): Verdict {
  switch (answer.kind) {
    case 'timeout': return { retry: true, code: 'timeout' };
    case 'unreachable': return { retry: true, code: 'unreachable' };
    case 'unclear': return { retry: true, code: answer.code };
    case 'forbidden': return { retry: false, code: 'egress-refused' };
    case 'unusable': return { retry: false, code: 'channel-unusable' };
    case 'answered': return answer.protocol === 'smtp' ? smtpVerdict(answer.status) : httpVerdict(answer.status);
  }
}

/** RFC 5321 section 4.2.1: 4yz may succeed later, 5yz will not. 503 complains about the session, not the message. */
function smtpVerdict(status: number): Verdict {
  return status >= 500 && status !== 503 ? { retry: false, code: 'rejected' } : { retry: true, code: 'deferred' };
}

function httpVerdict(status: number): Verdict {
  if (status === 410) return { retry: false, code: 'gone', disablesChannel: true };
  if (status === 429) return { retry: true, code: 'throttled' };
  if (status === 408 || status === 425) return { retry: true, code: 'timeout' };
  if (status >= 500) return { retry: true, code: 'server-error' };
  // Redirects are never followed; one that stands for maintenance goes away by itself.
  if (status >= 300 && status < 400) return { retry: true, code: 'redirected' };
  return { retry: false, code: 'rejected' };
}
