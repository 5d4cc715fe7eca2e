import type { Decision, EventOf, HandoffEvent, Party, Recipient, TicketSnapshot } from '@handoff/contracts';
import type { RoutedPart, TicketFacts } from '../read-model/ticket-row.js';

export type RoutingEvent = EventOf<'handoff.ticket.routed.v1'> | EventOf<'handoff.ticket.attached.v1'> | EventOf<'handoff.ticket.detached.v1'> | EventOf<'handoff.ticket.acknowledged.v1'> | EventOf<'handoff.ticket.reassigned.v1'> | EventOf<'handoff.ticket.resolved.v1'> | EventOf<'handoff.ticket.escalated.v1'>;

const ROUTING_TYPES = {
  'handoff.ticket.routed.v1': true, 'handoff.ticket.attached.v1': true, 'handoff.ticket.detached.v1': true, 'handoff.ticket.acknowledged.v1': true, 'handoff.ticket.reassigned.v1': true, 'handoff.ticket.resolved.v1': true, 'handoff.ticket.escalated.v1': true,
} as const satisfies Readonly<Record<RoutingEvent['type'], true>>;

/** Whether routing says it of a ticket. */
export function isOfRouting(event: HandoffEvent): event is RoutingEvent {
  return event.type in ROUTING_TYPES;
}

/** What routing said last of a ticket, after an event. What is not newer than the known version changes nothing. */
export function routedAfter(former: RoutedPart | null, event: RoutingEvent): RoutedPart | null {
  if (former !== null && event.data.ticketVersion <= former.version) return former;
  switch (event.type) {
    case 'handoff.ticket.routed.v1': return decided(former, event.data);
    case 'handoff.ticket.escalated.v1': return escalated(former, event.data);
    // Without a decision, which the log may not have any more, there is nothing to show yet.
    case 'handoff.ticket.attached.v1': return former === null ? null : { ...former, version: event.data.ticketVersion, attachedTo: event.data.noticeId };
    case 'handoff.ticket.detached.v1': return former === null ? null : { ...former, version: event.data.ticketVersion, attachedTo: null };
    // The decision that follows says where it lies now.
    case 'handoff.ticket.reassigned.v1': return former === null ? null : { ...former, version: event.data.ticketVersion };
    case 'handoff.ticket.resolved.v1': return former === null ? null : { ...former, version: event.data.ticketVersion, isClosed: true, closedAt: closedAfter(former, event.data.resolvedAt), answered: answeredAfter(former, 'closed', event.data.resolvedAt) };
    case 'handoff.ticket.acknowledged.v1': return former === null ? null : acknowledged(former, event.data);
  }
}

function decided(former: RoutedPart | null, data: EventOf<'handoff.ticket.routed.v1'>['data']): RoutedPart {
  const { ticketVersion, change, decision, recipients } = data;
  const isClosed = change === 'closed' || (change === 'commented' && former?.isClosed === true);
  // Who wrote the answer is not told of it, and has the ticket as before.
  const asked = data.cause === 'replied' && former !== null ? former.asked : askedOf(recipients);
  const goesOn = former !== null && (isClosed || (!former.isClosed && areSameHands(former, { asked, queue: decision.queue })));
  return {
    version: ticketVersion, facts: factsOf(data.ticket), ...namedBy(decision), asked, decidedAt: data.decidedAt, acknowledgeBy: data.acknowledgeBy ?? null,
    firstDecidedAt: former === null ? data.decidedAt : former.firstDecidedAt, answered: isClosed ? answeredAfter(former, 'closed', data.decidedAt) : answeredSoFar(former),
    acknowledged: goesOn ? former.acknowledged : null, escalated: goesOn ? former.escalated : null, attachedTo: decision.attachedTo,
    isClosed, closedAt: isClosed ? closedAfter(former, data.decidedAt) : null,
  };
}

function escalated(former: RoutedPart | null, data: EventOf<'handoff.ticket.escalated.v1'>['data']): RoutedPart {
  const { decision, recipients, step, escalatedAt, nextStepAt } = data;
  return {
    version: data.ticketVersion, facts: factsOf(data.ticket), ...namedBy(decision), asked: former?.asked ?? askedOf(recipients), decidedAt: former?.decidedAt ?? escalatedAt, firstDecidedAt: former?.firstDecidedAt ?? escalatedAt, acknowledgeBy: data.acknowledgeBy, answered: answeredSoFar(former),
    acknowledged: null, escalated: { step, at: escalatedAt, nextStepAt, destinations: askedOf(recipients) }, attachedTo: decision.attachedTo, isClosed: false, closedAt: null,
  };
}

function acknowledged(former: RoutedPart, { ticketVersion, acknowledgedAt, by, party, isComplete }: EventOf<'handoff.ticket.acknowledged.v1'>['data']): RoutedPart {
  return { ...former, version: ticketVersion, ...(isComplete ? { acknowledged: { at: acknowledgedAt, by, party }, answered: answeredAfter(former, 'acknowledged', acknowledgedAt) } : {}) };
}

/** What is said again of a closed ticket does not close it once more. */
function closedAfter(former: RoutedPart | null, at: string): string {
  return former?.isClosed === true ? former.closedAt ?? at : at;
}

function answeredSoFar(former: RoutedPart | null): RoutedPart['answered'] {
  return former?.answered ?? null;
}

function answeredAfter(former: RoutedPart | null, by: 'acknowledged' | 'closed', at: string): RoutedPart['answered'] {
  return former?.answered ?? { by, at, targetAt: former?.acknowledgeBy ?? null };
}

/** The same rule as routing's: other hands begin anew. */
function areSameHands(former: RoutedPart, { asked, queue }: Pick<RoutedPart, 'asked' | 'queue'>): boolean {
  if (asked.length === 0) return former.asked.length === 0 && former.queue === queue;
  return asked.length === former.asked.length && asked.every((destination) => former.asked.includes(destination));
}

function namedBy(decision: Decision): Pick<RoutedPart, 'queue' | 'responsible' | 'partners'> {
  const { queue, responsible, firstContact, accountable, handsOver, informed, escalation } = decision;
  const parties = [responsible, firstContact, accountable, handsOver, ...informed, ...escalation].flatMap((party) => (party === null ? [] : [party, ...(party.parties ?? [])]));
  return { queue, responsible, partners: [...new Set(parties.map(queueNameOf).filter((name) => name !== null))].sort() };
}

/** Under which a party has its queue; `null` for who has none of its own. */
function queueNameOf({ role, partyId }: Party): string | null {
  if (partyId == null) return null;
  switch (role) {
    case 'isv-publisher': return `isv/${partyId}`;
    case 'direct-bill-partner':
    case 'indirect-provider':
    case 'indirect-reseller': return `partner/${partyId}`;
    case 'customer':
    case 'microsoft':
    case 'shared': return null;
  }
}

function askedOf(recipients: readonly Recipient[]): readonly string[] {
  return [...new Set(recipients.filter(({ purpose }) => purpose !== 'inform').map(({ destination }) => destination))].sort();
}

function factsOf({ source, externalId, externalUrl, subject, severity, area, offerId, customerId }: TicketSnapshot): TicketFacts {
  return { source, externalId, externalUrl, subject, severity, area, offerId, customerId };
}
