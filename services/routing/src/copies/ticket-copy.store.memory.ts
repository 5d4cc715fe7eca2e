import { onRollback, type Transaction } from '@handoff/messaging';
import { HELD_EVENTS_MAX, HELD_HOURS_MAX, type Received, type TicketCopy } from './ticket-copy.js';
import type { TicketCopyStore } from './ticket-copy.store.js';

interface Held {
  readonly event: Received;
  readonly at: Date;
}

export class MemoryTicketCopyStore implements TicketCopyStore {
  private copies: ReadonlyMap<string, TicketCopy> = new Map();
  private held: readonly Held[] = [];

  find(_tx: Transaction, copyIds: readonly string[]): Promise<ReadonlyMap<string, TicketCopy>> {
    return Promise.resolve(new Map([...this.copies].filter(([id]) => copyIds.includes(id))));
  }

  lock(): Promise<void> {
    return Promise.resolve();
  }

  keep(tx: Transaction, copies: readonly TicketCopy[]): Promise<void> {
    this.keepForRollback(tx);
    for (const copy of copies) this.copies = new Map(this.copies).set(copy.copyId, { ...copy, ...fixed(this.copies.get(copy.copyId)) });
    return Promise.resolve();
  }

  note(): Promise<void> {
    return Promise.resolve();
  }

  hold(tx: Transaction, events: readonly Received[], now: Date): Promise<number> {
    this.keepForRollback(tx);
    const all = [...this.held, ...events.filter(({ id }) => !this.held.some(({ event }) => event.id === id)).map((event) => ({ event, at: now }))];
    this.held = all.filter(({ at }) => now.getTime() - at.getTime() < HELD_HOURS_MAX * 3_600_000).slice(-HELD_EVENTS_MAX);
    return Promise.resolve(all.length - this.held.length);
  }

  takeHeld(tx: Transaction, copyIds: readonly string[]): Promise<readonly Received[]> {
    this.keepForRollback(tx);
    const isTaken = ({ event }: Held): boolean => copyIds.includes(event.data.ticketId);
    const taken = this.held.filter(isTaken);
    this.held = this.held.filter((one) => !isTaken(one));
    return Promise.resolve(taken.map(({ event }) => event));
  }

  private keepForRollback(tx: Transaction): void {
    const { copies, held } = this;
    onRollback(tx, () => {
      this.copies = copies;
      this.held = held;
    });
  }
}

function fixed(known: TicketCopy | undefined): Partial<TicketCopy> {
  return known === undefined ? {} : { ticketId: known.ticketId, destination: known.destination, system: known.system };
}
