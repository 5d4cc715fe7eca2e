import { Repeating } from '@handoff/platform';
import { isLater, type TicketState } from './ticket-state.js';
import type { TicketStateStore } from './ticket-state.store.js';

export interface ToldStatesParts {
  readonly store: Pick<TicketStateStore, 'note'>;
  readonly log: { warn(fields: object, message: string): void };
}

const FLUSH_INTERVAL_MS = 2_000;
/** States that may wait for a database that is away. */
const WAITING_MAX = 50_000;

/**
 * Gathers in which states tickets were told, so that no webhook costs a write, and notes them every two seconds. What a crash
 * loses, a poll tells once more: routing sees that it is no news.
 */
export class ToldStates {
  private waiting = new Map<string, TicketState>();
  private readonly flushing: Repeating;

  constructor(private readonly parts: ToldStatesParts) {
    this.flushing = new Repeating({ intervalMs: FLUSH_INTERVAL_MS, work: () => this.flush(), onError: (err) => parts.log.warn({ err }, 'The states of tickets cannot be noted now; it is tried again.') });
  }

  start(): void {
    this.flushing.start();
  }

  /** The oldest give way where too many wait. */
  add(state: TicketState): void {
    const key = `${state.source} ${state.externalId}`;
    const known = this.waiting.get(key);
    if (known !== undefined && !isLater(state.updatedAt, known.updatedAt)) return;
    this.waiting.delete(key);
    this.waiting.set(key, state);
    for (const oldest of this.waiting.keys()) {
      if (this.waiting.size <= WAITING_MAX) break;
      this.waiting.delete(oldest);
    }
  }

  /** @throws what the store throws; the states are kept for the next time. */
  async flush(): Promise<void> {
    const taken = this.waiting;
    if (taken.size === 0) return;
    this.waiting = new Map();
    try {
      await this.parts.store.note([...taken.values()]);
    } catch (error) {
      const since = this.waiting;
      this.waiting = taken;
      for (const state of since.values()) this.add(state);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.flushing.close();
    await this.flush().catch((err: unknown) => this.parts.log.warn({ err }, 'The last states of tickets could not be noted; a poll tells them once more.'));
  }
}
