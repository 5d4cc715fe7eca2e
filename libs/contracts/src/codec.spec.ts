import { decodeEvent, encodeEvent, GOLDEN_EVENTS, LATER_GOLDEN_EVENTS, nameBasedId, structuredEvent, ticketIdOf, TOPICS, topicOf, UndecodableRecord, type EventType, type HandoffEvent } from './index.js';

const types = Object.keys(GOLDEN_EVENTS) as EventType[];
const record = (event: HandoffEvent): { value: Buffer; headers: Record<string, Buffer> } => {
  const { value, headers } = encodeEvent(event);
  return { value: Buffer.from(value), headers: Object.fromEntries(Object.entries(headers).map(([key, text]) => [key, Buffer.from(text)])) };
};
const codeOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof UndecodableRecord) return error.code;
    throw error;
  }
  return 'decoded';
};

describe('an event in Kafka', () => {
  it.each(types)('%s comes back as it went, from the bytes of its headers and value', (type) => {
    expect(decodeEvent(record(GOLDEN_EVENTS[type]))).toEqual(GOLDEN_EVENTS[type]);
  });

  it.each(LATER_GOLDEN_EVENTS)('$type of a later version comes back as it went as well', (event) => {
    expect(decodeEvent(record(event))).toEqual(event);
  });

  it('carries the digest of the content, where there is one', () => {
    const event = { ...GOLDEN_EVENTS['handoff.ticket.received.v1'], contentDigest: 'abc' };
    const encoded = encodeEvent(event);
    expect(encoded.headers['ce_contentdigest']).toBe('abc');
    expect(decodeEvent(encoded)).toEqual(event);
  });

  it.each(types)('%s has the same attributes and data as a document of JSON', (type) => {
    const event = GOLDEN_EVENTS[type];
    const { headers, value } = encodeEvent(event);
    const attributes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name === 'content-type' ? 'datacontenttype' : name.replace(/^ce_/, ''), name === 'content-type' ? 'application/json' : text]));
    expect(structuredEvent(event)).toEqual({ ...attributes, data: JSON.parse(value) as unknown });
  });

  it('carries the CloudEvents attributes as ce_ headers and the trace context as traceparent', () => {
    const { key, headers } = encodeEvent(GOLDEN_EVENTS['handoff.ticket.routed.v1']);
    expect(key).toBe(headers['ce_subject']);
    expect(headers).toMatchObject({ ce_specversion: '1.0', ce_type: 'handoff.ticket.routed.v1', 'content-type': 'application/json; charset=utf-8' });
    expect(headers['traceparent']).toMatch(/^00-/);
  });

  it('may grow: keys that this version does not know are kept and ignored', () => {
    const golden = GOLDEN_EVENTS['handoff.ticket.received.v1'];
    const grown = { ...golden, data: { ...golden.data, mood: 'calm' } };
    expect(decodeEvent(record(grown)).data).toHaveProperty('mood', 'calm');
  });

  const good = record(GOLDEN_EVENTS['handoff.ticket.received.v1']);
  it.each([
    ['a record without CloudEvents headers', 'not-cloudevents', { value: good.value, headers: {} }],
    ['another version of CloudEvents', 'not-cloudevents', { ...good, headers: { ...good.headers, ce_specversion: '2.0' } }],
    ['a type of a newer version', 'unknown-type', { ...good, headers: { ...good.headers, ce_type: 'handoff.ticket.received.v9' } }],
    ['a value cut short', 'invalid-json', { ...good, value: good.value.subarray(0, 20) }],
    ['no value', 'invalid-json', { ...good, value: null }],
    ['data without the ticket id', 'invalid-data', { ...good, value: '{"source":"x"}' }],
  ])('%s is refused as %s', (_name, code, raw) => {
    expect(codeOf(() => decodeEvent(raw))).toBe(code);
  });

  it('names what is wrong without repeating the values', () => {
    const secretive = { ...good, value: JSON.stringify({ ...GOLDEN_EVENTS['handoff.ticket.received.v1'].data, change: 'hunter2' }) };
    expect(() => decodeEvent(secretive)).toThrow(/\/change must be equal to one of the allowed values/);
    expect(() => decodeEvent(secretive)).not.toThrow(/hunter2/);
  });
});

describe('the topic catalogue', () => {
  it('gives every event type exactly one topic', () => {
    for (const type of types) {
      expect(Object.values(TOPICS).filter((topic) => (topic.types as readonly string[]).includes(type))).toHaveLength(1);
      expect(topicOf(type)).toMatch(/^handoff\./);
    }
  });
});

describe('name-based ids', () => {
  it('are version 5, the same for the same name, and differ where the parts are cut differently', () => {
    expect(ticketIdOf('jira-demo', 'SUP-1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ticketIdOf('jira-demo', 'SUP-1')).toBe(ticketIdOf('jira-demo', 'SUP-1'));
    expect(nameBasedId('a', 'bc')).not.toBe(nameBasedId('ab', 'c'));
  });
});
