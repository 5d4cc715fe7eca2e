import { Problem } from '@handoff/platform';
import { z } from 'zod';
import type { WebhookRequest } from './adapter.js';
import { requireShallow } from './payload.js';

const LEVELS_MAX = 64;
const EVENTS_MAX = 200;
const CONTROLS = /[\u0000-\u001f]/g;

/** For adapters that need nothing of their source. */
export const NO_SETTINGS = z.strictObject({});

/**
 * One event in a body of JSON.
 * @throws Problem 400 `invalid-json`, 422 `field-invalid` when it is nested too deep.
 */
export function readJson(request: WebhookRequest): readonly [unknown] {
  const payload = jsonOf(request.rawBody);
  if (payload === undefined) throw new Problem(400, 'invalid-json', 'The body is not JSON. Send the event as a JSON object in UTF-8.');
  requireShallow(payload, LEVELS_MAX);
  return [payload];
}

/**
 * As `readJson`, for bodies that customers write around placeholders. What their systems let pass is forgiven: line breaks
 * within a text, a placeholder without quotes that was empty, a comma too many.
 */
export function readWrittenJson(request: WebhookRequest): readonly [unknown] {
  if (jsonOf(request.rawBody) !== undefined) return readJson(request);
  const text = request.rawBody.toString('utf8').replace(/"[^"\\]*(?:\\[^][^"\\]*)*"|[^"]+/g, (part) => (part.startsWith('"')
    ? part.replace(CONTROLS, (control) => JSON.stringify(control).slice(1, -1))
    : part.replace(/:\s*(?=[,}\]])/g, ': null').replace(/,(\s*[}\]])/g, '$1')));
  return readJson({ ...request, rawBody: Buffer.from(text) });
}

/**
 * The events in what was read of a body: a list of them, or one.
 * @throws Problem 422 `field-invalid` when there are more than any system sends at once.
 */
export function eventsIn(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) return [body];
  if (body.length > EVENTS_MAX) throw new Problem(422, 'field-invalid', `The body has more than ${EVENTS_MAX} events.`, { fields: [{ field: '', detail: `must have at most ${EVENTS_MAX} events` }] });
  return body as unknown[];
}

/** The JSON in a text; `undefined` where it is none. */
export function jsonOf(text: Buffer | string): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
