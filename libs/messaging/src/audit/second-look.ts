import type { IncomingRecord, RecordBatch } from '../ports.js';

/** What a service has to show for the records of its topics. */
export interface Accounts {
  /** Those of these records for which it has neither an outcome nor a reason. */
  unaccounted(records: readonly IncomingRecord[]): Promise<readonly IncomingRecord[]>;
  /** Remembers records that are lost as far as anybody can tell; each once. */
  keep(records: readonly IncomingRecord[]): Promise<void>;
}

export interface SecondLookOptions {
  readonly accounts: Accounts;
  /** The first offset of a partition that the service itself has not committed. */
  readonly committedTo: (topic: string, partition: number) => Promise<bigint>;
  /** So long after it was appended a record is looked at; before, it is the service's turn. */
  readonly graceMs: number;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly onFound: (records: readonly IncomingRecord[]) => void;
}

const RECORDS_A_LOOK_MAX = 500;
/** Shorter than the pulse of a member of a group. */
const PAUSE_MS_MAX = 500;

/**
 * Reads what a service reads, a while later and in a group of its own, and asks for each record what became of it. A record that the
 * service has not come to yet is waited for. One that it has committed and has nothing to show for is lost: it is kept, and told.
 */
export class SecondLook {
  private readonly waitingSinceMs = new Map<string, number>();

  constructor(private readonly options: SecondLookOptions) {}

  /** When the oldest record was appended whose time has come and that was not handled yet; `null`: there is none. In milliseconds since 1970. */
  get oldestWaitingMs(): number | null {
    return this.waitingSinceMs.size === 0 ? null : Math.min(...this.waitingSinceMs.values());
  }

  async look(batch: RecordBatch): Promise<void> {
    const place = `${batch.topic}/${batch.partition}`;
    try {
      for (let start = 0; start < batch.records.length; start += RECORDS_A_LOOK_MAX) {
        const records = batch.records.slice(start, start + RECORDS_A_LOOK_MAX);
        if (!(await this.accountFor(records, batch, place))) return;
        this.waitingSinceMs.delete(place);
        await batch.commit(records.at(-1)?.offset ?? '0');
      }
    } finally {
      this.waitingSinceMs.delete(place);
    }
  }

  /** Resolves with true when each record is accounted for or kept as lost; with false when the batch was taken away. */
  private async accountFor(records: readonly IncomingRecord[], batch: RecordBatch, place: string): Promise<boolean> {
    const dueAtMs = Number(records.at(-1)?.timestampMs ?? 0) + this.options.graceMs;
    while (!batch.isAbandoned()) {
      const waitMs = dueAtMs - this.options.now();
      if (waitMs <= 0 && (await this.tryToAccount(records, place))) return true;
      await batch.heartbeat();
      await this.options.pause(waitMs <= 0 ? PAUSE_MS_MAX : Math.min(waitMs, PAUSE_MS_MAX));
    }
    return false;
  }

  private async tryToAccount(records: readonly IncomingRecord[], place: string): Promise<boolean> {
    try {
      return await this.isDone(records, place);
    } catch (error) {
      this.options.onError(error);
      return false;
    }
  }

  private async isDone(records: readonly IncomingRecord[], place: string): Promise<boolean> {
    const { accounts, committedTo, onFound } = this.options;
    const open = await accounts.unaccounted(records);
    const [first] = open;
    if (first === undefined) return true;
    this.waitingSinceMs.set(place, Number(first.timestampMs));
    const committed = await committedTo(first.topic, first.partition);
    const passed = open.filter(({ offset }) => BigInt(offset) < committed);
    // Asked again: they may have been handled between the two questions.
    const lost = passed.length === 0 ? [] : await accounts.unaccounted(passed);
    if (lost.length > 0) {
      await accounts.keep(lost);
      onFound(lost);
    }
    return passed.length === open.length;
  }
}
