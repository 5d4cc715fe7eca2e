import type { EventCatalogue, EventOf, EventType, HandoffEvent } from './events.js';
import { problemsOf } from './validation.js';

/** One record in Kafka, as the codec makes it. */
export interface EncodedEvent {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a consumer finds in Kafka: nothing about it is certain. */
export interface RawRecord {
  readonly value: Buffer | string | null;
  readonly headers: Readonly<Record<string, HeaderValue | HeaderValue[] | undefined>>;
}

/** Kafka knows headers without a value. */
type HeaderValue = Buffer | string | null;

/** A record that is not one of our events. `code` is stable: `not-cloudevents`, `unknown-type`, `invalid-json`, `invalid-data`. */
export class UndecodableRecord extends Error {
  constructor(readonly code: 'not-cloudevents' | 'unknown-type' | 'invalid-json' | 'invalid-data', message: string) {
    super(message);
    this.name = 'UndecodableRecord';
  }
}

/**
 * CloudEvents 1.0, Kafka protocol binding, binary content mode. The trace context travels as the W3C header `traceparent`.
 * @param contentDigest that the record shall carry; the event's own where it is not given.
 */
export function encodeEvent(event: HandoffEvent, contentDigest = event.contentDigest): EncodedEvent {
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_type: event.type,
    ce_source: event.source,
    ce_subject: event.subject,
    ce_time: event.time,
    ce_dataschema: `urn:handoff:schema:${event.type}`,
    ce_partitionkey: event.subject,
  };
  if (event.traceparent !== null) headers['traceparent'] = event.traceparent;
  if (contentDigest !== undefined) headers['ce_contentdigest'] = contentDigest;
  return { key: event.subject, value: JSON.stringify(event.data), headers };
}

/** CloudEvents 1.0 in the structured mode of its JSON format, with the same attributes as the record in Kafka. */
export function structuredEvent({ id, type, source, subject, time, traceparent, contentDigest, data }: HandoffEvent): Readonly<Record<string, unknown>> {
  return {
    specversion: '1.0', id, type, source, subject, time, datacontenttype: 'application/json', dataschema: `urn:handoff:schema:${type}`, partitionkey: subject,
    ...(traceparent === null ? {} : { traceparent }), ...(contentDigest === undefined ? {} : { contentdigest: contentDigest }), data,
  };
}

/**
 * Reads a record back. Unknown keys in the data are kept and ignored: schemas only grow.
 * @throws UndecodableRecord when it is not an event that this version knows, or its data breaks the schema.
 */
export function decodeEvent(record: RawRecord): HandoffEvent {
  const header = (name: string): string | null => textOf(record.headers[name]);
  const required = (name: string): string => {
    const value = header(name);
    if (value === null) throw new UndecodableRecord('not-cloudevents', `The record has no '${name}' header.`);
    return value;
  };
  if (required('ce_specversion') !== '1.0') {
    throw new UndecodableRecord('not-cloudevents', `CloudEvents ${required('ce_specversion')} is not known; 1.0 is.`);
  }
  const type = required('ce_type');
  const data = parseJson(record.value);
  const problems = problemsOf(type, data);
  if (problems === null) throw new UndecodableRecord('unknown-type', `The event type '${type}' is not known to this version.`);
  if (problems.length > 0) throw new UndecodableRecord('invalid-data', `The data of '${type}' breaks its schema: ${problems.join('; ')}.`);
  const contentDigest = header('ce_contentdigest');
  const event: EventOf<EventType> = {
    id: required('ce_id'),
    type: type as EventType,
    source: required('ce_source'),
    subject: required('ce_subject'),
    time: required('ce_time'),
    traceparent: header('traceparent'),
    ...(contentDigest === null ? {} : { contentDigest }),
    data: data as EventCatalogue[EventType],
  };
  return event as HandoffEvent;
}

function parseJson(value: Buffer | string | null): unknown {
  if (value === null) throw new UndecodableRecord('invalid-json', 'The record has no value.');
  try {
    return JSON.parse(value.toString());
  } catch (error) {
    throw new UndecodableRecord('invalid-json', `The value is not JSON: ${(error as Error).message}.`);
  }
}

function textOf(value: HeaderValue | HeaderValue[] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return first?.toString() ?? null;
}
