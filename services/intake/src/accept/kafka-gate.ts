import { setTimeout as delay } from 'node:timers/promises';
import type { EventPublisher, OutgoingRecord } from '@handoff/messaging';

export interface KafkaGateOptions {
  /** A new publisher that has reached Kafka. Rejects, within a bounded time, while Kafka is away. */
  readonly open: () => Promise<EventPublisher>;
  /** How long Kafka may take to store records. After that it counts as away, and what became of them is unknown. */
  readonly answerMsMax: number;
  readonly probeIntervalMs: number;
  readonly onChange: (isOpen: boolean, reason: unknown) => void;
}

/** Kafka is away; nothing was sent. */
export class KafkaAway extends Error {
  override readonly name = 'KafkaAway';

  constructor() {
    super('Kafka is away.');
  }
}

/**
 * Kafka for those who cannot wait. It answers within a limit, and remembers that Kafka is away: only the first request
 * finds that out, the others know at once. It probes until Kafka is back.
 * After any failure the publisher is replaced, as what it still does in the background must not mix with what follows.
 */
export class KafkaGate {
  private publisher: EventPublisher | null = null;
  private probing: Promise<void> | null = null;
  private readonly closing = new AbortController();

  constructor(private readonly options: KafkaGateOptions) {}

  /** Waits for Kafka no longer than `msMax`, and goes on looking for it afterwards. */
  async start(msMax: number): Promise<void> {
    this.probing = this.probe();
    await Promise.race([this.probing, delay(msMax, undefined, { ref: false })]);
  }

  get isOpen(): boolean {
    return this.publisher !== null;
  }

  /**
   * Resolves when the records are durable.
   * @throws KafkaAway when nothing was sent. After any other error some may have been stored.
   */
  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    const { publisher } = this;
    if (publisher === null) throw new KafkaAway();
    try {
      await within(this.options.answerMsMax, publisher.publish(records));
    } catch (error) {
      this.shut(publisher, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    const { publisher } = this;
    this.publisher = null;
    await publisher?.close();
    await this.probing;
  }

  /** Another failure of the same publisher, or one of a publisher that was replaced already, changes nothing. */
  private shut(publisher: EventPublisher, reason: unknown): void {
    publisher.close().catch(() => undefined);
    if (this.publisher !== publisher || this.closing.signal.aborted) return;
    this.publisher = null;
    this.options.onChange(false, reason);
    this.probing = this.probe();
  }

  private async probe(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      try {
        return await this.use(await this.options.open());
      } catch {
        await delay(this.options.probeIntervalMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async use(publisher: EventPublisher): Promise<void> {
    if (this.closing.signal.aborted) return publisher.close();
    this.publisher = publisher;
    this.options.onChange(true, null);
  }
}

async function within(msMax: number, work: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  // A process that stood still finds its timers due before it reads what came meanwhile: it reads first.
  const timer = setTimeout(() => setImmediate(() => reject(new Error(`Kafka did not answer within ${msMax} ms.`))), msMax);
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
