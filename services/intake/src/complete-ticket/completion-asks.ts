import { type Clock, counter, Repeating } from '@handoff/platform';
import { askedTogether, type CompletionAsk, ticketOf } from './completion.js';
import type { CompletionStore } from './completion.store.js';

export interface CompletionAsksParts {
  readonly store: Pick<CompletionStore, 'ask'>;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

/** Several webhooks about one ticket often come within a moment; and the webhook is answered before its ticket is read. */
const DUE_AFTER_MS = 2_000;
const FLUSH_INTERVAL_MS = 1_000;
/** Asks that may wait in memory for a database that is away. */
const WAITING_MAX = 10_000;

const forgottenTotal = counter('handoff_completions_forgotten_total', 'Tickets that were to be completed, and were not noted because PostgreSQL was away for too long', ['source']);

/**
 * Notes which tickets are to be completed. While PostgreSQL is away they are kept in memory, because the webhook was taken
 * all the same; what a crash loses then, a poll of its source finds.
 */
export class CompletionAsks {
  private waiting = new Map<string, CompletionAsk>();
  private readonly flushing: Repeating;

  constructor(private readonly parts: CompletionAsksParts) {
    this.flushing = new Repeating({ intervalMs: FLUSH_INTERVAL_MS, work: () => this.flush(), onError: () => undefined });
  }

  start(): void {
    this.flushing.start();
  }

  /** Resolves when they are noted, or wait to be. Never rejects. */
  async ask(asks: readonly CompletionAsk[]): Promise<void> {
    if (asks.length === 0) return;
    // Nobody waits for a database that is known to be away.
    const isAway = this.waiting.size > 0;
    this.keep(asks);
    if (!isAway) await this.flush().catch((err: unknown) => this.parts.log.warn({ err, waiting: this.waiting.size }, 'Tickets to be completed cannot be noted now; they are kept in memory.'));
  }

  async close(): Promise<void> {
    await this.flushing.close();
    await this.flush().catch((err: unknown) => this.parts.log.warn({ err, waiting: this.waiting.size }, 'The last tickets to be completed could not be noted; a poll of their sources finds them.'));
  }

  private async flush(): Promise<void> {
    const taken = this.waiting;
    if (taken.size === 0) return;
    this.waiting = new Map();
    const now = this.parts.clock.now();
    try {
      await this.parts.store.ask([...taken.values()], { now, dueAt: new Date(now.getTime() + DUE_AFTER_MS) });
    } catch (error) {
      const since = [...this.waiting.values()];
      this.waiting = taken;
      this.keep(since);
      throw error;
    }
  }

  private keep(asks: readonly CompletionAsk[]): void {
    for (const ask of asks) {
      this.waiting.set(ticketOf(ask), askedTogether(this.waiting.get(ticketOf(ask)) ?? ask, ask));
    }
    for (const [oldest, { source }] of this.waiting) {
      if (this.waiting.size <= WAITING_MAX) break;
      this.waiting.delete(oldest);
      forgottenTotal.inc({ source });
    }
  }
}
