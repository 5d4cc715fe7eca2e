import type { IncomingRecord } from '../ports.js';
import { deadLetterOf } from './dead-letter.decision.js';
import { packedCopy, unpackedCopy } from './packed-copy.js';

const noText = Buffer.from([0, 255, 128, 10]);
const aRecord = (more: Partial<IncomingRecord> = {}): IncomingRecord => ({
  topic: 'handoff.intake', partition: 7, offset: '9007199254740993', key: 'k', keyBytes: Buffer.from('k'), value: noText, timestampMs: '1793610000123',
  headers: { ce_id: Buffer.from('e-1'), binary: noText, twice: [Buffer.from('1'), Buffer.from('2')], empty: null }, ...more,
});
const letterOf = (record: IncomingRecord) => deadLetterOf({ id: 'letter-1', record, attempts: 6, group: 'handoff-routing', reason: { code: 'handler-failed', detail: 'Ölçü yok.', errorName: 'TypeError' } });

describe('a dead letter', () => {
  it('keeps key, value and headers byte for byte', () => {
    const record = aRecord({ key: noText.toString(), keyBytes: noText });
    const letter = letterOf(record);
    expect([letter.key, letter.value]).toEqual([noText, noText]);
    expect(letter.headers).toMatchObject(record.headers);
  });

  it('says in the headers of Spring, in their forms, where it came from and what failed', () => {
    const { topic, headers } = letterOf(aRecord());
    const bytes = (name: string) => headers[`kafka_dlt-${name}`] as Buffer;
    expect(topic).toBe('handoff.dead-letters');
    expect(String(bytes('original-topic'))).toBe('handoff.intake');
    expect(bytes('original-partition')).toEqual(Buffer.from([0, 0, 0, 7]));
    expect(bytes('original-offset').readBigInt64BE()).toBe(9007199254740993n);
    expect(bytes('original-timestamp').readBigInt64BE()).toBe(1793610000123n);
    expect(String(bytes('original-timestamp-type'))).toBe('CreateTime');
    expect(String(bytes('original-consumer-group'))).toBe('handoff-routing');
    expect(String(bytes('exception-fqcn'))).toBe('TypeError');
    expect(String(bytes('exception-message'))).toBe('Ölçü yok.');
  });

  it('says in headers of its own why it is here, under which id and after how many retries', () => {
    const { headers } = letterOf(aRecord());
    expect(['reason', 'dead-letter-id', 'attempts', 'original'].map((name) => String(headers[`handoff-${name}`]))).toEqual(['handler-failed', 'letter-1', '6', 'handoff.intake/7/9007199254740993']);
  });

  it('keeps what was said of it when it was one before, and adds what is said now', () => {
    const again = letterOf(aRecord({ headers: { 'handoff-reason': Buffer.from('first') } }));
    expect([again.headers['handoff-reason']].flat().map(String)).toEqual(['first', 'handler-failed']);
  });

  it('may have neither key nor value', () => {
    const letter = letterOf(aRecord({ key: null, keyBytes: null, value: null }));
    expect([letter.key, letter.value]).toEqual([null, null]);
  });

  it('is the same after it lay in a table', () => {
    const letter = letterOf(aRecord());
    expect(unpackedCopy(letter.topic, JSON.parse(JSON.stringify(packedCopy(letter))) as ReturnType<typeof packedCopy>)).toEqual(letter);
  });
});
