import type { HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { ReadModelStore } from '../read-model/read-model.store.js';
import { project, touchedBy } from './project.decision.js';

/** Appends events to the log and brings the read model up to them, in the transaction that took them. */
export class ProjectEventsHandler {
  constructor(private readonly store: ReadModelStore, private readonly onAppended: () => void) {}

  async handle(events: readonly HandoffEvent[], tx: Transaction): Promise<void> {
    await this.store.lock(tx);
    await this.store.append(tx, events);
    await applyTo(this.store, tx, events);
    tx.afterCommit(this.onAppended);
  }
}

/** Loads what the events touch, projects, and saves. The lock must be held. */
export async function applyTo(store: ReadModelStore, tx: Transaction, events: readonly HandoffEvent[]): Promise<void> {
  const before = await store.load(tx, touchedBy(events));
  await store.save(tx, before, project(before, events));
}
