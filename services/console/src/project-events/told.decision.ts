import type { EventOf, TicketFields } from '@handoff/contracts';
import type { TicketFacts, ToldPart } from '../read-model/ticket-row.js';
import { earliest, isLater } from './stamp.decision.js';

/** What is known of a ticket from its own system after an event. An event older than what is known only fills in what was never told. */
export function toldAfter(former: ToldPart | null, event: EventOf<'handoff.ticket.received.v1'>): ToldPart {
  const { data, id, time } = event;
  const stamp = { at: data.occurredAt, eventId: id };
  const named = { source: data.source, externalId: data.externalId };
  const facts = { ...factsOf(data.defaults ?? {}), ...factsOf(data.ticket) };
  if (former === null) return { facts: { ...named, externalUrl: data.externalUrl, ...facts }, isClosed: data.change === 'closed', receivedAt: time, newest: stamp };
  const receivedAt = earliest(former.receivedAt, time);
  if (!isLater(stamp, former.newest)) return { ...former, facts: { ...facts, ...former.facts }, receivedAt };
  return {
    facts: { ...former.facts, ...factsOf(data.ticket), externalUrl: data.externalUrl ?? former.facts.externalUrl },
    isClosed: data.change === 'closed' || (data.change === 'commented' && former.isClosed), receivedAt, newest: stamp,
  };
}

function factsOf({ subject, severity, area, offerId, customerId }: TicketFields): Partial<TicketFacts> {
  const facts: Partial<Record<keyof TicketFacts, unknown>> = { subject, severity, area, offerId, customerId };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<TicketFacts>;
}
