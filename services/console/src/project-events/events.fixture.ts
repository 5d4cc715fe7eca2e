import { type EventOf, type EventType, GOLDEN_EVENTS, nameBasedId, topicOf, type HandoffEvent, ticketIdOf } from '@handoff/contracts';
import { aTicketReceived } from '@handoff/testing';

const START = Date.parse('2026-11-02T08:00:00.000Z');

/** A time so many seconds after the start of the test's day. */
export const second = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();

export const TICKET_ID = ticketIdOf('test', 'T-1');

/** An event like the golden one of its type; say only what matters to the test. */
export function anEvent<T extends Exclude<EventType, 'handoff.ticket.received.v1'>>(type: T, at: number, data: Partial<EventOf<T>['data']> = {}): EventOf<T> {
  const golden = GOLDEN_EVENTS[type] as EventOf<T>;
  const ticket = 'ticketId' in golden.data ? { ticketId: TICKET_ID } : {};
  const whole = { ...golden.data, ...ticket, ...data };
  const subject = 'ticketId' in whole ? String(whole.ticketId) : 'partnerId' in whole ? nameBasedId('telling', String((whole as { noticeId: string }).noticeId), String(whole.partnerId)) : golden.subject;
  return { ...golden, id: nameBasedId(type, String(at), JSON.stringify(data)), time: second(at), subject, data: whole };
}

const routed = (at: number, ticketVersion: number, more: Partial<EventOf<'handoff.ticket.routed.v1'>['data']> = {}) =>
  anEvent('handoff.ticket.routed.v1', at, { ticketVersion, decidedAt: second(at), acknowledgeBy: second(at + 3_600), ...more });

const told = (at: number, ticketVersion: number, name: string): Pick<EventOf<'handoff.notification.failed.v1'>['data'], 'ticketVersion' | 'notificationId' | 'failedAt'> => ({ ticketVersion, notificationId: nameBasedId('notification', name), failedAt: second(at) });

/** What happens to two tickets and an outage, in the order in which it happens. */
export const STORY: readonly HandoffEvent[] = [
  aTicketReceived({ time: second(1), occurredAt: second(0) }),
  routed(2, 1),
  anEvent('handoff.notification.failed.v1', 3, told(3, 1, 'first')),
  anEvent('handoff.notification.suppressed.v1', 3, { ticketVersion: 1, notificationId: nameBasedId('notification', 'second'), suppressedAt: second(3) }),
  aTicketReceived({ time: second(5), occurredAt: second(4), change: 'updated', ticket: { subject: 'Sign-in fails for all', severity: 'A' } }),
  // Told late: it is older than what is known.
  aTicketReceived({ time: second(6), occurredAt: second(-5), change: 'updated', ticket: { subject: 'An older subject', severity: 'C', customerId: null } }),
  routed(7, 2, { change: 'updated' }),
  anEvent('handoff.ticket.escalated.v1', 8, { ticketVersion: 3, escalatedAt: second(8) }),
  anEvent('handoff.notification.delivered.v1', 9, { ticketVersion: 1, notificationId: nameBasedId('notification', 'first'), deliveredAt: second(9) }),
  anEvent('handoff.notification.acknowledged.v1', 10, { acknowledgedAt: second(10) }),
  anEvent('handoff.ticket.acknowledged.v1', 11, { ticketVersion: 4, acknowledgedAt: second(11) }),
  anEvent('handoff.ticket.attached.v1', 12, { ticketVersion: 5 }),
  anEvent('handoff.notification.replied.v1', 13),
  anEvent('handoff.ticket.reassigned.v1', 13, { ticketVersion: 6, reassignedAt: second(13) }),
  routed(13, 7, { change: 'commented', cause: 'replied', recipients: [] }),
  anEvent('handoff.ticket.resolved.v1', 13, { ticketVersion: 8, resolvedAt: second(13) }),
  aTicketReceived({ externalId: 'T-2', time: second(14), occurredAt: second(14), change: 'closed' }),
  anEvent('handoff.health-notice.received.v1', 15),
  anEvent('handoff.health-notice.affected.v1', 16),
  anEvent('handoff.health-notice.affected.v1', 16, { partnerId: '2002' }),
  anEvent('handoff.health-notice.told.v1', 17, { at: second(17) }),
  anEvent('handoff.health-notice.received.v1', 18, { endedAt: second(18) }),
  anEvent('handoff.health-notice.affected.v1', 19, { noticeVersion: 2, endedAt: second(18) }),
  anEvent('handoff.health-notice.told.v1', 20, { noticeVersion: 2, at: second(20), outcome: 'failed', code: 'rejected' }),
];

/** The story as each topic and key has it: within one of them the order is kept. */
export function laneOf(event: HandoffEvent): string {
  return `${topicOf(event.type)} ${event.subject}`;
}
