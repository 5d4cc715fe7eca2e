import type { OutgoingRecord, RecordCopy } from './ports.js';

export const RECORDS_A_PUBLISH_MAX = 1_000;
/** One publish is one message set a partition, and a topic takes sets of at most 1 MiB (`max.message.bytes`), even if all go to one partition. */
export const BYTES_A_PUBLISH_MAX = 786_432;
/** Headers of a record, generously. */
const HEADERS_BYTES = 1_024;

/** What a record takes of BYTES_A_PUBLISH_MAX, rather too much than too little. */
export function publishBytesOf({ key, value }: OutgoingRecord | RecordCopy): number {
  return Buffer.byteLength(value ?? '') + Buffer.byteLength(key ?? '') + HEADERS_BYTES;
}

/** The first records, in order, that fit into one publish; at least one where there is one. */
export function onePublishOf<R extends OutgoingRecord | RecordCopy>(records: readonly R[]): readonly R[] {
  let bytes = 0;
  let count = 0;
  for (const record of records) {
    bytes += publishBytesOf(record);
    if (count === RECORDS_A_PUBLISH_MAX || (bytes > BYTES_A_PUBLISH_MAX && count > 0)) break;
    count += 1;
  }
  return records.slice(0, count);
}
