import type { TicketAcknowledged, TicketRouted } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import { suppressedEvent } from '../notification/notification.events.js';
import { answeredByAcknowledgement, answeredByClosing, lastAnswers } from './answered.decision.js';
import type { Answered, ReminderStore } from './reminder.store.js';

export interface SuppressRemindersPorts {
  readonly reminders: Pick<ReminderStore, 'suppress'>;
  readonly clock: Clock;
}

/** Nobody is reminded of a ticket that was acknowledged or closed meanwhile: what still waits is suppressed, visibly. */
export class SuppressRemindersHandler {
  constructor(private readonly ports: SuppressRemindersPorts) {}

  acknowledged(events: readonly TicketAcknowledged[], tx: Transaction): Promise<void> {
    return this.suppress(lastAnswers(events.map(answeredByAcknowledgement)), tx);
  }

  routed(events: readonly TicketRouted[], tx: Transaction): Promise<void> {
    return this.suppress(lastAnswers(events.map(answeredByClosing)), tx);
  }

  private async suppress(answered: readonly Answered[], tx: Transaction): Promise<void> {
    if (answered.length === 0) return;
    const at = this.ports.clock.now();
    const suppressed = await this.ports.reminders.suppress(tx, answered, at);
    await tx.outbox.add(suppressed.map(({ notification, attempts, code, detail }) => suppressedEvent(notification, { attempts, at: at.toISOString(), suppressed: { state: 'suppressed', code, detail } })));
  }
}
