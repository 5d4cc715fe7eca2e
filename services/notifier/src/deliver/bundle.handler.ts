import type { Transactions } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import { letterSubjectOf } from '../letters/letter-message.decision.js';
import type { Delivery } from '../notification/notification.js';
import type { PlanStore } from '../plan-notifications/plan.store.js';
import { bundleIdOf, bundleMessageOf } from './bundle.decision.js';
import type { DeliveryStore } from './delivery.store.js';

export interface BundlePorts {
  readonly store: Pick<DeliveryStore, 'summarise'>;
  readonly plans: PlanStore;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly owner: string;
}

/** Makes one message of several, before it is sent: whoever sends it again sends the same one, under the same id. */
export class BundleHandler {
  constructor(private readonly ports: BundlePorts) {}

  /** @returns the message, in the hand of this process; `null`: none of them was. */
  async handle(deliveries: readonly Delivery[]): Promise<Delivery | null> {
    const { store, plans, transactions, clock, owner } = this.ports;
    const now = clock.now();
    return transactions.run(async (tx) => {
      const summaryId = bundleIdOf(deliveries);
      const kept = await store.summarise(tx, owner, deliveries.map(({ notification }) => notification.notificationId), { summaryId, at: now });
      const [first, ...others] = deliveries.filter(({ notification }) => kept.has(notification.notificationId));
      if (first === undefined) return null;
      const { letter, notification } = bundleMessageOf([first, ...others], now.toISOString());
      const subjectLine = letterSubjectOf(letter);
      // What is kept of a few that another process took meanwhile is told by the id that was noted for all.
      const carrier = { ...notification, notificationId: summaryId, ticketId: summaryId };
      const facts = { ...letter, ticketId: summaryId };
      await plans.lockThreads(tx, [{ ticketId: summaryId, subjectLine, version: 1 }]);
      await plans.save(tx, { threads: [], routed: [facts], notifications: [carrier], owner, handOffIds: new Set([summaryId]), newTicketIds: new Set([summaryId]), now });
      const { planned: _planned, ...sent } = carrier;
      return { notification: sent, routed: facts, subjectLine, attempts: 0, step: 0, messagesPerMinuteMax: first.messagesPerMinuteMax };
    });
  }
}
