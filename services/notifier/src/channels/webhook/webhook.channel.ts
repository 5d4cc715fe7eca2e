import type { Answer as HttpAnswer, Failed, HeldBack, Outbound } from '@handoff/outbound';
import type { Message } from '../../message/message.js';
import { type Answer, type Channel, safeDetail, type WebhookAddress } from '../channel.js';
import { signatureOf } from './signature.js';
import { payloadOf } from './webhook.payload.js';

export interface WebhookSettings {
  readonly outbound: Outbound;
  readonly now: () => Date;
}

/** Of an answer only the beginning is worth keeping. */
const ANSWER_BYTES_MAX = 16_384;

/** Signed POST requests by Standard Webhooks. Delivered means: the receiver answered 2xx. */
export class WebhookChannel implements Channel<WebhookAddress> {
  constructor(private readonly settings: WebhookSettings) {}

  async send(message: Message, to: WebhookAddress, signal: AbortSignal): Promise<Answer> {
    const outcome = await this.settings.outbound.call({ method: 'POST', url: to.url, signal, bodyBytesMax: ANSWER_BYTES_MAX, ...this.signed(message, to.secret) });
    if (outcome.kind === 'answered') return answerOf(outcome.answer, to);
    // The status counts, also of an answer that was too long or cut short.
    return outcome.answer === null ? failureOf(outcome) : answerOf(outcome.answer, to);
  }

  private signed(message: Message, secret: string): { headers: Record<string, string>; body: string } {
    const body = payloadOf(message);
    const timestampSeconds = Math.floor(this.settings.now().getTime() / 1_000);
    return {
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': message.notificationId,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureOf({ id: message.notificationId, timestampSeconds, body }, secret),
      },
    };
  }
}

function answerOf({ status, body, retryAfterMs }: HttpAnswer, to: WebhookAddress): Answer {
  if (status >= 200 && status < 300) return { kind: 'accepted', receipt: `HTTP ${status}` };
  const text = body.subarray(0, ANSWER_BYTES_MAX).toString('utf8');
  const detail = safeDetail(`The receiver answered HTTP ${status}${text === '' ? '' : `: ${text}`}`, secretsIn(to));
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

/** The signing secret, and what a URL may hide in its query. */
function secretsIn({ url, secret }: WebhookAddress): readonly string[] {
  const { search } = new URL(url);
  return [secret, secret.replace('whsec_', ''), search, ...new URLSearchParams(search).values()].filter((text) => text.length >= 6);
}
