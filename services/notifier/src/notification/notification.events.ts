import { type HandoffEvent, nameBasedId } from '@handoff/contracts';
import type { ForeignTicket } from '../channels/ticketing/foreign-ticket.js';
import { type HealthNoticeLetter, isLetter, type Letter } from '../letters/letter.js';
import type { ReplyText } from '../receive-mail/reply.decision.js';
import type { Notification, Suppressed, Told } from './notification.js';

interface Fact {
  readonly attempts: number;
  /** RFC 3339. */
  readonly at: string;
}

/** Ids follow from the notification and the attempt: whoever records that attempt again says the same again. */
export function deliveredEvent(notification: Notification, { attempts, at, receipt, foreignTicket = null }: Fact & { readonly receipt: string; readonly foreignTicket?: ForeignTicket | null }): HandoffEvent {
  const type = 'handoff.notification.delivered.v1';
  return { ...envelope(type, notification, { attempts, at }), type, data: { ...dataOf(notification, attempts), deliveredAt: at, receipt: receipt.slice(0, 1_024), ...(foreignTicket === null ? {} : { foreignTicket: shownOf(foreignTicket) }) } };
}

function shownOf({ channelId, system, id, number, url, news }: ForeignTicket) {
  return { channelId, system, id, number, url, ...(news === undefined ? {} : { news }) };
}

export function failedEvent(notification: Notification, { attempts, at, code, detail }: Fact & { readonly code: string; readonly detail: string }): HandoffEvent {
  const type = 'handoff.notification.failed.v1';
  return { ...envelope(type, notification, { attempts, at }), type, data: { ...dataOf(notification, attempts), failedAt: at, code, detail: detail.slice(0, 1_024) } };
}

/** Said once for a reason: whoever finds the same again says the same again. */
export function suppressedEvent(notification: Notification, { attempts, at, suppressed: { code, detail, heldBy } }: Fact & { readonly suppressed: Suppressed }): HandoffEvent {
  const type = 'handoff.notification.suppressed.v1';
  return {
    ...envelope(type, notification, { attempts, at }), id: nameBasedId(type, notification.notificationId, code, heldBy?.suppressionId ?? ''), type,
    data: { ...dataOf(notification, attempts), suppressedAt: at, code, detail: detail.slice(0, 1_024), suppressionId: heldBy?.suppressionId ?? null, heldUntil: heldBy?.until ?? null },
  };
}

/** What became of a notification, or is to become of it. */
export type Outcome =
  | { readonly state: 'delivered'; readonly receipt: string; readonly foreignTicket?: ForeignTicket | null }
  | { readonly state: 'failed'; readonly code: string; readonly detail: string }
  | Suppressed;

/** What is said of an outcome: of tickets and outages. Summaries and warnings before the end of a suppression are nobody else's matter. */
export function outcomeEvents(notification: Notification, told: Told | Letter, { attempts, at, outcome }: Fact & { readonly outcome: Outcome }): HandoffEvent[] {
  if (isLetter(told)) return told.about === 'health-notice' ? [noticeToldEvent(notification, told, { attempts, at, outcome })] : [];
  switch (outcome.state) {
    case 'delivered': return [deliveredEvent(notification, { attempts, at, ...outcome })];
    case 'failed': return [failedEvent(notification, { attempts, at, ...outcome })];
    case 'suppressed': return [suppressedEvent(notification, { attempts, at, suppressed: outcome })];
  }
}

function noticeToldEvent({ notificationId, target, destination, traceparent }: Notification, letter: HealthNoticeLetter, { attempts, at, outcome }: Fact & { readonly outcome: Outcome }): HandoffEvent {
  const type = 'handoff.health-notice.told.v1';
  const { noticeId, noticeVersion, offerId, partnerId } = letter;
  const [code, detail] = outcome.state === 'delivered' ? [null, outcome.receipt] : [outcome.code, outcome.detail];
  const holder = outcome.state === 'suppressed' ? (outcome.heldBy?.suppressionId ?? '') : '';
  return {
    id: nameBasedId(type, notificationId, outcome.state, code ?? '', holder, String(attempts)), type, source: '/handoff/notifier', subject: letter.ticketId, time: at, traceparent,
    data: { noticeId, noticeVersion, offerId, partnerId, notificationId, channel: target.channel, destination, outcome: outcome.state, at, code, detail: detail.slice(0, 1_024) },
  };
}

/** A link is used once, so that a notification is acknowledged once; a number of a service request can be told after it. */
export function acknowledgedEvent(notification: Notification, { at, by, via, serviceRequestNumber = null }: { readonly at: string; readonly by: string | null; readonly via: string; readonly serviceRequestNumber?: string | null }): HandoffEvent {
  const type = 'handoff.notification.acknowledged.v1';
  const { notificationId, ticketId, ticketVersion, destination, target, traceparent } = notification;
  return {
    id: nameBasedId(type, notificationId, ...(serviceRequestNumber === null ? [] : [serviceRequestNumber])), type, source: '/handoff/notifier', subject: ticketId, time: at, traceparent,
    data: { ticketId, ticketVersion, notificationId, channel: target.channel, destination, acknowledgedAt: at, by, via, ...(serviceRequestNumber === null ? {} : { serviceRequestNumber }) },
  };
}

/** @param mailId follows from the mail, so that a mail that comes twice is one reply. */
export function repliedEvent(notification: Notification, { mailId, at, by, ...reply }: ReplyText & { readonly mailId: string; readonly at: string; readonly by: string | null }): HandoffEvent {
  const type = 'handoff.notification.replied.v1';
  const { notificationId, ticketId, ticketVersion, destination, target, traceparent } = notification;
  return {
    id: nameBasedId(type, mailId), type, source: '/handoff/notifier', subject: ticketId, time: at, traceparent,
    data: { ticketId, ticketVersion, notificationId, channel: target.channel, destination, repliedAt: at, by, ...reply },
  };
}

function envelope(type: string, notification: Notification, { attempts, at }: Fact): Omit<HandoffEvent, 'type' | 'data'> {
  return { id: nameBasedId(type, notification.notificationId, String(attempts)), source: '/handoff/notifier', subject: notification.ticketId, time: at, traceparent: notification.traceparent };
}

function dataOf({ notificationId, ticketId, ticketVersion, destination, purpose, target }: Notification, attempts: number) {
  return { ticketId, ticketVersion, notificationId, channel: target.channel, destination, purpose, attempts };
}
