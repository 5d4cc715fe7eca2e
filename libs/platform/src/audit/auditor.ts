import { setTimeout as delay } from 'node:timers/promises';
import { type connectKafka, type IncomingRecord, KafkaRecordConsumer, SecondLook } from '@handoff/messaging';
import { type MissingEffects, PostgresAudit } from '@handoff/persistence';
import type { Outbound } from '@handoff/outbound';
import type { Logger as Pino } from 'pino';
import type { DataSource } from 'typeorm';
import { counter, gauge } from '../metrics.js';
import { Repeating } from '../repeating.js';
import { verdictOf } from './verdict.decision.js';

type KafkaClient = ReturnType<typeof connectKafka>;

export interface AuditWiring {
  /** What the service consumes; none: only what is open is looked at. */
  readonly topics: readonly { readonly name: string }[];
  readonly ignoredTypes?: readonly string[];
  /** Which of these handled records have no effect though they should; absent: what is handled is well. */
  readonly missingEffects?: MissingEffects;
  /** Further items that can be open, as `select item, count, oldest_at`. */
  readonly openItemsSql?: string;
}

export interface AuditorOptions extends AuditWiring {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly kafka: KafkaClient;
  readonly log: Pino;
  readonly graceMs: number;
  readonly openMsMax: number;
  /** Called after each round in which all is well. */
  readonly deadMansSwitch: { readonly url: string; readonly outbound: Outbound } | null;
}

const ROUND_MS = 30_000;
const PARTITIONS_AT_ONCE = 12;
/** What is fetched lies in memory until its time has come, and unpacked is ten times as large. */
const FETCH_BYTES_MAX = 131_072;
const CLOSE_MS_MAX = 3_000;
const FINDINGS_LOGGED_MAX = 20;

const oldestSeconds = gauge('handoff_open_oldest_seconds', 'Age of the oldest thing that is not at its end yet, without exclusions', ['item']);
const openItems = gauge('handoff_open_items', 'Things that are not at their end yet', ['item']);
const foundTotal = counter('handoff_unaccounted_events_total', 'Events that were passed by and for which there is neither an outcome nor a reason');

/**
 * Checks, beside the service and by a reading of its own, that everything that came has an outcome or a reason, and how old what is open is.
 * It is a member of a group of its own, so it neither holds up the service nor believes its offsets.
 */
export class Auditor {
  private readonly audit: PostgresAudit;
  private readonly look: SecondLook;
  private readonly rounds: Repeating;
  private consumer: KafkaRecordConsumer | undefined;
  private readonly closing = new AbortController();
  private starting: Promise<void> = Promise.resolve();
  private isLooking = true;
  private lastProblem: string | null = null;

  constructor(private readonly options: AuditorOptions) {
    const { dataSource, ignoredTypes = [], missingEffects = () => Promise.resolve([]), openItemsSql, graceMs, log } = options;
    this.audit = new PostgresAudit({ dataSource, ignoredTypes: new Set(ignoredTypes), missingEffects, ...(openItemsSql === undefined ? {} : { openItemsSql }) });
    this.look = new SecondLook({
      accounts: this.audit, graceMs, now: Date.now, committedTo: (topic, partition) => this.committedTo(topic, partition),
      pause: (ms) => delay(ms, undefined, { signal: this.closing.signal }).catch(() => undefined),
      onError: (err) => log.debug({ err }, 'What became of events cannot be asked now; it is asked again.'),
      onFound: (records) => this.tell(records),
    });
    this.rounds = new Repeating({ intervalMs: ROUND_MS, work: () => this.round(), onError: (err) => log.warn({ err }, 'The audit could not look at what is open.') });
  }

  start(): void {
    this.rounds.start();
    if (this.options.topics.length > 0) this.starting = this.startLooking().catch((err: unknown) => this.stopLooking(err));
  }

  async close(): Promise<void> {
    this.closing.abort();
    // While Kafka is away a consumer neither starts nor stops; nothing is lost where it is left.
    const late = new AbortController();
    await Promise.race([this.starting.then(() => this.consumer?.stop()), delay(CLOSE_MS_MAX, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    await this.rounds.close();
  }

  private async startLooking(): Promise<void> {
    const { kafka, service, topics } = this.options;
    this.consumer = new KafkaRecordConsumer({ kafka, groupId: `handoff-${service}-audit`, partitionsConcurrently: PARTITIONS_AT_ONCE, fetchBytesMax: FETCH_BYTES_MAX, onCrash: (error) => this.stopLooking(error) });
    await this.consumer.start(topics.map(({ name }) => name), (batch) => this.look.look(batch));
  }

  /** The service goes on without its audit, and the dead man's switch says so. */
  private stopLooking(err: unknown): void {
    this.isLooking = false;
    this.options.log.error({ err }, 'The audit cannot read what the service reads, and has ended; it begins again when the service is started again.');
  }

  private async committedTo(topic: string, partition: number): Promise<bigint> {
    const admin = this.options.kafka.admin();
    await admin.connect();
    try {
      const [found] = await admin.fetchOffsets({ groupId: `handoff-${this.options.service}`, topics: [topic] });
      return BigInt(found?.partitions.find((one) => one.partition === partition)?.offset ?? '-1');
    } finally {
      await admin.disconnect();
    }
  }

  private tell(records: readonly IncomingRecord[]): void {
    foundTotal.inc(records.length);
    for (const { topic, partition, offset, key } of records.slice(0, FINDINGS_LOGGED_MAX)) {
      this.options.log.error({ topic, partition, offset, key }, 'An event was passed by, and there is neither an outcome nor a reason. It lies in its topic; please report it.');
    }
  }

  private async round(): Promise<void> {
    const items = await this.audit.openItems();
    const verdict = verdictOf({ items, oldestUnhandledMs: this.look.oldestWaitingMs, isLooking: this.isLooking, nowMs: Date.now(), openMsMax: this.options.openMsMax });
    for (const { item, count } of items) openItems.set({ item }, count);
    for (const [item, seconds] of Object.entries(verdict.oldestSeconds)) oldestSeconds.set({ item }, seconds);
    if (verdict.problem !== null && this.lastProblem === null) this.options.log.warn({ problem: verdict.problem }, 'The audit found something open that should not be.');
    this.lastProblem = verdict.problem;
    if (verdict.problem === null) await this.holdSwitch();
  }

  private async holdSwitch(): Promise<void> {
    const { deadMansSwitch, log } = this.options;
    if (deadMansSwitch === null) return;
    const outcome = await deadMansSwitch.outbound.call({ method: 'GET', url: deadMansSwitch.url });
    const said = outcome.kind === 'answered' ? outcome.answer.status : outcome.kind;
    // Where a URL is all that is needed to hold the switch, no word of it is logged.
    if (typeof said === 'string' || said >= 300) log.warn({ said }, 'DEAD_MANS_URL did not take the call.');
  }
}
