import type { OAuthClient, Outbound, OutboundRequest } from '@handoff/outbound';
import type { ChannelCredentials, OAuthCredentials } from '../../manage-channels/channel-credentials.js';
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
    const outcome = await this.settings.outbound.call({ method: 'POST', url: to.url, signal, bodyBytesMax: ANSWER_BYTES_MAX, ...this.signed(message, to), ...shownBy(to.credentials) });
    return answerOfHttp(outcome, () => secretsIn(to));
  }

  private signed(message: Message, { secrets, credentials }: WebhookAddress): { headers: Record<string, string>; body: string } {
    const body = payloadOf(message);
    const timestampSeconds = Math.floor(this.settings.now().getTime() / 1_000);
    return {
      body,
      headers: {
        ...Object.fromEntries(Object.entries(credentials?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
        'content-type': 'application/json; charset=utf-8',
        'webhook-id': message.notificationId,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureHeaderOf({ id: message.notificationId, timestampSeconds, body }, secrets),
      },
    };
  }
}

/** How the call shows who we are, beside its signature. */
function shownBy(credentials: ChannelCredentials | null): Pick<OutboundRequest, 'auth' | 'tls'> {
  const { clientCertificate, oauth } = credentials ?? {};
  return {
    ...(clientCertificate === undefined ? {} : { tls: { cert: clientCertificate.certificate, key: clientCertificate.key, ...(clientCertificate.authority === undefined ? {} : { ca: clientCertificate.authority }) } }),
    ...(oauth === undefined ? {} : { auth: oauthClientOf(oauth) }),
  };
}

function oauthClientOf({ tokenUrl, clientId, clientSecret, scope, fields, secretIn }: OAuthCredentials): OAuthClient {
  return { kind: 'oauth2', tokenUrl, clientId, clientSecret, ...(scope === undefined ? {} : { scope }), ...(fields === undefined ? {} : { fields }), ...(secretIn === undefined ? {} : { secretIn }) };
}

/** The signing secrets, the credentials, and what a URL may hide in its query. */
function secretsIn({ url, secrets, credentials }: WebhookAddress): readonly string[] {
  return [...secrets.flatMap((secret) => [secret, secret.slice(secret.indexOf('_') + 1)]), ...Object.values(credentials?.headers ?? {}), ...(credentials?.oauth === undefined ? [] : [credentials.oauth.clientSecret]), ...secretsInQuery(url)];
}
