import { type EventOf, nameBasedId, type Recipient, type VisibleContact } from '@handoff/contracts';
import { isMailAddress } from '../channels/mail/mail-address.js';
import { type ConfiguredChannel, shownAddress } from '../manage-channels/channel.js';
import { CHANNEL_DISABLED, isForSource, type PlannedNotification, type PlannedState, PURPOSES, type Target } from '../notification/notification.js';
import { sourceRecipients } from './for-source.decision.js';

export interface PlanFacts {
  /** Channels by destination. */
  readonly channels: ReadonlyMap<string, readonly ConfiguredChannel[]>;
  /** Highest version of the ticket planned so far; 0: none. */
  readonly plannedVersion: number;
}

interface Draft {
  /** Two drafts with one key reach the same person or system. */
  readonly key: string;
  readonly target: Target;
  readonly recipients: readonly Recipient[];
  /** Its channel is disabled: it is not sent, and can be when the channel is enabled again. */
  readonly isSkipped?: boolean;
}

/** Which notifications a routed ticket needs: one for each address, the most urgent purpose first. */
export function planNotifications(event: EventOf<'handoff.ticket.routed.v1'>, facts: PlanFacts): PlannedNotification[] {
  const byUrgency = [...event.data.recipients].sort((a, b) => urgency(a) - urgency(b));
  const drafts = [...byUrgency, ...sourceRecipients(event.data, facts.channels)].flatMap((recipient) => draftsFor(recipient, facts.channels.get(recipient.destination) ?? []));
  return merged(drafts).flatMap((draft) => notificationOf(draft, event, facts));
}

/**
 * Where a recipient can be reached: the enabled channels of its destination that take this purpose; where there is none,
 * mail to the address that came with the decision.
 */
export function targetsOf(recipient: Pick<Recipient, 'purpose' | 'email'>, channels: readonly ConfiguredChannel[]): readonly Target[] {
  const usable = fitting(recipient, channels).filter(({ enabled }) => enabled);
  if (usable.length > 0) return usable.map(targetOf);
  if (recipient.email !== null && isMailAddress(recipient.email)) return [{ channel: 'mail', channelId: null, address: recipient.email }];
  return [];
}

function fitting({ purpose }: Pick<Recipient, 'purpose'>, channels: readonly ConfiguredChannel[]): readonly ConfiguredChannel[] {
  return channels.filter(({ purposes }) => purposes.length === 0 || purposes.includes(purpose));
}

function targetOf({ kind, channelId, address }: ConfiguredChannel): Target {
  return { channel: kind, channelId, address: shownAddress(kind, address) };
}

function draftsFor(recipient: Recipient, channels: readonly ConfiguredChannel[]): readonly Draft[] {
  const targets = targetsOf(recipient, channels);
  const nowhere: Target = { channel: 'none', channelId: null, address: null };
  const skipped = fitting(recipient, channels).filter(({ enabled }) => !enabled).map(targetOf);
  const draftOf = (target: Target): Draft => ({ key: laneOf(target, recipient), target, recipients: [recipient] });
  const isNowhere = targets.length === 0 && !isForSource(recipient);
  return [...(isNowhere ? [nowhere] : targets).map(draftOf), ...skipped.map((target) => ({ ...draftOf(target), isSkipped: true }))];
}

/** What reaches the same person or system is one lane. */
export function laneOf(target: Target, { destination, contactKind }: Pick<Recipient, 'destination' | 'contactKind'>): string {
  switch (target.channel) {
    case 'mail': return `mail:${(target.address ?? '').toLowerCase()}`;
    case 'webhook': case 'teams': case 'slack': case 'ticketing': return `${target.channel}:${target.channelId ?? ''}`;
    case 'none': return `none:${destination}:${contactKind}`;
  }
}

function merged(drafts: readonly Draft[]): readonly Draft[] {
  const byKey = new Map<string, Draft>();
  for (const draft of drafts) {
    const first = byKey.get(draft.key);
    byKey.set(draft.key, first === undefined ? draft : { ...first, recipients: [...first.recipients, ...draft.recipients], isSkipped: first.isSkipped === true && draft.isSkipped === true });
  }
  return [...byKey.values()];
}

function notificationOf({ key, target, recipients, isSkipped = false }: Draft, event: EventOf<'handoff.ticket.routed.v1'>, { plannedVersion }: PlanFacts): PlannedNotification[] {
  const [recipient] = recipients;
  if (recipient === undefined) return [];
  const { ticketId, ticketVersion } = event.data;
  const { destination, partyName, purpose, party, contactKind, name, email, language } = recipient;
  return [{
    notificationId: nameBasedId('notification', ticketId, String(ticketVersion), destination, key),
    about: 'ticket', ticketId, ticketVersion, destination, partyName, purpose, target, lane: key,
    addressee: { purposes: PURPOSES.filter((known) => recipients.some((one) => one.purpose === known)), party, contactKind, name, email, mayContact: contactsOf(recipients), ...(language == null ? {} : { language }) },
    traceparent: event.traceparent,
    planned: isSkipped ? SKIPPED : plannedState(target, ticketVersion, plannedVersion),
  }];
}

/** Of a channel that is disabled; `POST /v1/notifications/retry` sends it once the channel is enabled. */
const SKIPPED: PlannedState = { state: 'suppressed', code: CHANNEL_DISABLED, detail: 'The channel is disabled. Enable it, then retry.' };

function plannedState(target: Target, ticketVersion: number, plannedVersion: number): PlannedState {
  if (ticketVersion < plannedVersion) return { state: 'suppressed', code: 'superseded', detail: `Version ${plannedVersion} of the ticket was planned before this one; it is not sent.` };
  if (target.channel === 'none') return { state: 'failed', code: 'no-channel', detail: 'This contact has no channel and no usable mail address. Configure a channel for its destination, then retry.' };
  return { state: 'pending' };
}

function contactsOf(recipients: readonly Recipient[]): readonly VisibleContact[] {
  const seen = new Set<string>();
  return recipients.flatMap(({ mayContact }) => mayContact).filter((contact) => {
    const text = JSON.stringify(contact);
    return !seen.has(text) && seen.add(text);
  });
}

function urgency({ purpose }: Recipient): number {
  return PURPOSES.indexOf(purpose);
}
