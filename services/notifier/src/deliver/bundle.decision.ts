import { nameBasedId } from '@handoff/contracts';
import { type BundleLetter, isLetter } from '../letters/letter.js';
import { letterHeadlineOf } from '../letters/letter-message.decision.js';
import { messageLanguage } from '../message/language.decision.js';
import { headlineOf } from '../message/sentences.decision.js';
import { OWN_WORDS } from '../message/texts/words.js';
import { asksToAct } from '../notification/asks-to-act.decision.js';
import type { ChannelKind, Delivery, PlannedNotification } from '../notification/notification.js';

/** Messages that are told in one. */
export const BUNDLE_MAX = 100;
/** What people read. Programs and ticketing systems get each message by itself, more slowly. */
const BUNDLED_KINDS: ReadonlySet<ChannelKind | 'none'> = new Set(['mail', 'teams', 'slack']);

/**
 * Which of those that wait for an address go as one message: when the last that may go now is due and more wait, all of them. One that
 * was tried before may have arrived, so it goes by itself, under its own id.
 * @returns none, or at least two
 */
export function bundleOf(waiting: readonly Delivery[], { isLast }: { readonly isLast: boolean }): readonly Delivery[] {
  const [first] = waiting;
  if (!isLast || first === undefined || !isBundled(first)) return [];
  const together = waiting.filter(isBundled).slice(0, BUNDLE_MAX);
  return together.length > 1 ? together : [];
}

function isBundled({ notification, attempts }: Delivery): boolean {
  return BUNDLED_KINDS.has(notification.target.channel) && notification.about === 'ticket' && attempts === 0;
}

export interface Bundle {
  readonly letter: BundleLetter;
  readonly notification: PlannedNotification;
}

/** The message that tells these together. Its id follows from theirs. */
export function bundleMessageOf(deliveries: readonly [Delivery, ...Delivery[]], at: string): Bundle {
  const [{ notification: first }] = deliveries;
  const notificationId = bundleIdOf(deliveries);
  const letter: BundleLetter = { about: 'bundle', ticketId: notificationId, ticketVersion: 1, name: first.partyName ?? first.destination, at, total: deliveries.length, items: deliveries.map(itemOf) };
  const addressee = { ...first.addressee, purposes: ['inform' as const], mayContact: [] };
  return { letter, notification: { ...first, about: 'bundle', notificationId, ticketId: notificationId, ticketVersion: 1, purpose: 'inform', addressee, traceparent: null, planned: { state: 'pending' } } };
}

export function bundleIdOf(deliveries: readonly Delivery[]): string {
  return nameBasedId('bundle', ...deliveries.map(({ notification }) => notification.notificationId));
}

function itemOf({ notification, routed, subjectLine }: Delivery): BundleLetter['items'][number] {
  const { notificationId } = notification;
  const words = OWN_WORDS[messageLanguage(notification.addressee, isLetter(routed) ? {} : routed.ticket)];
  return isLetter(routed)
    ? { notificationId, subjectLine, headline: letterHeadlineOf(routed, words), url: null, isToAct: false }
    : { notificationId, subjectLine, headline: headlineOf(notification, routed, words), url: routed.ticket.externalUrl, isToAct: asksToAct(notification, routed) };
}
