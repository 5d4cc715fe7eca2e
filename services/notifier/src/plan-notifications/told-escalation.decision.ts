import type { EventOf } from '@handoff/contracts';
import type { Told } from '../notification/notification.js';

/** An escalation as the messages about it are made: by the decision in force, with who is asked now. */
export function toldEscalation({ data, ...event }: EventOf<'handoff.ticket.escalated.v1'>): EventOf<'handoff.ticket.routed.v1'> & { readonly data: Told } {
  const { ticketId, ticketVersion, step, escalatedAt, acknowledgeBy, ticket, decision, recipients, forSource } = data;
  return {
    ...event, type: 'handoff.ticket.routed.v1',
    data: { ticketId, ticketVersion, change: 'updated', cause: 'escalated', decidedAt: escalatedAt, ticket, decision, previousQueue: decision.queue, recipients, acknowledgeBy, escalation: step, ...(forSource === undefined ? {} : { forSource }) },
  };
}
