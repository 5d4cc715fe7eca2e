import { setTimeout as delay } from 'node:timers/promises';
import type { NotActivated } from './activate-version.handler.js';

export interface MatrixWatchOptions {
  readonly everyMs: number;
  readonly activateDue: () => Promise<readonly NotActivated[]>;
  readonly refresh: () => Promise<unknown>;
  readonly onNotActivated: (missed: NotActivated) => void;
  readonly onError: (error: unknown) => void;
}

/** Follows the active version: activates what is due, and loads what somebody else activated. */
export class MatrixWatch {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: MatrixWatchOptions) {}

  start(): void {
    this.running = this.run();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.look();
      await delay(this.options.everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    try {
      for (const missed of await this.options.activateDue()) this.options.onNotActivated(missed);
      await this.options.refresh();
    } catch (error) {
      this.options.onError(error);
    }
  }
}
