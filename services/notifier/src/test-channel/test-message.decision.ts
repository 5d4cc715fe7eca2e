import type { ChannelTestLetter } from '../letters/letter.js';
import { type ConfiguredChannel, shownAddress } from '../manage-channels/channel.js';
import type { PlannedNotification } from '../notification/notification.js';

export interface TestRefusal {
  readonly code: 'channel-takes-tickets' | 'channel-is-disabled';
  readonly detail: string;
}

/** Why a channel cannot be tried by a message; `null`: it can. */
export function testRefusal({ kind, enabled }: Pick<ConfiguredChannel, 'kind' | 'enabled'>): TestRefusal | null {
  if (kind === 'ticketing') return { code: 'channel-takes-tickets', detail: 'A ticketing system takes tickets only, and each is opened there for good. Send a test ticket from a source whose decision leads to it.' };
  return enabled ? null : { code: 'channel-is-disabled', detail: 'The channel is disabled, so nothing is sent by it. Enable it first.' };
}

/** What a test says, in a thread of its own. @param testId a new UUID */
export function testLetter(channel: ConfiguredChannel, { testId, by, at }: { readonly testId: string; readonly by: string | null; readonly at: string }): ChannelTestLetter {
  const { channelId, destination, kind } = channel;
  return { about: 'channel-test', ticketId: testId, ticketVersion: 1, channelId, destination, kind, address: shownAddress(kind, channel.address), by, at };
}

/** The message that carries it: by this channel alone, in the same lane as the channel's other messages. */
export function testNotification({ about, ticketId, ticketVersion, destination, channelId, address }: ChannelTestLetter, kind: ConfiguredChannel['kind']): PlannedNotification {
  const lane = kind === 'mail' ? `mail:${address.toLowerCase()}` : `${kind}:${channelId}`;
  return {
    notificationId: ticketId, about, ticketId, ticketVersion, destination, partyName: null, purpose: 'inform', lane, traceparent: null, target: { channel: kind, channelId, address }, planned: { state: 'pending' },
    addressee: { purposes: ['inform'], party: null, contactKind: 'channel-test', name: null, email: kind === 'mail' ? address : null, mayContact: [] },
  };
}
