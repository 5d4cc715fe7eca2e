import type { Answer as HttpAnswer, Failed, HeldBack, Outcome } from '@handoff/outbound';
import { type Answer, safeDetail } from './channel.js';

/** Of an answer only the beginning is worth keeping. */
export const ANSWER_BYTES_MAX = 16_384;

type Secrets = readonly string[] | (() => readonly string[]);

/**
 * What an HTTP call says about a message. The status counts, also of an answer that was too long or cut short.
 * @param secrets what must not be in the answer's text; a function where finding them out is not for nothing.
 * @param isTaken whether an answer says that the message was taken; without it, whether its status is 2xx.
 */
export function answerOfHttp(outcome: Outcome, secrets: Secrets, isTaken: (answer: { readonly status: number; readonly text: string }) => boolean = is2xx): Answer {
  if (outcome.kind === 'answered') return answerOf(outcome.answer, secrets, isTaken);
  return outcome.answer === null ? failureOf(outcome) : answerOf(outcome.answer, secrets, isTaken);
}

function is2xx({ status }: { readonly status: number }): boolean {
  return status >= 200 && status < 300;
}

function answerOf({ status, body, retryAfterMs }: HttpAnswer, secrets: Secrets, isTaken: NonNullable<Parameters<typeof answerOfHttp>[2]>): Answer {
  const text = body.subarray(0, ANSWER_BYTES_MAX).toString('utf8');
  if (isTaken({ status, text })) return { kind: 'accepted', receipt: `HTTP ${status}` };
  const detail = safeDetail(`The receiver answered HTTP ${status}${text === '' ? '' : `: ${text}`}`, typeof secrets === 'function' ? secrets() : secrets);
  return { kind: 'answered', protocol: 'http', status, detail, retryAfterMs };
}

function failureOf({ kind, detail }: Failed | HeldBack): Answer {
  switch (kind) {
    case 'refused-destination': return { kind: 'forbidden', detail };
    case 'unsendable': return { kind: 'unusable', detail };
    case 'timeout': case 'cancelled': return { kind: 'timeout', detail: `The receiver did not answer in time. ${detail}` };
    case 'dns': case 'connect': case 'tls': case 'reset': case 'too-large': case 'malformed': case 'held-back': case 'no-credentials': return { kind: 'unreachable', detail };
  }
}
