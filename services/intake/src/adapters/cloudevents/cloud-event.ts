import { Problem } from '@handoff/platform';
import type { WebhookRequest } from '../adapter.js';
import { jsonOf, readJson } from '../json-body.js';
import { valueAt } from '../payload.js';
import { headerOf } from '../signature.js';

const STRUCTURED = 'application/cloudevents+json';
const ATTRIBUTE_PREFIX = 'ce-';
const JSON_TYPE = /^(application|text)\/([a-z0-9.!#$&^_-]+\+)?json$/;

/** Where a request keeps its event, by the HTTP binding of CloudEvents 1.0. */
export type EventMode = 'structured' | 'binary';

/**
 * @throws Problem 415 `unsupported-media-type` for a batch, for a format other than JSON, and for data that is no JSON: a
 * sender of CloudEvents expects this status, and has nothing to gain from sending the same again.
 */
export function requireKnownMode(request: WebhookRequest): EventMode {
  const type = mediaTypeOf(request);
  if (type.startsWith('application/cloudevents-batch')) throw unsupported('A batch of CloudEvents is not taken. Send each event in a request of its own.');
  if (type === STRUCTURED) return 'structured';
  if (type.startsWith('application/cloudevents')) throw unsupported(`CloudEvents are taken as '${STRUCTURED}' or in binary mode, not as '${type.slice(0, 100)}'.`);
  if (headerOf(request, 'ce-specversion') === null) throw unsupported(`This is no CloudEvent: send the Content-Type '${STRUCTURED}', or the attributes in headers, as 'ce-specversion: 1.0'.`);
  if (type !== '' && !JSON_TYPE.test(type)) throw unsupported(`The data of an event must be JSON, and its Content-Type is '${type.slice(0, 100)}'.`);
  return 'binary';
}

/**
 * The event in its JSON format, whichever way it came; mappings look into it as `type`, `data.subject` and so on.
 * @throws Problem 400 `invalid-json`, 422 `field-invalid`.
 */
export function readCloudEvent(request: WebhookRequest): readonly [unknown] {
  const isBinary = mediaTypeOf(request) !== STRUCTURED && headerOf(request, 'ce-specversion') !== null;
  return isBinary ? [binaryEvent(request)] : [withDecodedData(readJson(request)[0], request)];
}

function binaryEvent(request: WebhookRequest): unknown {
  const attributes = Object.keys(request.headers).filter((name) => name.startsWith(ATTRIBUTE_PREFIX)).map((name) => [name.slice(ATTRIBUTE_PREFIX.length), decodedHeader(headerOf(request, name))] as const);
  const [data] = request.rawBody.length === 0 ? [undefined] : readJson(request);
  return { ...Object.fromEntries(attributes), datacontenttype: mediaTypeOf(request), ...(data === undefined ? {} : { data }) };
}

/** Data that a sender took for binary comes in base64; where it is JSON after all, it is read as such. */
function withDecodedData(event: unknown, request: WebhookRequest): unknown {
  const base64 = valueAt(event, 'data_base64');
  if (typeof base64 !== 'string' || valueAt(event, 'data') !== undefined) return event;
  const rawBody = Buffer.from(base64, 'base64');
  return jsonOf(rawBody) === undefined ? event : { ...(event as object), data: readJson({ ...request, rawBody })[0] };
}

/** Header values are percent-encoded UTF-8, and may stand in quotes. What is not well encoded is taken as it is. */
function decodedHeader(value: string | null): string | null {
  if (value === null) return null;
  const plain = /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value;
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function mediaTypeOf(request: WebhookRequest): string {
  return (headerOf(request, 'content-type')?.split(';')[0] ?? '').trim().toLowerCase();
}

function unsupported(detail: string): Problem {
  return new Problem(415, 'unsupported-media-type', detail);
}
