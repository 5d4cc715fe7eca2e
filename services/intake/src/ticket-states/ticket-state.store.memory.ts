import type { Instant } from '@handoff/contracts';
import { isLater, type TicketState } from './ticket-state.js';
import type { TicketStateStore } from './ticket-state.store.js';

const KEPT_MS = 86_400_000;

/** The twin of the table for tests. */
export class MemoryTicketStateStore implements TicketStateStore {
  private readonly states = new Map<string, TicketState>();

  /** @param readUpTo up to when a source is read; `null`: it is not polled; `undefined`: there is no such source. */
  constructor(private readonly readUpTo: (source: string) => Promise<Date | null | undefined>) {}

  async note(states: readonly TicketState[]): Promise<void> {
    for (const state of states) {
      if ((await this.readUpTo(state.source)) === undefined) continue;
      const key = `${state.source} ${state.externalId}`;
      const known = this.states.get(key);
      if (known === undefined || isLater(state.updatedAt, known.updatedAt)) this.states.set(key, state);
    }
  }

  latest(source: string, externalIds: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
    return Promise.resolve(new Map(externalIds.flatMap((externalId) => {
      const state = this.states.get(`${source} ${externalId}`);
      return state === undefined ? [] : [[externalId, state.updatedAt] as const];
    })));
  }

  async forget(): Promise<void> {
    for (const [key, { source, updatedAt }] of this.states) {
      const readUpTo = await this.readUpTo(source);
      if (readUpTo == null || Date.parse(updatedAt) < readUpTo.getTime() - KEPT_MS) this.states.delete(key);
    }
  }
}
