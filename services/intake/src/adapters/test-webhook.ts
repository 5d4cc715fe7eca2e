import type { TestTicket, WebhookRequest } from './adapter.js';
import { SECRET_HEADER } from './shared-secret.js';

/** Who asks in a test ticket. The domain can belong to nobody. */
export const TEST_REQUESTER = { name: 'Handoff', email: 'test@handoff.invalid' } as const;

/** Posts a payload as JSON, with what the system adds once it knows the bytes. */
export function jsonWebhook({ webhookUrl }: TestTicket, payload: object, headersOf: (rawBody: Buffer) => Readonly<Record<string, string>>): WebhookRequest {
  const rawBody = Buffer.from(JSON.stringify(payload));
  return { method: 'POST', url: webhookUrl, headers: { 'content-type': 'application/json', ...headersOf(rawBody) }, rawBody };
}

/** For systems that send the secret itself. */
export function withSecretHeader(ticket: TestTicket, payload: object): WebhookRequest {
  return jsonWebhook(ticket, payload, () => ({ [SECRET_HEADER]: ticket.secret }));
}
