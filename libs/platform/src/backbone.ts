import { TOPICS } from '@handoff/contracts';
import { connectKafka, ensureTopics, HandoffServer, type HandoffServerOptions, KafkaEventPublisher, KafkaRecordConsumer, OutboxPublisher } from '@handoff/messaging';
import { createDataSource, inboxRetention, MESSAGING_MIGRATIONS, PostgresDeadLetters, PostgresOutboxStore, PostgresTransactions, prepareSchema, type RetentionRule, SchemaMismatch } from '@handoff/persistence';
import type { Logger as Pino } from 'pino';
import type { DataSource, MigrationInterface } from 'typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import { type EgressSettings, egressPolicyOf, type OpenOutbound, openOutbound } from '@handoff/outbound';
import { Auditor, type AuditWiring } from './audit/auditor.js';
import { type ServiceSettings, StartupError } from './config.js';
import { watchDeadLetters } from './dead-letters/watch-dead-letters.js';
import type { HealthCheck } from './health.controller.js';
import { failService } from './main.js';
import { counter, gauge } from './metrics.js';
import { startRetention } from './retention/start-retention.js';

type KafkaClient = ReturnType<typeof connectKafka>;

export interface BackboneOptions {
  /** Name of the service; its schema and its consumer group have the same. */
  readonly service: string;
  readonly settings: ServiceSettings;
  readonly log: Pino;
  readonly migrations: readonly (new () => MigrationInterface)[];
  readonly entities?: readonly (new () => object)[];
  /** Starts while Kafka is away as well. The topics are then made by `openPublisher`. */
  readonly startsWithoutKafka?: true;
}

const CONNECTIONS_MAX = 16;
const CHUNK_RECORDS_MAX = 500;
const SWEEP_INTERVAL_MS = 1_000;
const PARKED_RETRY_INTERVAL_MS = 1_000;
const DRAIN_MS_MAX = 5_000;

const parkedTotal = counter('handoff_parked_total', 'Events set aside after a failure', ['code']);
const deadTotal = counter('handoff_dead_letters_total', 'Events given up, which wait for a person', ['code']);
const handledTotal = counter('handoff_records_handled_total', 'Records handled', ['topic']);
const outboxWaiting = gauge('handoff_outbox_waiting_records', 'Committed records that wait to be published');

/** Kafka and PostgreSQL as a service uses them, opened in the right order and closed in the reverse. */
export class Backbone {
  readonly dataSource: DataSource;
  readonly publisher: KafkaEventPublisher;
  readonly outbox: OutboxPublisher;
  readonly transactions: PostgresTransactions;
  /** What this service set aside. */
  readonly deadLetters: PostgresDeadLetters;
  private readonly kafka: KafkaClient;
  private consumer: HandoffServer | undefined;
  private watch: { close(): Promise<void> } | undefined;
  private auditor: Auditor | undefined;
  private retention: { close(): Promise<void> } | undefined;
  private switchOutbound: OpenOutbound | undefined;
  private areTopicsReady: boolean;

  private constructor(private readonly options: BackboneOptions, parts: Pick<Backbone, 'dataSource' | 'publisher' | 'outbox'> & { readonly kafka: KafkaClient }) {
    this.dataSource = parts.dataSource;
    this.publisher = parts.publisher;
    this.outbox = parts.outbox;
    this.kafka = parts.kafka;
    this.transactions = new PostgresTransactions(parts.dataSource, parts.outbox);
    this.deadLetters = new PostgresDeadLetters(this.transactions);
    this.areTopicsReady = options.startsWithoutKafka !== true;
  }

  static async open(options: BackboneOptions): Promise<Backbone> {
    const { service, settings, log } = options;
    const dataSource = createDataSource({ url: settings.DATABASE_URL, schema: service, connectionsMax: CONNECTIONS_MAX, migrations: [...MESSAGING_MIGRATIONS, ...options.migrations], entities: options.entities ?? [] });
    await usable('DATABASE_URL', () => dataSource.initialize());
    await prepareSchema(dataSource, { schema: service, migrate: settings.MIGRATE_ON_START }).catch((error: unknown) => {
      throw error instanceof SchemaMismatch ? new StartupError(error.message) : error;
    });
    const kafka = connect(options);
    if (options.startsWithoutKafka !== true) await usable('KAFKA_BROKERS', () => prepareTopics(kafka, options));
    const publisher = new KafkaEventPublisher(kafka);
    const outbox = new OutboxPublisher({
      store: new PostgresOutboxStore(dataSource), publisher, sweepIntervalMs: SWEEP_INTERVAL_MS,
      onError: (error, waiting) => log.warn({ err: error, waiting }, 'The outbox cannot publish now; it goes on trying.'),
    });
    await outbox.start();
    const timer = setInterval(() => outboxWaiting.set(outbox.waitingRecords), 1_000);
    timer.unref();
    return new Backbone(options, { dataSource, publisher, outbox, kafka });
  }

  /**
   * A publisher of its own that has reached Kafka and gives up soon.
   * @param answerMsMax how long Kafka may take for one request.
   */
  async openPublisher(answerMsMax: number): Promise<KafkaEventPublisher> {
    const kafka = connect(this.options, answerMsMax);
    if (!this.areTopicsReady) await prepareTopics(kafka, this.options);
    this.areTopicsReady = true;
    const publisher = new KafkaEventPublisher(kafka);
    try {
      await publisher.check();
      return publisher;
    } catch (error) {
      await publisher.close();
      throw error;
    }
  }

