import type { HealthNoticeAffected } from '@handoff/contracts';

/** What a message says that is about no single ticket. It is kept with the notification, and put into words when it is sent. */
export type Letter = HealthNoticeLetter | SummaryLetter | SuppressionLetter | ChannelLetter | ChannelTestLetter | BundleLetter;

interface Thread {
  /** Messages of one thread are kept together by mail programs, and sent in the order of their versions. It is no ticket's id. */
  readonly ticketId: string;
  readonly ticketVersion: number;
}

/** An outage of an offer, news about it or its end, to a partner with customers on it. */
export interface HealthNoticeLetter extends Thread, HealthNoticeAffected {
  readonly about: 'health-notice';
}

/** What a suppression kept back for one address, in one message. */
export interface SummaryLetter extends Thread {
  readonly about: 'summary';
  readonly suppressionId: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly from: string;
  readonly until: string;
  /** How many messages were held. */
  readonly total: number;
  /** The latest of them. */
  readonly items: readonly SummaryItem[];
}

export interface SummaryItem {
  readonly notificationId: string;
  readonly subjectLine: string;
  readonly headline: string;
  /** Where the ticket is, in its own system. */
  readonly url: string | null;
}

/** That a suppression ends soon, to its author and to operations. */
export interface SuppressionLetter extends Thread {
  readonly about: 'suppression';
  readonly suppressionId: string;
  readonly what: string;
  readonly reason: string;
  readonly author: string;
  readonly until: string;
  /** Messages that it holds so far. */
  readonly held: number;
}

/** More messages than one address takes in a minute, in one. */
export interface BundleLetter extends Thread {
  readonly about: 'bundle';
  /** Of the party. */
  readonly name: string;
  /** RFC 3339. */
  readonly at: string;
  readonly total: number;
  /** In the order in which they waited. */
  readonly items: readonly BundleItem[];
}

export interface BundleItem extends SummaryItem {
  readonly isToAct: boolean;
  /** Made when the message is, and kept nowhere. */
  readonly acknowledgeUrl?: string | null;
}

/** That a channel fails, or was disabled, to operations. */
export interface ChannelLetter extends Thread {
  readonly about: 'channel';
  readonly what: 'warning' | 'disabled';
  readonly channelId: string;
  readonly destination: string;
  readonly kind: string;
  /** As it may be shown. */
  readonly address: string;
  /** RFC 3339; nothing that was tried since then was delivered. */
  readonly failingSince: string;
  readonly at: string;
  /** What came of the last attempt. */
  readonly detail: string;
  /** From when on it is disabled when it goes on failing; `null`: it is. */
  readonly disabledFrom: string | null;
}

/** That somebody tries a channel. It is about nothing, and the receiver has nothing to do. */
export interface ChannelTestLetter extends Thread {
  readonly about: 'channel-test';
  readonly channelId: string;
  readonly destination: string;
  readonly kind: string;
  /** As it may be shown. */
  readonly address: string;
  /** `null`: whoever it was did not say. */
  readonly by: string | null;
  /** RFC 3339. */
  readonly at: string;
}

/** Whether facts of a message are a letter's; those of a ticket have no `about`. */
export function isLetter(facts: object): facts is Letter {
  return 'about' in facts;
}
