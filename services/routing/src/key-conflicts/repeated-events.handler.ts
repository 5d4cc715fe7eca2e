import type { HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { type Clock, counter } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { TicketStore } from '../tickets/ticket.store.js';
import { comparable, conflictsAmong } from './key-conflict.decision.js';
import type { KeyConflictStore } from './key-conflict.store.js';

export interface RepeatedEventsPorts {
  readonly tickets: Pick<TicketStore, 'contentDigests'>;
  readonly conflicts: Pick<KeyConflictStore, 'note'>;
  readonly clock: Clock;
}

const conflictsTotal = counter('handoff_key_conflicts_total', 'Events whose key had been used for another content', ['source']);

/** Looks at events that were handled before: one that says something else than the first is kept for a person to see. */
export class RepeatedEventsHandler {
  private readonly logger = new Logger(RepeatedEventsHandler.name);

  constructor(private readonly ports: RepeatedEventsPorts) {}

  async handle(events: readonly HandoffEvent[], tx: Transaction): Promise<void> {
    const told = comparable(events);
    if (told.length === 0) return;
    const handled = await this.ports.tickets.contentDigests(tx, told.map(({ id, data }) => ({ ticketId: data.ticketId, eventId: id })));
    const conflicts = conflictsAmong(told, handled);
    if (conflicts.length === 0) return;
    await this.ports.conflicts.note(tx, conflicts, this.ports.clock.now());
    tx.afterCommit(() => {
      for (const { source, eventId, ticketId } of conflicts) {
        conflictsTotal.inc({ source });
        this.logger.warn({ source, eventId, ticketId }, 'The key of an event was used again for another content; the first one counts. GET /v1/key-conflicts has both.');
      }
    });
  }
}
