import { onRollback, type Transaction } from '@handoff/messaging';
import { type Page, pageOf } from '@handoff/platform';
import type { KeyConflict } from './key-conflict.decision.js';
import { type KeyConflictQuery, type KeyConflictStore, positionAt, positionOf, type SeenKeyConflict } from './key-conflict.store.js';

export class MemoryKeyConflictStore implements KeyConflictStore {
  private seen: ReadonlyMap<string, SeenKeyConflict> = new Map();

  note(tx: Transaction, conflicts: readonly KeyConflict[], at: Date): Promise<void> {
    const { seen: former } = this;
    onRollback(tx, () => {
      this.seen = former;
    });
    const seen = new Map(former);
    for (const conflict of conflicts) {
      const key = `${conflict.eventId} ${conflict.contentDigest}`;
      const known = seen.get(key);
      seen.set(key, known === undefined ? { ...conflict, times: 1, firstAt: at.toISOString(), lastAt: at.toISOString() } : { ...known, times: known.times + 1, lastAt: at.toISOString() });
    }
    this.seen = seen;
    return Promise.resolve();
  }

  list(_tx: Transaction, { source, ticketId, cursor, limit }: KeyConflictQuery): Promise<Page<SeenKeyConflict>> {
    const after = cursor === undefined ? null : positionAt(cursor);
    const found = [...this.seen.values()]
      .filter((conflict) => (source ?? conflict.source) === conflict.source && (ticketId ?? conflict.ticketId) === conflict.ticketId)
      .sort((a, b) => descending(positionOf(a), positionOf(b)))
      .filter((conflict) => after === null || descending(positionOf(conflict), after) > 0);
    return Promise.resolve(pageOf(found, limit, positionOf));
  }
}

function descending(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((part, place) => part !== b[place]);
  return index === -1 ? 0 : (a[index] ?? '') < (b[index] ?? '') ? 1 : -1;
}
