import { createRequire } from 'node:module';
import { constants, zstdCompressSync } from 'node:zlib';
import { Bytes } from './bytes.js';

/** One record as kafkajs hands it on. */
export interface ProducedMessage {
  readonly key?: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer | readonly (string | Buffer)[] | undefined>>;
  readonly timestamp?: string;
}

export interface ProducedPartition {
  readonly partition: number;
  readonly firstSequence?: number;
  readonly messages: readonly ProducedMessage[];
}

/** What kafkajs's client has to say to the broker in a produce request. */
export interface ProduceRequest {
  readonly acks: number;
  readonly timeout: number;
  readonly compression?: number;
  readonly transactionalId?: string | null;
  readonly producerId?: unknown;
  readonly producerEpoch?: number;
  readonly topicData: readonly { readonly topic: string; readonly partitions: readonly ProducedPartition[] }[];
}

/** What kafkajs sends of an encoder. */
export interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
  size(): number;
}

const NO_COMPRESSION = 0;
const ZSTD = 4;
const MAGIC = 2;
const TRANSACTIONAL = 16;

/** Of the few records that a partition gets at a time, a higher level makes no less, and takes longer. */
const FAST = { [constants.ZSTD_c_compressionLevel]: 1 };

const crc32c = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/crc32C/index.js') as (bytes: Buffer) => number;
/** Written anew for each request; encoding waits for nothing, so nobody else writes meanwhile. */
const scratch = new Bytes();

/** Whether this request is of the kind that we encode by ourselves; other kinds are left to kafkajs. */
export function isOurs({ compression = NO_COMPRESSION, topicData }: ProduceRequest): boolean {
  return (compression === NO_COMPRESSION || compression === ZSTD) && topicData.every(({ partitions }) => partitions.every(({ messages }) => messages.every(({ timestamp }) => timestamp === undefined)));
}

/**
 * The body of a produce request of version 3 to 7, byte for byte as kafkajs 2.2.4 writes it, in one buffer. kafkajs makes a buffer for each
 * header of each record, and compresses with a detour through a thread, which for the few records of a partition costs more than compressing.
 */
export function encodeProduce(request: ProduceRequest, now: number): Encoded {
  scratch.clear();
  scratch.string(request.transactionalId ?? null);
  scratch.int16(request.acks);
  scratch.int32(request.timeout);
  scratch.int32(request.topicData.length);
  for (const { topic, partitions } of request.topicData) {
    scratch.string(topic);
    scratch.int32(partitions.length);
    for (const partition of partitions) recordBatch(partition, request, now);
  }
  const buffer = scratch.copy();
  return { buf: buffer, buffer, size: () => buffer.length };
}

/** https://kafka.apache.org/documentation/#recordbatch */
function recordBatch({ partition, firstSequence = 0, messages }: ProducedPartition, request: ProduceRequest, now: number): void {
  const { compression = NO_COMPRESSION, producerEpoch = 0 } = request;
  scratch.int32(partition);
  const sizeAt = scratch.length;
  scratch.int32(0);
  const batchAt = scratch.length;
  scratch.int64(0n);
  const lengthAt = scratch.length;
  scratch.int32(0);
  scratch.int32(0);
  scratch.int8(MAGIC);
  const crcAt = scratch.length;
  scratch.uint32(0);
  const checkedAt = scratch.length;
  scratch.int16(compression | (request.transactionalId == null ? 0 : TRANSACTIONAL));
  scratch.int32(messages.length - 1);
  scratch.int64(BigInt(now));
  scratch.int64(BigInt(now));
  scratch.int64(producerIdOf(request));
  scratch.int16(producerEpoch);
  scratch.int32(firstSequence);
  scratch.int32(messages.length);
  const recordsAt = scratch.length;
  for (const [offset, message] of messages.entries()) record(message, offset);
  if (compression === ZSTD) {
    const records = scratch.from(recordsAt);
    const compressed = zstdCompressSync(records, { pledgedSrcSize: records.length, params: FAST });
    scratch.length = recordsAt;
    scratch.raw(compressed);
  }
  scratch.patchUint32(crcAt, crc32c(scratch.from(checkedAt)));
  scratch.patchInt32(lengthAt, scratch.length - lengthAt - 4);
  scratch.patchInt32(sizeAt, scratch.length - batchAt);
}

function record({ key = null, value, headers = {} }: ProducedMessage, offset: number): void {
  const start = scratch.length;
  scratch.int8(0);
  scratch.varint(0);
  scratch.varint(offset);
  scratch.varbytes(key);
  scratch.varbytes(value);
  const names = Object.keys(headers);
  let count = 0;
  for (const name of names) count += Array.isArray(headers[name]) ? (headers[name] as unknown[]).length : 1;
  scratch.varint(count);
  for (const name of names) {
    const given = headers[name];
    for (const each of Array.isArray(given) ? (given as (string | Buffer)[]) : [given as string | Buffer]) {
      scratch.varbytes(name);
      scratch.varbytes(each);
    }
  }
  scratch.prefixLength(start);
}

/** kafkajs keeps it as a number, a text or its own Long. */
function producerIdOf({ producerId = -1 }: ProduceRequest): bigint {
  if (typeof producerId === 'object' && producerId !== null && 'value' in producerId) return BigInt(producerId.value as bigint);
  return BigInt(producerId as string | number);
}
