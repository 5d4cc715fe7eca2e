import { nameBasedId } from '@handoff/contracts';
import type { Letter } from '../letters/letter.js';
import type { ConfiguredChannel } from '../manage-channels/channel.js';
import type { PlannedNotification, Target } from '../notification/notification.js';
import { targetsOf } from '../plan-notifications/plan.decision.js';

/** The destination of those who look after the installation. It may have channels, and is no queue. */
export const OPERATIONS = 'operations';

export interface OperationsFacts {
  /** Those of the destination. */
  readonly channels: readonly ConfiguredChannel[];
  /** For where it has none. */
  readonly operationsMail: string | null;
}

/** The messages that carry a letter to operations: one by each channel of theirs, else by mail; none where they have neither. */
export function lettersToOperations(letter: Letter, { channels, operationsMail }: OperationsFacts): readonly PlannedNotification[] {
  // A ticketing system takes tickets only.
  const targets = targetsOf({ purpose: 'inform', email: operationsMail }, channels.filter(({ kind }) => kind !== 'ticketing'));
  return targets.map((target) => carrierOf(letter, target, operationsMail));
}

function carrierOf({ about, ticketId, ticketVersion }: Letter, target: Target, email: string | null): PlannedNotification {
  const lane = target.channel === 'mail' ? `mail:${(target.address ?? '').toLowerCase()}` : `${target.channel}:${target.channelId ?? ''}`;
  return {
    notificationId: nameBasedId('to-operations', ticketId, String(ticketVersion), lane), about, ticketId, ticketVersion, destination: OPERATIONS, partyName: null, purpose: 'inform', lane, traceparent: null,
    target, planned: { state: 'pending' }, addressee: { purposes: ['inform'], party: null, contactKind: 'operations', name: null, email, mayContact: [] },
  };
}
