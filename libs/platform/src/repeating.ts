import { setTimeout as delay } from 'node:timers/promises';

export interface RepeatingOptions {
  readonly intervalMs: number;
  /** `signal` is aborted when the work should end soon. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** A piece of work that is done again and again, never twice at once, until it is closed. A failure does not end it. */
export class Repeating {
  private readonly closing = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: RepeatingOptions) {}

  start(): void {
    this.running = this.run();
  }

  /** Waits for the work under way. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { work, onError, intervalMs } = this.options;
    const { signal } = this.closing;
    while (!signal.aborted) {
      await work(signal).catch(onError);
      await delay(intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
