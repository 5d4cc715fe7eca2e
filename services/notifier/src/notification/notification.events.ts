import { type HandoffEvent, nameBasedId } from '@handoff/contracts';
import type { ForeignTicket } from '../channels/ticketing/foreign-ticket.js';
import type { ReplyText } from '../receive-mail/reply.decision.js';
import type { Notification, Suppressed } from './notification.js';

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

function shownOf({ channelId, system, id, number, url }: ForeignTicket) {
  return { channelId, system, id, number, url };
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

/** A link is used once, so that a notification is acknowledged once. */
export function acknowledgedEvent(notification: Notification, { at, by, via }: { readonly at: string; readonly by: string | null; readonly via: string }): HandoffEvent {
  const type = 'handoff.notification.acknowledged.v1';
  const { notificationId, ticketId, ticketVersion, destination, target, traceparent } = notification;
  return {
    id: nameBasedId(type, notificationId), type, source: '/handoff/notifier', subject: ticketId, time: at, traceparent,
    data: { ticketId, ticketVersion, notificationId, channel: target.channel, destination, acknowledgedAt: at, by, via },
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
