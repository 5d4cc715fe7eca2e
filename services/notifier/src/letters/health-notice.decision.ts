import { type EventOf, nameBasedId } from '@handoff/contracts';
import type { ConfiguredChannel } from '../manage-channels/channel.js';
import type { PlannedNotification, PlannedState, Target } from '../notification/notification.js';
import { laneOf, targetsOf } from '../plan-notifications/plan.decision.js';
import type { HealthNoticeLetter } from './letter.js';

export function healthNoticeLetter({ subject, data }: EventOf<'handoff.health-notice.affected.v1'>): HealthNoticeLetter {
  return { about: 'health-notice', ticketId: subject, ticketVersion: data.noticeVersion, ...data };
}

export interface NoticePlanFacts {
  /** Those of the partner. */
  readonly channels: readonly ConfiguredChannel[];
  /** Highest version of the notice that was planned for this partner; 0: none. */
  readonly plannedVersion: number;
  readonly traceparent: string | null;
}

/** One message for each address of the partner. A ticketing system takes tickets only: where the partner has nothing else, mail goes to its contact. */
export function planHealthNotice(letter: HealthNoticeLetter, { channels, plannedVersion, traceparent }: NoticePlanFacts): PlannedNotification[] {
  const { ticketId, ticketVersion, destination, partnerName, name, email, language } = letter;
  const targets = targetsOf({ purpose: 'inform', email }, channels.filter(takesLetters));
  return (targets.length === 0 ? [NOWHERE] : targets).map((target) => {
    const lane = laneOf(target, { destination, contactKind: 'default' });
    return {
      notificationId: nameBasedId('health-notice-message', ticketId, String(ticketVersion), lane), about: 'health-notice', ticketId, ticketVersion, destination, partyName: partnerName, purpose: 'inform', target, lane, traceparent,
      addressee: { purposes: ['inform'], party: null, contactKind: 'default', name, email, language, mayContact: [] },
      planned: stateOf(target, ticketVersion, plannedVersion),
    };
  });
}

/** A ticketing system takes tickets only. */
export function takesLetters({ kind }: ConfiguredChannel): boolean {
  return kind !== 'ticketing';
}

const NOWHERE: Target = { channel: 'none', channelId: null, address: null };

function stateOf({ channel }: Target, version: number, plannedVersion: number): PlannedState {
  if (version < plannedVersion) return { state: 'suppressed', code: 'superseded', detail: `Version ${plannedVersion} of the notice was planned before this one; it is not sent.` };
  if (channel === 'none') return { state: 'failed', code: 'no-channel', detail: 'This partner has no channel that takes notices, and no usable mail address. Configure a channel for its destination, then retry.' };
  return { state: 'pending' };
}
