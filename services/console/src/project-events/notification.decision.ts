import type { EventOf } from '@handoff/contracts';
import type { NotificationRow } from '../read-model/read-model.js';
import { earliest, isLater } from './stamp.decision.js';

export type OutcomeEvent = EventOf<'handoff.notification.delivered.v1'> | EventOf<'handoff.notification.failed.v1'> | EventOf<'handoff.notification.suppressed.v1'>;

/** What became of a message, after an event about it. */
export function notificationAfter(former: NotificationRow | null, event: OutcomeEvent): NotificationRow {
  const { ticketId, ticketVersion, notificationId, channel, destination, purpose, attempts } = event.data;
  const told = outcomeOf(event);
  const last = { at: told.at, eventId: event.id };
  if (former !== null && !isLater(last, former.last)) return former;
  return { notificationId, ticketId, ticketVersion, state: told.state, channel, destination, purpose, attempts, last, code: told.code, detail: told.detail };
}

/** How many more messages count as undelivered: -1, 0 or 1. */
export function undeliveredMore(former: NotificationRow | null, current: NotificationRow): number {
  return Number(isUndelivered(current)) - Number(former !== null && isUndelivered(former));
}

/** When a message was delivered first. */
export function deliveredAfter(former: string | null, event: OutcomeEvent): string | null {
  if (event.type !== 'handoff.notification.delivered.v1') return former;
  return former === null ? event.data.deliveredAt : earliest(former, event.data.deliveredAt);
}

function isUndelivered({ state }: NotificationRow): boolean {
  return state === 'failed' || state === 'held';
}

function outcomeOf(event: OutcomeEvent): Pick<NotificationRow, 'state' | 'code' | 'detail'> & { readonly at: string } {
  switch (event.type) {
    case 'handoff.notification.delivered.v1': return { state: 'delivered', at: event.data.deliveredAt, code: null, detail: event.data.receipt };
    case 'handoff.notification.failed.v1': return { state: 'failed', at: event.data.failedAt, code: event.data.code, detail: event.data.detail };
    case 'handoff.notification.suppressed.v1': return { state: event.data.code === 'held' ? 'held' : 'suppressed', at: event.data.suppressedAt, code: event.data.code, detail: event.data.detail };
  }
}
