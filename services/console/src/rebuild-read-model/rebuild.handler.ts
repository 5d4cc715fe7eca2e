import type { Transaction, Transactions } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import { applyTo } from '../project-events/project-events.handler.js';
import type { ReadModelStore } from '../read-model/read-model.store.js';

/** Events that are in memory at a time. */
const BATCH_EVENTS_MAX = 2_000;

export const REBUILD_STATES = ['never', 'running', 'done', 'failed'] as const;

/** The last rebuild of this process. */
export interface Rebuild {
  readonly state: (typeof REBUILD_STATES)[number];
  readonly eventsDone: number;
  /** Events in the log, counted once nobody else projects; 0 until then. */
  readonly eventsTotal: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Why it failed. */
  readonly reason: string | null;
}

const NEVER: Rebuild = { state: 'never', eventsDone: 0, eventsTotal: 0, startedAt: null, endedAt: null, reason: null };

/**
 * Makes all rows anew from the log, in one transaction: readers see the former rows until its end, and a failure changes nothing.
 * Events that come meanwhile wait for the lock of the projection.
 */
export class RebuildHandler {
  private readonly logger = new Logger(RebuildHandler.name);
  private rebuild: Rebuild = NEVER;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly store: ReadModelStore, private readonly transactions: Transactions, private readonly clock: Clock) {}

  get last(): Rebuild {
    return this.rebuild;
  }

  /** Begins a rebuild in the background, unless one runs. */
  start(): Rebuild {
    if (this.rebuild.state !== 'running' && !this.isStopped) {
      this.rebuild = { ...NEVER, state: 'running', startedAt: this.now() };
      this.running = this.work();
    }
    return this.rebuild;
  }

  /** Gives a running rebuild up, and resolves when its transaction has ended. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async work(): Promise<void> {
    try {
      await this.transactions.run((tx) => this.makeAnew(tx));
      this.rebuild = { ...this.rebuild, state: 'done', endedAt: this.now() };
    } catch (error) {
      this.logger.error(error, 'the read model was not rebuilt, and is as before');
      this.rebuild = { ...this.rebuild, state: 'failed', endedAt: this.now(), reason: error instanceof Error ? error.message : String(error) };
    }
  }

  private async makeAnew(tx: Transaction): Promise<void> {
    await this.store.lock(tx);
    this.rebuild = { ...this.rebuild, eventsTotal: await this.store.countEvents(tx) };
    const anew = await this.store.beginAnew(tx);
    for (let position = '0'; ;) {
      if (this.isStopped) throw new Error('The console was stopped meanwhile. Rebuild once more when it runs.');
      const logged = await this.store.eventsAfter(tx, position, BATCH_EVENTS_MAX);
      const last = logged.at(-1);
      if (last === undefined) return anew.endAnew(tx);
      await applyTo(anew, tx, logged.map(({ event }) => event));
      position = last.position;
      this.rebuild = { ...this.rebuild, eventsDone: this.rebuild.eventsDone + logged.length };
    }
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
