import type { ConsentTerms, SystemAnswer, WebhookRequest } from '../adapter.js';
import { headerOf } from '../signature.js';

const SECONDS_A_MINUTE = 60;
const ORIGIN = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;
/** Any sender may ask. */
export const ANY_ORIGIN = '*';

/** Whether this can be the name of a sending system, as `eventgrid.azure.net`. */
export function isOrigin(text: string): boolean {
  return text === ANY_ORIGIN || ORIGIN.test(text);
}

/**
 * The protection from abuse of "HTTP 1.1 Web Hooks for Event Delivery", version 1.0: a sender asks before it delivers. It is
 * no authentication: whoever has consent must still prove each delivery. Consent is given at once or not at all, so that the
 * address in `WebHook-Request-Callback` is never called: it is whatever the asker wrote there.
 * @param origins the senders that may deliver.
 * @returns `null`: no consent.
 */
export function consentTo(request: WebhookRequest, origins: readonly string[], { requestsPerSecondMax }: Pick<ConsentTerms, 'requestsPerSecondMax'>): SystemAnswer | null {
  const origin = headerOf(request, 'webhook-request-origin');
  if (origin === null || !ORIGIN.test(origin)) return null;
  if (!origins.some((allowed) => allowed === ANY_ORIGIN || allowed.toLowerCase() === origin.toLowerCase())) return null;
  const rate = requestsPerSecondMax === null ? '*' : String(requestsPerSecondMax * SECONDS_A_MINUTE);
  return { status: 200, headers: { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': rate }, body: '' };
}
