import { setTimeout as delay } from 'node:timers/promises';
import type { EventPublisher } from '@handoff/messaging';
import { type Backbone, type createPino, gauge, type HealthCheck } from '@handoff/platform';
import type { IntakeSettings } from '../config.js';
import { SpoolDrainer } from '../spool/spool-drainer.js';
import { PostgresSpoolStore } from '../spool/spool.store.postgres.js';
import { EventAcceptor } from './event-acceptor.js';
import { KafkaGate } from './kafka-gate.js';
import { KafkaOrSpool } from './kafka-or-spool.js';
import { PublishQueue } from './publish-queue.js';
import { RecentEvents } from './recent-events.js';

type Log = ReturnType<typeof createPino>;
type Settings = Pick<IntakeSettings, 'PUBLISH_TIMEOUT_MS' | 'PUBLISH_WAITING_MAX' | 'SPOOL_RECORDS_MAX'>;

const RECENT_EVENTS_MAX = 10_000;
const RECENT_MS_MAX = 600_000;
/** A request that has waited for so long is answered: its sender is about to give up. */
const REQUEST_MS_MAX = 8_000;
const KAFKA_AT_START_MS_MAX = 5_000;
const PROBE_INTERVAL_MS = 500;
const SPOOL_INTERVAL_MS = 500;
/** Of one request to Kafka. It may take longer than those may who wait: to find Kafka again, or to drain the spool. */
const KAFKA_REQUEST_MS_MAX = 10_000;
/** Whoever still waits was not told 202, and sends the event again. */
const CLOSE_MS_MAX = 2_000;

const waiting = gauge('handoff_publish_waiting_records', 'Events that wait to be stored in Kafka or the spool');
const kafkaAway = gauge('handoff_intake_kafka_away', '1 while events go to the spool because Kafka does not take them');

interface Parts {
  readonly backbone: Backbone;
  readonly gate: KafkaGate;
  readonly queue: PublishQueue;
  readonly drainer: SpoolDrainer;
  readonly timer: NodeJS.Timeout;
}

/** What an event passes until it is durable, opened and closed together. */
export class AcceptPath {
  private constructor(readonly acceptor: EventAcceptor, private readonly parts: Parts) {}

  static async open(backbone: Backbone, settings: Settings, log: Log): Promise<AcceptPath> {
    const open = (): Promise<EventPublisher> => backbone.openPublisher(KAFKA_REQUEST_MS_MAX);
    const gate = openGate(open, settings.PUBLISH_TIMEOUT_MS, log);
    await gate.start(KAFKA_AT_START_MS_MAX);
    const spool = new PostgresSpoolStore(backbone.dataSource);
    const drainer = new SpoolDrainer({
      store: spool, isKafkaThere: () => gate.isOpen, open,
      intervalMs: SPOOL_INTERVAL_MS, recordsMax: settings.SPOOL_RECORDS_MAX, now: Date.now,
      onDrained: (records) => log.info({ records }, 'The spool was emptied into Kafka.'),
      onError: (error) => log.warn({ err: error }, 'The spool cannot be drained now; it is tried again.'),
    });
    drainer.start();
    const storage = new KafkaOrSpool({
      kafka: gate, spool, hasRoom: () => drainer.hasRoom, now: () => performance.now(), delay,
      onDatabaseError: (error) => log.warn({ err: error }, 'The spool in PostgreSQL cannot be used now.'),
    });
    const queue = new PublishQueue({ storage, waitingMax: settings.PUBLISH_WAITING_MAX, timeoutMs: REQUEST_MS_MAX });
    const timer = setInterval(() => waiting.set(queue.waitingRecords), 1_000).unref();
    const acceptor = new EventAcceptor(queue, new RecentEvents({ countMax: RECENT_EVENTS_MAX, ageMsMax: RECENT_MS_MAX, now: Date.now }));
    return new AcceptPath(acceptor, { backbone, gate, queue, drainer, timer });
  }

  /** Ready while events can be made durable somewhere: with Kafka away PostgreSQL must answer, and the other way round. */
  get healthChecks(): readonly HealthCheck[] {
    const { gate, backbone } = this.parts;
    return [{ name: 'storage', check: async () => void (gate.isOpen || (await backbone.dataSource.query('select 1'))) }];
  }

  async close(): Promise<void> {
    const { queue, drainer, gate, timer } = this.parts;
    clearInterval(timer);
    await Promise.race([queue.drain(), delay(CLOSE_MS_MAX, undefined, { ref: false })]);
    await drainer.close();
    await gate.close();
  }
}

function openGate(open: () => Promise<EventPublisher>, answerMsMax: number, log: Log): KafkaGate {
  kafkaAway.set(1);
  return new KafkaGate({
    open, answerMsMax, probeIntervalMs: PROBE_INTERVAL_MS,
    onChange: (isOpen, reason) => {
      kafkaAway.set(isOpen ? 0 : 1);
      if (isOpen) log.info('Kafka takes events.');
      else log.error({ err: reason }, 'Kafka does not take events; they go to the spool in PostgreSQL until it does.');
    },
  });
}
