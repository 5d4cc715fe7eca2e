import { ConnectFailure } from '../connect/connect-failure.js';
import { type Answer, notSent, type Outcome } from '../outbound.js';
import { codingsOf, decodeBody, type DecodeFailure } from './decode-body.js';
import type { Exchanged } from './exchange.js';
import { failureOf } from './failure.decision.js';
import { retryAfterMs } from './retry-after.decision.js';

export interface OutcomeFacts {
  readonly host: string;
  readonly bodyBytesMax: number;
  readonly now: () => Date;
}

const NOTHING = Buffer.alloc(0);

/** What an exchange means to the caller. */
export async function outcomeOf({ ended, isSent, head, chunks }: Exchanged, { host, bodyBytesMax, now }: OutcomeFacts): Promise<Outcome> {
  if (ended instanceof ConnectFailure) return notSent(ended.kind, ended.message, host);
  if (head === null) return { ...failureOf({ code: codeOf(ended), isSent, hasStatus: false }), answer: null, host };

  const answerWith = (body: Buffer): Answer => ({ ...head, body, retryAfterMs: retryAfterMs(head.headers['retry-after'], now()) });
  const body = chunks.length === 1 ? (chunks[0] ?? NOTHING) : Buffer.concat(chunks);
  const codings = codingsOf(head.headers['content-encoding']);
  if (ended !== null) return { ...failureOf({ code: codeOf(ended), isSent, hasStatus: true }), answer: answerWith(codings.length === 0 ? body.subarray(0, bodyBytesMax) : NOTHING), host };
  if (codings.length === 0 || body.length === 0) return { kind: 'answered', answer: answerWith(body) };
  try {
    return { kind: 'answered', answer: answerWith(await decodeBody(body, codings, bodyBytesMax)) };
  } catch (error) {
    return { ...failureOf({ code: (error as DecodeFailure).code, isSent, hasStatus: true }), answer: answerWith(NOTHING), host };
  }
}

function codeOf(ended: Exchanged['ended']): string {
  if (ended === null || typeof ended === 'string') return ended ?? 'no status';
  return (ended as NodeJS.ErrnoException).code ?? ended.name;
}
