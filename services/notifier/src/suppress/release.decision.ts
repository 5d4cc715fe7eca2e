import { nameBasedId } from '@handoff/contracts';
import { isLetter, type SummaryItem, type SummaryLetter } from '../letters/letter.js';
import { letterHeadlineOf } from '../letters/letter-message.decision.js';
import { messageLanguage } from '../message/language.decision.js';
import { headlineOf } from '../message/sentences.decision.js';
import { OWN_WORDS } from '../message/texts/words.js';
import type { Notification, PlannedNotification, Suppressed } from '../notification/notification.js';
import { endOf, factsOf, heldBy, holderOf } from './hold.decision.js';
import type { HeldGroup, HeldNotification, Outcome } from './suppression.store.js';
import type { Suppression } from './suppression.js';

/** Lines of a summary; the rest is counted. */
export const SUMMARY_ITEMS_MAX = 100;

export interface ReleaseFacts {
  /** Those that have not ended. */
  readonly suppressions: readonly Suppression[];
  /** RFC 3339. */
  readonly at: string;
  /** More than so many for one address become one message. */
  readonly singleMessagesMax: number;
}

export interface Release {
  readonly outcome: Outcome;
  readonly summary: { readonly letter: SummaryLetter; readonly notification: PlannedNotification } | null;
}

/**
 * What becomes of the messages to one address when the suppression that held them ends: they are sent, or told in one message where
 * there are many; those that another suppression is about stay held, and those that a newer message of their ticket has overtaken
 * are not sent.
 */
export function releaseOf({ suppression, held }: HeldGroup, { suppressions, at, singleMessagesMax }: ReleaseFacts): Release {
  const suppressed: { notificationId: string; suppressed: Suppressed }[] = [];
  const due = held.filter(({ notification, told, reasonAgainst }) => {
    const holder = holderOf(factsOf(notification, told), suppressions, at);
    if (holder === null && reasonAgainst === null) return true;
    suppressed.push({ notificationId: notification.notificationId, suppressed: reasonAgainst === null ? heldBy(holder ?? suppression) : { state: 'suppressed', ...reasonAgainst } });
    return false;
  });
  const ids = due.map(({ notification }) => notification.notificationId);
  const [first] = due;
  // A ticketing system takes tickets, each by itself.
  if (first === undefined || due.length <= singleMessagesMax || first.notification.target.channel === 'ticketing') return { outcome: { released: ids, summarised: null, suppressed }, summary: null };
  const summary = summaryOf(suppression, first.notification, due);
  return { outcome: { released: [], summarised: { notificationIds: ids, summaryId: summary.notification.notificationId }, suppressed }, summary };
}

function summaryOf(suppression: Suppression, first: Notification, due: readonly HeldNotification[]): NonNullable<Release['summary']> {
  const { suppressionId, reason, from } = suppression;
  const notificationId = nameBasedId('summary', suppressionId, first.lane, first.notificationId);
  const letter: SummaryLetter = {
    about: 'summary', ticketId: notificationId, ticketVersion: 1, suppressionId, reason, from, until: endOf(suppression), total: due.length,
    items: due.slice(-SUMMARY_ITEMS_MAX).map(itemOf),
  };
  const addressee = { ...first.addressee, purposes: ['inform' as const], mayContact: [] };
  const notification: PlannedNotification = { ...first, about: 'summary', notificationId, ticketId: notificationId, ticketVersion: 1, purpose: 'inform', addressee, traceparent: null, planned: { state: 'pending' } };
  return { letter, notification };
}

function itemOf({ notification, told, subjectLine }: HeldNotification): SummaryItem {
  const { notificationId } = notification;
  const words = OWN_WORDS[messageLanguage(notification.addressee, isLetter(told) ? {} : told.ticket)];
  return isLetter(told) ? { notificationId, subjectLine, headline: letterHeadlineOf(told, words), url: null } : { notificationId, subjectLine, headline: headlineOf(notification, told, words), url: told.ticket.externalUrl };
}
