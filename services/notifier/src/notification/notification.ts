import type { EscalationStep, Recipient, TicketRouted, VisibleContact } from '@handoff/contracts';
import type { Letter } from '../letters/letter.js';

export const CHANNEL_KINDS = ['mail', 'webhook', 'teams', 'slack', 'ticketing'] as const;
/** By what a notification travels. */
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const PURPOSES = ['act', 'hand-over', 'inform'] as const;
/** Why a contact hears of a ticket, the most urgent first. */
export type Purpose = Recipient['purpose'];

export const STATES = ['pending', 'delivered', 'failed', 'suppressed'] as const;
export type State = (typeof STATES)[number];

/** Where a notification goes. `none`: the contact has nothing that could be used. */
export interface Target {
  readonly channel: ChannelKind | 'none';
  /** The configured channel; `null` for mail to the address that came with the decision. */
  readonly channelId: string | null;
  /** Mail address, or the URL without what may be secret in it; `null` for `none`. */
  readonly address: string | null;
}

/** The contact of a notification, and what it may be shown. */
export interface Addressee {
  /** Empty: the ticket is no longer this contact's. */
  readonly purposes: readonly Purpose[];
  /** `null`: the message is about no ticket, so that nobody has a role in it. */
  readonly party: Recipient['party'] | null;
  readonly contactKind: string;
  readonly name: string | null;
  readonly email: string | null;
  /** BCP 47; absent or `null`: the directory does not say. */
  readonly language?: string | null;
  readonly mayContact: readonly VisibleContact[];
}

export const ABOUT = ['ticket', 'health-notice', 'summary', 'suppression', 'channel', 'channel-test', 'bundle'] as const;
/** What a message is about: a ticket, or what its letter says. */
export type About = (typeof ABOUT)[number];

/** One message to one contact by one channel. */
export interface Notification {
  /** Follows from ticket, version, destination and address: planning again gives the same one. */
  readonly notificationId: string;
  readonly about: About;
  /** The ticket; of a letter, the id of its thread, which is no ticket's. */
  readonly ticketId: string;
  /** Of the ticket, or of the thread. */
  readonly ticketVersion: number;
  readonly destination: string;
  readonly partyName: string | null;
  readonly purpose: Purpose;
  readonly target: Target;
  /** Notifications of one ticket and lane are sent in the order of their versions. */
  readonly lane: string;
  readonly addressee: Addressee;
  readonly traceparent: string | null;
}

export type PlannedState =
  | { readonly state: 'pending' }
  | { readonly state: 'failed'; readonly code: string; readonly detail: string }
  | Suppressed;

/** Not sent, or not yet: by a suppression (`held`), or for another reason, as `superseded`. */
export interface Suppressed {
  readonly state: 'suppressed';
  readonly code: string;
  readonly detail: string;
  /** The suppression that holds it, and when that ends (RFC 3339). */
  readonly heldBy?: { readonly suppressionId: string; readonly until: string };
}

/** Code of what was not sent because its channel was disabled. Like a failed one it can be sent again. */
export const CHANNEL_DISABLED = 'channel-disabled';

/** Why it is not sent, where no suppression holds it. */
export type UnsentReason = Pick<Suppressed, 'code' | 'detail'>;

export interface PlannedNotification extends Notification {
  readonly planned: PlannedState;
}

/** What the messages of one ticket version are made of: a decision, or the step that an unacknowledged ticket took. */
export interface Told extends TicketRouted {
  readonly escalation?: EscalationStep;
  /** Of an acknowledgement, or of the word that it is done: who said it, and for which destination. */
  readonly saidBy?: { readonly by: string | null; readonly party: string | null };
}

/** A notification whose turn it is, with what its message is made of. */
export interface Delivery {
  readonly notification: Notification;
  readonly routed: Told | Letter;
  /** The same for every message of the ticket, so that mail programs keep them together. */
  readonly subjectLine: string;
  /** Attempts made so far. */
  readonly attempts: number;
  /** Attempts since the schedule began; a retry by hand begins it anew. */
  readonly step: number;
  /** How many messages its channel takes in a minute; `null`: the channel does not say. */
  readonly messagesPerMinuteMax: number | null;
}

/** One that is about a ticket. */
export interface TicketDelivery extends Delivery {
  readonly routed: Told;
}

/** What the message of a notification is made of. */
export type MessageFacts = Pick<Delivery, 'notification' | 'routed' | 'subjectLine'>;

/** What happened at one attempt. */
export interface Attempt {
  readonly attempt: number;
  /** RFC 3339. */
  readonly at: string;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'retry' | 'failed';
  readonly code: string | null;
  readonly detail: string;
}

const SOURCE = 'source/';

/** Under which the channels into the system that tickets come from are configured. */
export function sourceDestination(source: string): string {
  return `${SOURCE}${source}`;
}

/** Whether it leads into the system that the ticket came from. */
export function isForSource({ destination }: { readonly destination: string }): boolean {
  return destination.startsWith(SOURCE);
}

/** Whether a message only tells that the ticket is no longer its contact's. */
export function isDeparture({ addressee }: Pick<Notification, 'addressee'>): boolean {
  return addressee.purposes.length === 0;
}
