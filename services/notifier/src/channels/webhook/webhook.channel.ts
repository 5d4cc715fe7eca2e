import type { Outbound } from '@handoff/outbound';
import type { Message } from '../../message/message.js';
import type { Answer, Channel, WebhookAddress } from '../channel.js';
import { ANSWER_BYTES_MAX, answerOfHttp } from '../http-answer.js';
import { secretsInQuery } from '../secret-url.js';
import { signatureHeaderOf } from './signature.js';
import { payloadOf } from './webhook.payload.js';

export interface WebhookSettings {
  readonly outbound: Outbound;
  readonly now: () => Date;
}

/** Signed POST requests by Standard Webhooks. Delivered means: the receiver answered 2xx. */
export class WebhookChannel implements Channel<WebhookAddress> {
  constructor(private readonly settings: WebhookSettings) {}

  async send(message: Message, to: WebhookAddress, signal: AbortSignal): Promise<Answer> {
    const outcome = await this.settings.outbound.call({ method: 'POST', url: to.url, signal, bodyBytesMax: ANSWER_BYTES_MAX, ...this.signed(message, to.secrets) });
    return answerOfHttp(outcome, () => secretsIn(to));
  }

  private signed(message: Message, secrets: readonly string[]): { headers: Record<string, string>; body: string } {
    const body = payloadOf(message);
    const timestampSeconds = Math.floor(this.settings.now().getTime() / 1_000);
    return {
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': message.notificationId,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureHeaderOf({ id: message.notificationId, timestampSeconds, body }, secrets),
      },
    };
  }
}

/** The signing secrets, and what a URL may hide in its query. */
function secretsIn({ url, secrets }: WebhookAddress): readonly string[] {
  return [...secrets.flatMap((secret) => [secret, secret.slice(secret.indexOf('_') + 1)]), ...secretsInQuery(url)];
}
