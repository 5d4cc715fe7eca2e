import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import kafkajs, { type Kafka as KafkaClient, type logLevel as LogLevel } from 'kafkajs';
import { useOwnProduceEncoding } from './produce/use-own-encoding.js';
import { fixRequestQueue } from './request-queue-fix.js';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = kafkajs;

export interface KafkaSettings {
  readonly brokers: readonly string[];
  /** Name of this client in the broker's logs, as `routing-4711`. */
  readonly clientId: string;
  /** Time for one request or connection, for who cannot wait long and tries again by itself. Without it, what suits a consumer. */
  readonly answerMsMax?: number;
  readonly log: (level: 'error' | 'warn' | 'debug', message: string, fields: Record<string, unknown>) => void;
}

const CONNECT_MS_MAX = 3_000;
const REQUEST_MS_MAX = 30_000;
const TRIES_PATIENT = 20;
const TRIES_BRIEF = 2;
/** Of one batch of records. Ours have less than 1 MiB; without a limit one of a stranger could take all memory. */
const DECOMPRESSED_BYTES_MAX = 67_108_864;

let isPrepared = false;

/** kafkajs keeps its codecs and its fault in module state, so both are set once a process. */
function prepare(): void {
  if (isPrepared) return;
  isPrepared = true;
  fixRequestQueue();
  useOwnProduceEncoding();
  // At once, not in a thread: for what a partition gets at a time the way there and back takes longer than the work.
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: (encoder: { buffer: Buffer }) => Promise.resolve(zstdCompressSync(encoder.buffer)),
    decompress: (buffer: Buffer) => Promise.resolve(zstdDecompressSync(buffer, { maxOutputLength: DECOMPRESSED_BYTES_MAX })),
  });
}

/**
 * A kafkajs client. Its retry settings govern how soon it finds a broker again that was away:
 * many tries that stay short, rather than kafkajs's own, which wait half a minute.
 */
export function connectKafka(settings: KafkaSettings): KafkaClient {
  prepare();
  return new Kafka({
    clientId: settings.clientId,
    brokers: [...settings.brokers],
    connectionTimeout: Math.min(CONNECT_MS_MAX, settings.answerMsMax ?? CONNECT_MS_MAX),
    requestTimeout: settings.answerMsMax ?? REQUEST_MS_MAX,
    retry: { initialRetryTime: 200, maxRetryTime: 1_500, factor: 0.2, multiplier: 2, retries: settings.answerMsMax === undefined ? TRIES_PATIENT : TRIES_BRIEF },
    logLevel: logLevel.WARN,
    logCreator: () => ({ level, log: { message, timestamp: _timestamp, logger: _logger, ...fields } }) => {
      settings.log(levelOf(level, message), `kafka: ${message}`, fields);
    },
  });
}

/**
 * kafkajs calls every answer an error that it then handles by itself, as the coordinator of a group that is still loading.
 * What it cannot handle reaches whoever called.
 */
function levelOf(level: LogLevel, message: string): 'error' | 'warn' | 'debug' {
  if (message.startsWith('Response ')) return 'debug';
  return level === logLevel.ERROR ? 'error' : 'warn';
}
