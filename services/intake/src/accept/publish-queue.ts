import { BYTES_A_PUBLISH_MAX, type OutgoingRecord, publishBytesOf } from '@handoff/messaging';
import { Problem } from '@handoff/platform';

/** Where records become durable. */
export interface RecordStorage {
  /** For each record, in order, `null` when it is durable, or why it may not be. Never rejects. */
  store(records: readonly OutgoingRecord[]): Promise<readonly (Problem | null)[]>;
}

export interface PublishQueueOptions {
  readonly storage: RecordStorage;
  /** Requests that may wait at once. */
  readonly waitingMax: number;
  /** How long a request waits for its batch, before and while it is stored. */
  readonly timeoutMs: number;
}

interface Waiting {
  readonly record: OutgoingRecord;
  readonly bytes: number;
  readonly dueMs: number;
  readonly stored: () => void;
  readonly failed: (problem: Problem) => void;
  isSettled: boolean;
}

const BATCH_RECORDS_MAX = 500;
const WAITING_BYTES_MAX = 67_108_864;
const RETRY_AFTER_SECONDS = 5;

/**
 * Stores the records of concurrent requests together: while one batch is under way, the next one gathers. One batch at a
 * time and first come, first sent, so that records keep the order in which they came. Each request hears how its own
 * record fared.
 */
export class PublishQueue {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private underWay: readonly Waiting[] = [];
  private pumping: Promise<void> | null = null;
  /** One for all: they wait equally long, so that the oldest is due first. */
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly options: PublishQueueOptions) {}

  get waitingRecords(): number {
    return this.waiting.length;
  }

  /**
   * Resolves when the record is durable.
   * @throws Problem 413 `event-too-large`; 503 `too-busy`, and what the storage answers: it may have been stored all the
   * same, so the sender repeats it under the same event id.
   */
  publish(record: OutgoingRecord): Promise<void> {
    const bytes = publishBytesOf(record);
    if (bytes > BYTES_A_PUBLISH_MAX) return Promise.reject(new Problem(413, 'event-too-large', `The ticket makes an event of ${bytes} bytes; at most ${BYTES_A_PUBLISH_MAX} can be kept.`));
    if (this.waiting.length >= this.options.waitingMax || this.waitingBytes + bytes > WAITING_BYTES_MAX) {
      return Promise.reject(new Problem(503, 'too-busy', 'Too many events wait to be stored. Nothing was kept of this one; send it again.', { retryAfterSeconds: RETRY_AFTER_SECONDS }));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ record, bytes, dueMs: performance.now() + this.options.timeoutMs, stored: resolve, failed: reject, isSettled: false });
      this.waitingBytes += bytes;
      this.timer ??= setTimeout(() => this.giveUp(), this.options.timeoutMs);
      this.pumping ??= this.pump();
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    await this.pumping;
  }

  private async pump(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.takeBatch();
      if (batch.length === 0) continue;
      this.underWay = batch;
      const problems = await this.options.storage.store(batch.map(({ record }) => record));
      this.underWay = [];
      for (const [index, entry] of batch.entries()) settle(entry, problems[index] ?? null);
    }
    // In the same step in which nothing waited any more: whoever comes after it begins anew.
    this.pumping = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Tells those whose time is over, and looks again when the next one's is. */
  private giveUp(): void {
    const nowMs = performance.now();
    const left = [...this.underWay, ...this.waiting].filter(({ isSettled }) => !isSettled);
    for (const entry of left) if (entry.dueMs <= nowMs) settle(entry, late(this.options.timeoutMs));
    const next = left.find(({ isSettled }) => !isSettled);
    this.timer = next === undefined ? null : setTimeout(() => this.giveUp(), Math.ceil(next.dueMs - nowMs));
  }

  /** The oldest records that fit into one batch, without those whose requests gave up. */
  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let bytes = 0;
    let taken = 0;
    for (const entry of this.waiting) {
      if (batch.length === BATCH_RECORDS_MAX || bytes + entry.bytes > BYTES_A_PUBLISH_MAX) break;
      taken += 1;
      this.waitingBytes -= entry.bytes;
      if (entry.isSettled) continue;
      batch.push(entry);
      bytes += entry.bytes;
    }
    this.waiting = this.waiting.slice(taken);
    return batch;
  }
}

function settle(entry: Waiting, problem: Problem | null): void {
  if (entry.isSettled) return;
  entry.isSettled = true;
  if (problem === null) entry.stored();
  else entry.failed(problem);
}

function late(afterMs: number): Problem {
  return new Problem(503, 'too-busy', `The event was not stored within ${afterMs} ms. Send it again; it will not be taken twice.`, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
