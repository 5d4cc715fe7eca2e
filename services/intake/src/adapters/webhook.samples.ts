import type { MapContext, Trust, WebhookRequest } from './adapter.js';

export const RECEIVED_AT = new Date('2026-11-02T08:00:00.000Z');

/** A request of a test, with only what matters to it. */
export function aRequest(parts: Partial<WebhookRequest> = {}): WebhookRequest {
  return { method: 'POST', url: 'https://intake.example/v1/sources/desk/webhooks', headers: {}, rawBody: Buffer.alloc(0), ...parts };
}

export function aTrust(parts: Partial<Trust> = {}): Trust {
  return { secrets: [], now: RECEIVED_AT, toleranceSeconds: null, settings: {}, download: (url) => Promise.reject(new Error(`${url} is not there in this test`)), ...parts };
}

export function aMapContext(parts: Partial<MapContext> = {}): MapContext {
  return { severities: {}, receivedAt: RECEIVED_AT, settings: {}, ...parts };
}
