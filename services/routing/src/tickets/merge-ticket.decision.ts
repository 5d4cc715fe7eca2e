import type { TicketFields, TicketReceived } from '@handoff/contracts';
import { areaAfter, areaOf } from '../classify/area.decision.js';
import type { TicketFacts, TicketState } from './ticket.js';

/**
 * The ticket after an event. What the event does not tell keeps its value. Sources do not promise order: an event
 * older than what is known only fills in what was never told.
 */
export function mergeTicket(former: TicketState | null, received: TicketReceived): TicketState {
  const told = toldBy(received.ticket);
  const { ticketId, source, sourceParty, externalId } = received;
  const defaults = received.defaults === undefined ? former?.defaults : toldBy(received.defaults);
  if (former === null) {
    return { ticketId, source, sourceParty, externalId, externalUrl: received.externalUrl, ...told, defaults, isClosed: received.change === 'closed', occurredAt: received.occurredAt };
  }
  const isOlder = Date.parse(received.occurredAt) < Date.parse(former.occurredAt);
  if (isOlder) return { ...told, ...defined(former), sourceParty, defaults, ...areaAfter(former, received, 'late') } as TicketState;
  return {
    ...former, ...told, ...areaAfter(former, received, 'newest'), sourceParty, defaults, externalUrl: received.externalUrl ?? former.externalUrl,
    // A comment on a closed ticket does not open it; any other news of it does.
    isClosed: received.change === 'closed' || (received.change === 'commented' && former.isClosed),
    occurredAt: received.occurredAt,
  };
}

/** The ticket with its source's defaults where nobody told anything, and the area by whoever has the last word on it. */
export function withDefaults(state: TicketState): TicketState {
  return { ...state.defaults, ...defined(state), ...areaOf(state) };
}

/** Whether an event changed anything that a contact would read. */
export function isNews(former: TicketState, current: TicketState, received: TicketReceived): boolean {
  if (received.change === 'commented' || received.ticket.comment !== undefined) return true;
  const { occurredAt: _former, defaults: _formerDefaults, areaBasis: _b1, personsWord: _p1, wordsSay: _w1, reassigned: _r1, noticeWord: _n1, ...before } = withDefaults(former);
  const { occurredAt: _current, defaults: _defaults, areaBasis: _b2, personsWord: _p2, wordsSay: _w2, reassigned: _r2, noticeWord: _n2, ...after } = withDefaults(current);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof typeof before>;
  return [...keys].some((key) => before[key] !== after[key]);
}

function toldBy(fields: TicketFields): TicketFacts {
  const { requester, labels: _labels, comment: _comment, attachments: _attachments, ...plain } = fields;
  return defined({ ...plain, ...(requester === undefined ? {} : { requesterName: requester?.name ?? null }) });
}

function defined<T extends object>(value: T): T {
  const kept: Partial<T> = {};
  for (const name of Object.keys(value) as (keyof T)[]) if (value[name] !== undefined) kept[name] = value[name];
  return kept as T;
}
