import type { OutgoingRecord } from '@handoff/messaging';
import { counter, Problem } from '@handoff/platform';
import type { SpoolLook, SpoolStore } from '../spool/spool.store.js';
import { KafkaAway, type KafkaGate } from './kafka-gate.js';

export interface KafkaOrSpoolOptions {
  readonly kafka: Pick<KafkaGate, 'isOpen' | 'publish'>;
  readonly spool: Pick<SpoolStore, 'look' | 'add'>;
  /** Whether the spool has room for more records. */
  readonly hasRoom: () => boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly delay: (ms: number) => Promise<unknown>;
  readonly onDatabaseError: (error: unknown) => void;
}

/** How long after a look that found the spool empty an instance stores in Kafka without looking again. */
const EMPTY_BELIEVED_MS = 200;
/** How long who begins to fill the spool waits before it says so: until no instance believes any more that it is empty. */
const UNSEEN_MS_MAX = 250;
/** How long a failed query stands for the next: a database that is away is not asked for each batch. */
const AWAY_KEPT_MS = 1_000;
const RETRY_AFTER_SECONDS = 5;

const EMPTY: SpoolLook = { isEmpty: true, keys: new Set() };

const storedTotal = counter('handoff_intake_stored_records_total', 'Events that were stored, by where', ['place']);

/**
 * Makes records durable: in Kafka, and while Kafka is away in the spool. A record of a ticket that has others in the spool
 * goes behind them, so that it overtakes none, whichever instance took them: an empty spool is believed to be empty for a
 * moment, and the first who fills it lets that moment pass before its sender can send the next record.
 */
export class KafkaOrSpool {
  private databaseAwayUntil = 0;
  /** As of the last look: it decides while the spool cannot be looked at. */
  private wasSpoolEmpty = false;
  private emptyBelievedUntil = 0;
  /** The oldest record of the spool, and since when we know that it is there. */
  private witness: { readonly seq: string; readonly sinceMs: number } | null = null;

  constructor(private readonly options: KafkaOrSpoolOptions) {}

  /**
   * Stores the records in order; batches must be given one after the other.
   * @returns for each record `null`, or why it may not have been stored: Problem 503 `kafka-unavailable`,
   *   `database-unavailable` or `spool-full`.
   */
  async store(records: readonly OutgoingRecord[]): Promise<readonly (Problem | null)[]> {
    // Nothing overtakes anything where all go to the spool.
    if (!this.options.kafka.isOpen) return this.spool(records, records, new KafkaAway());
    const look = await this.look(records);
    if (look === null && !this.wasSpoolEmpty) return records.map(() => unsure());
    const behind = new Set(records.filter(({ key }) => look?.keys.has(key)));
    const reason = await this.publish(records.filter((record) => !behind.has(record)));
    return this.spool(records, reason === null ? [...behind] : records, reason);
  }

  /** `null`: it cannot be looked at. */
  private async look(records: readonly OutgoingRecord[]): Promise<SpoolLook | null> {
    const askedAt = this.options.now();
    if (askedAt < this.emptyBelievedUntil) return EMPTY;
    if (this.isDatabaseAway) return null;
    try {
      const look = await this.options.spool.look(records.map(({ key }) => key));
      this.wasSpoolEmpty = look.isEmpty;
      if (look.isEmpty) this.emptyBelievedUntil = askedAt + EMPTY_BELIEVED_MS;
      return look;
    } catch (error) {
      this.databaseFailed(error);
      return null;
    }
  }

  /** `null`, or why Kafka did not take them. */
  private async publish(records: readonly OutgoingRecord[]): Promise<unknown> {
    if (records.length === 0) return null;
    try {
      await this.options.kafka.publish(records);
      storedTotal.inc({ place: 'kafka' }, records.length);
      return null;
    } catch (error) {
      return error;
    }
  }

  /** Of `records` those that are `left`; `reason` says why Kafka did not take them. */
  private async spool(records: readonly OutgoingRecord[], left: readonly OutgoingRecord[], reason: unknown): Promise<readonly (Problem | null)[]> {
    const problem = left.length === 0 ? null : await this.addToSpool(left, reason);
    const isLeft = new Set(left);
    return records.map((record) => (isLeft.has(record) ? problem : null));
  }

  private async addToSpool(records: readonly OutgoingRecord[], reason: unknown): Promise<Problem | null> {
    if (this.isDatabaseAway) return unavailable(reason);
    if (!this.options.hasRoom()) return full();
    this.emptyBelievedUntil = 0;
    try {
      const oldest = await this.options.spool.add(records);
      this.wasSpoolEmpty = false;
      await this.untilSeen(oldest);
      storedTotal.inc({ place: 'spool' }, records.length);
      return null;
    } catch (error) {
      this.databaseFailed(error);
      return unavailable(reason ?? error);
    }
  }

  /** Waits until every instance has looked since the spool began to fill. */
  private async untilSeen(oldest: string): Promise<void> {
    if (this.witness?.seq !== oldest) this.witness = { seq: oldest, sinceMs: this.options.now() };
    const leftMs = this.witness.sinceMs + UNSEEN_MS_MAX - this.options.now();
    if (leftMs > 0) await this.options.delay(leftMs);
  }

  private get isDatabaseAway(): boolean {
    return this.options.now() < this.databaseAwayUntil;
  }

  private databaseFailed(error: unknown): void {
    this.databaseAwayUntil = this.options.now() + AWAY_KEPT_MS;
    this.options.onDatabaseError(error);
  }
}

function unavailable(cause: unknown): Problem {
  return new Problem(503, 'kafka-unavailable', 'The event could not be stored: neither Kafka nor PostgreSQL takes it now. Send it again; it will not be taken twice.', { retryAfterSeconds: RETRY_AFTER_SECONDS, cause });
}

/** PostgreSQL is away and holds events that came before: whether some are of this ticket cannot be told. */
function unsure(): Problem {
  return new Problem(503, 'database-unavailable', 'PostgreSQL is away, and earlier events wait there for Kafka. This one must not overtake them; send it again.', { retryAfterSeconds: RETRY_AFTER_SECONDS });
}

function full(): Problem {
  return new Problem(503, 'spool-full', 'Kafka is away, and the spool has no room for more events. Nothing was kept of this one; send it again.', { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
