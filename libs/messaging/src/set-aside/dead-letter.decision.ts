import { TOPICS } from '@handoff/contracts';
import type { IncomingRecord, RawHeaders, RecordCopy } from '../ports.js';
import type { ParkReason } from '../transactions.js';

export interface DeadLetterFacts {
  readonly id: string;
  readonly record: IncomingRecord;
  readonly reason: ParkReason;
  /** Retries before it was given up. */
  readonly attempts: number;
  /** The consumer group that could not handle it. */
  readonly group: string;
}

/**
 * The copy of a record for the topic of dead letters: key, value and headers byte for byte, and headers that say
 * where it came from and why it is here.
 *
 * The `kafka_dlt-` headers have the names and the forms that Spring for Apache Kafka gives them (partition in 4 bytes, offset and
 * time in 8, big-endian; text in UTF-8), so that tools for its dead letters read ours. The `handoff-` headers are text.
 * https://docs.spring.io/spring-kafka/reference/kafka/annotation-error-handling.html#dead-letters
 */
export function deadLetterOf({ id, record, reason, attempts, group }: DeadLetterFacts): RecordCopy {
  const added: Readonly<Record<string, Buffer>> = {
    'kafka_dlt-original-topic': Buffer.from(record.topic),
    'kafka_dlt-original-partition': int32(record.partition),
    'kafka_dlt-original-offset': int64(record.offset),
    'kafka_dlt-original-timestamp': int64(record.timestampMs),
    'kafka_dlt-original-timestamp-type': Buffer.from('CreateTime'),
    'kafka_dlt-original-consumer-group': Buffer.from(group),
    'kafka_dlt-exception-fqcn': Buffer.from(reason.errorName ?? 'Error'),
    'kafka_dlt-exception-message': Buffer.from(reason.detail),
    'handoff-dead-letter-id': Buffer.from(id),
    'handoff-reason': Buffer.from(reason.code),
    'handoff-attempts': Buffer.from(String(attempts)),
    'handoff-original': Buffer.from(`${record.topic}/${record.partition}/${record.offset}`),
  };
  return { topic: TOPICS.deadLetters.name, key: record.keyBytes, value: record.value, headers: withAdded(record.headers, added) };
}

/** A record that was a dead letter before keeps what was said then; Kafka's readers take the last value of a name. */
function withAdded(headers: RawHeaders, added: Readonly<Record<string, Buffer>>): RawHeaders {
  const both = Object.entries(added).map(([name, value]) => {
    const former = headers[name];
    return [name, former === undefined ? value : [former, value].flat()] as const;
  });
  return { ...headers, ...Object.fromEntries(both) };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(digits: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(digits));
  return bytes;
}
