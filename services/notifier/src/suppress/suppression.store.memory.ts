import { onRollback, type Transaction } from '@handoff/messaging';
import type { MemoryNotificationStore } from '../notification/notification.store.memory.js';
import { endOf, stateAt } from './hold.decision.js';
import type { HeldGroup, Outcome, SuppressionPage, SuppressionQuery, SuppressionStore } from './suppression.store.js';
import type { Ended, Suppression } from './suppression.js';

/** The twin of `PostgresSuppressionStore`, over the notifications that are in memory. */
export class MemorySuppressionStore implements SuppressionStore {
  private suppressions: readonly Suppression[] = [];
  private warned: ReadonlySet<string> = new Set();

  constructor(private readonly notifications: MemoryNotificationStore) {}

  add(tx: Transaction, suppression: Suppression): Promise<void> {
    this.rememberFor(tx);
    this.suppressions = [...this.suppressions, suppression];
    return Promise.resolve();
  }

  find(_tx: Transaction, suppressionId: string): Promise<Suppression | null> {
    return Promise.resolve(this.suppressions.find((one) => one.suppressionId === suppressionId) ?? null);
  }

  list(_tx: Transaction, { state, now, cursor, limit }: SuppressionQuery): Promise<SuppressionPage> {
    const found = this.suppressions.map((suppression, index) => ({ suppression, seq: index + 1 })).reverse()
      .filter(({ suppression, seq }) => (state === null || stateAt(suppression, now.toISOString()) === state) && (cursor === null || seq < Number(cursor)));
    const page = found.slice(0, limit);
    return Promise.resolve({ items: page.map(({ suppression }) => suppression), next: found.length > limit ? String(page.at(-1)?.seq) : null });
  }

  end(tx: Transaction, suppressionId: string, ended: Ended): Promise<Suppression | null> {
    this.rememberFor(tx);
    const found = this.suppressions.find((one) => one.suppressionId === suppressionId);
    if (found === undefined || Date.parse(endOf(found)) <= Date.parse(ended.at)) return Promise.resolve(null);
    const changed = { ...found, ended };
    this.suppressions = this.suppressions.map((one) => (one === found ? changed : one));
    return Promise.resolve(changed);
  }

  open(_tx: Transaction, now: Date): Promise<readonly Suppression[]> {
    return Promise.resolve(this.suppressions.filter((one) => Date.parse(endOf(one)) > now.getTime()));
  }

  held(_tx: Transaction, suppressionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return Promise.resolve(new Map(suppressionIds.map((id) => [id, this.notifications.heldBy(id).length])));
  }

  takeWarning(tx: Transaction, now: Date, warningMs: number): Promise<Suppression | null> {
    this.rememberFor(tx);
    const found = this.suppressions.find((one) => {
      const end = Date.parse(endOf(one));
      return !this.warned.has(one.suppressionId) && end > now.getTime() && end - warningMs <= now.getTime() && Date.parse(one.until) - Date.parse(one.from) > warningMs;
    });
    if (found !== undefined) this.warned = new Set([...this.warned, found.suppressionId]);
    return Promise.resolve(found ?? null);
  }

  takeEnded(_tx: Transaction, now: Date, limit: number, passedOver: readonly string[] = []): Promise<HeldGroup | null> {
    for (const suppression of this.suppressions.filter((one) => !passedOver.includes(one.suppressionId) && Date.parse(endOf(one)) <= now.getTime())) {
      const held = this.notifications.heldBy(suppression.suppressionId);
      const lane = held.map(({ notification }) => notification.lane).sort()[0];
      if (lane !== undefined) return Promise.resolve({ suppression, held: held.filter(({ notification }) => notification.lane === lane).slice(0, limit) });
    }
    return Promise.resolve(null);
  }

  heldInAll(): Promise<number> {
    return Promise.resolve(this.suppressions.reduce((sum, { suppressionId }) => sum + this.notifications.heldBy(suppressionId).length, 0));
  }

  settle(tx: Transaction, outcome: Outcome, now: Date): Promise<void> {
    this.notifications.settle(tx, outcome, now);
    return Promise.resolve();
  }

  private rememberFor(tx: Transaction): void {
    const before = { suppressions: this.suppressions, warned: this.warned };
    onRollback(tx, () => Object.assign(this, before));
  }
}
