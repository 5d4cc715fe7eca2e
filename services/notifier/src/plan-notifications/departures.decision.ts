import { type EventOf, nameBasedId } from '@handoff/contracts';
import { isDeparture, isForSource, type Notification, type PlannedNotification, type Told } from '../notification/notification.js';

export interface DepartureFacts {
  /** The latest message of each lane of the ticket that leads into a ticketing system. */
  readonly latest: readonly Notification[];
  /** What this event plans already. */
  readonly planned: readonly PlannedNotification[];
  readonly plannedVersion: number;
}

/**
 * A ticket that was opened in a contact's own system stays open there until somebody ends it. So that system is told when the
 * ticket is with others now, or closed, though its contact hears of it no more. Whoever closed it there knows; and in the system that the
 * ticket came from it is nobody's to end.
 */
export function planDepartures(event: EventOf<'handoff.ticket.routed.v1'> & { readonly data: Told }, { latest, planned, plannedVersion }: DepartureFacts): PlannedNotification[] {
  const { ticketId, ticketVersion, change, previousQueue, decision, saidBy } = event.data;
  const isOver = change === 'closed' || (previousQueue !== null && previousQueue !== decision.queue);
  if (!isOver || ticketVersion < plannedVersion) return [];
  const heard = new Set(planned.map(({ lane }) => lane));
  return latest.filter((notification) => !heard.has(notification.lane) && !isDeparture(notification) && !isForSource(notification) && notification.destination !== saidBy?.party).map((notification) => ({
    ...notification,
    notificationId: nameBasedId('notification', ticketId, String(ticketVersion), notification.destination, notification.lane),
    ticketVersion, purpose: 'inform', addressee: { ...notification.addressee, purposes: [], mayContact: [] }, traceparent: event.traceparent, planned: { state: 'pending' },
  }));
}