  /** The Nest transport of this service's consumer group. */
  server(wiring: Pick<HandoffServerOptions, 'topics' | 'ignoredTypes' | 'ignores' | 'repeated'> & { readonly partitionsConcurrently?: number }): HandoffServer {
    const { service, settings, log } = this.options;
    const onCrash = (error: Error): void => failService(`The consumer of ${service} ended and cannot come back by itself: ${error.message}`);
    const group = `handoff-${service}`;
    this.consumer = new HandoffServer({
      ...wiring,
      group,
      hasRoom: () => this.outbox.hasRoom(),
      consumer: new KafkaRecordConsumer({ kafka: this.kafka, groupId: group, partitionsConcurrently: wiring.partitionsConcurrently ?? 4, fetchBytesMax: settings.KAFKA_FETCH_BYTES_MAX, onCrash }),
      transactions: this.transactions,
      chunkRecordsMax: CHUNK_RECORDS_MAX,
      parkedRetryIntervalMs: PARKED_RETRY_INTERVAL_MS,
      now: () => new Date(),
      pause: (ms) => delay(ms),
      log: {
        chunk: (fields) => {
          handledTotal.inc({ topic: fields.topic }, fields.records);
          log.debug(fields, 'chunk handled');
        },
        parked: (fields) => {
          parkedTotal.inc({ code: fields.code });
          log.error(fields, 'An event was parked; later events of its ticket wait behind it.');
        },
        dead: (fields) => {
          deadTotal.inc({ code: fields.code });
          log.error(fields, 'An event was given up, and a person must decide: it is among the dead letters. Later events of its ticket wait behind it.');
        },
        unavailable: (error) => log.warn({ err: error }, 'PostgreSQL cannot be used now; the events wait.'),
      },
    });
    this.watch = watchDeadLetters(this.deadLetters, log);
    return this.consumer;
  }

  /** Checks from now on that everything that came has an outcome or a reason. Once a process, when it consumes already. */
  startAudit(wiring: AuditWiring, egress: EgressSettings): void {
    const { service, settings: { AUDIT_GRACE_SECONDS, AUDIT_OPEN_MINUTES_MAX, DEAD_MANS_URL }, log } = this.options;
    if (DEAD_MANS_URL !== undefined) this.switchOutbound = openOutbound({ policy: egressPolicyOf(egress), dnsServers: egress.EGRESS_DNS_SERVERS, userAgent: 'Handoff/1' });
    const deadMansSwitch = DEAD_MANS_URL === undefined || this.switchOutbound === undefined ? null : { url: DEAD_MANS_URL, outbound: this.switchOutbound };
    this.auditor = new Auditor({ ...wiring, service, log, deadMansSwitch, dataSource: this.dataSource, kafka: this.kafka, graceMs: AUDIT_GRACE_SECONDS * 1_000, openMsMax: AUDIT_OPEN_MINUTES_MAX * 60_000 });
    this.auditor.start();
  }

  /** Deletes from now on what is over: events that were handled long ago, and what these rules say. Once a process. */
  startRetention(rules: readonly RetentionRule[]): void {
    const { settings, log } = this.options;
    this.retention = startRetention(this.dataSource, [inboxRetention(settings.INBOX_RETENTION_DAYS), ...rules], log);
  }

  /** Ask for them after `server`, where there is one: a service that has not joined its group is not ready. */
  get healthChecks(): readonly HealthCheck[] {
    const { consumer } = this;
    return [
      { name: 'postgres', check: async () => void (await this.dataSource.query('select 1')) },
      { name: 'kafka', check: () => this.publisher.check() },
      ...(consumer === undefined ? [] : [{ name: 'consumer', check: () => consumer.check() }]),
    ];
  }

  async close(): Promise<void> {
    await this.retention?.close();
    await this.auditor?.close();
    await this.switchOutbound?.close();
    await this.watch?.close();
    await this.outbox.close(DRAIN_MS_MAX);
    await this.publisher.close();
    await this.dataSource.destroy();
  }
}

function connect({ service, settings, log }: BackboneOptions, answerMsMax?: number): KafkaClient {
  const patience = answerMsMax === undefined ? {} : { answerMsMax };
  return connectKafka({
    ...patience, brokers: settings.KAFKA_BROKERS, clientId: `${service}-${process.pid}`,
    // Who gives up soon hears of each failure, and tells it in fewer lines.
    log: (level, message, fields) => log[answerMsMax === undefined ? level : 'debug'](fields, message),
  });
}

async function prepareTopics(kafka: KafkaClient, { settings, log }: BackboneOptions): Promise<void> {
  const differences = await ensureTopics(kafka, Object.values(TOPICS), { partitions: settings.KAFKA_PARTITIONS, replicationFactor: settings.KAFKA_REPLICATION_FACTOR });
  for (const difference of differences) log.warn(difference);
}

async function usable<R>(setting: string, open: () => Promise<R>): Promise<R> {
  try {
    return await open();
  } catch (error) {
    throw new StartupError(`${setting} cannot be used: ${(error as Error).message || String(error)}. Is the server running, and the address right?`);
  }
}
