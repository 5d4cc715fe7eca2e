import { type EventOf, nameBasedId, type Recipient } from '@handoff/contracts';
import type { ConfiguredChannel } from '../manage-channels/channel.js';
import { sourceDestination, type Told } from '../notification/notification.js';

/** A ticket is told to the system that it came from only where a channel leads there. @returns as whom its people read it. */
export function sourceRecipients({ ticket, forSource }: Pick<Told, 'ticket' | 'forSource'>, channels: ReadonlyMap<string, readonly ConfiguredChannel[]>): readonly Recipient[] {
  const destination = sourceDestination(ticket.source);
  if (forSource === undefined || (channels.get(destination) ?? []).length === 0) return [];
  const { party, partyName, mayContact, language } = forSource;
  return [{ purpose: 'inform', party, destination, partyName, contactKind: 'source', name: null, email: null, url: null, mayContact, ...(language == null ? {} : { language }) }];
}

type Routed = EventOf<'handoff.ticket.routed.v1'> & { readonly data: Told };

/** An acknowledgement as the messages about it are made. Nobody hears of it but the system that the ticket came from. `null`: the event is of before there was enough in it. */
export function toldAcknowledgement({ data, ...event }: EventOf<'handoff.ticket.acknowledged.v1'>): Routed | null {
  const { ticketId, ticketVersion, acknowledgedAt, by, party, ticket, decision, forSource } = data;
  if (ticket === undefined || decision === undefined || forSource === undefined) return null;
  return {
    ...event, id: nameBasedId('told', event.id), type: 'handoff.ticket.routed.v1',
    data: { ticketId, ticketVersion, change: 'updated', cause: 'acknowledged', decidedAt: acknowledgedAt, ticket, decision, previousQueue: decision.queue, recipients: [], forSource, saidBy: { by, party } },
  };
}

/** That a ticket is done, as the messages about it are made. */
export function toldResolution({ data, ...event }: EventOf<'handoff.ticket.resolved.v1'>): Routed {
  const { ticketId, ticketVersion, resolvedAt, by, party, ticket, decision, recipients, forSource } = data;
  return {
    ...event, type: 'handoff.ticket.routed.v1',
    data: { ticketId, ticketVersion, change: 'closed', cause: 'resolved', decidedAt: resolvedAt, ticket, decision, previousQueue: decision.queue, recipients, forSource, saidBy: { by, party } },
  };
}
