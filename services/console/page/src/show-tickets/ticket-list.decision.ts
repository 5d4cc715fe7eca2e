import type { PageOf, ShownTicket } from '../api/server-types.js';
import type { TicketFilter } from './ticket-filter.js';

/** Why a row does not belong to the list any more; it stays in its place until the viewer moves on. */
export type Left = { readonly why: 'moved'; readonly queue: string | null } | { readonly why: 'state' } | { readonly why: 'changed' };

/** Tickets as a viewer sees them: what a row says is live, which rows there are and in which order is not. */
export interface TicketList {
  readonly order: readonly string[];
  readonly rows: Readonly<Record<string, ShownTicket>>;
  readonly left: Readonly<Record<string, Left>>;
  /** Tickets that would be in the list if it were read anew. */
  readonly arrived: readonly string[];
  /** Cursor of the rest; `null`: there is none. */
  readonly next: string | null;
}

/** Beyond this the number of new tickets is said as "more than". */
export const ARRIVED_MAX = 99;

export function begun(page: PageOf<ShownTicket>): TicketList {
  return { order: page.items.map(({ ticketId }) => ticketId), rows: byId(page.items), left: {}, arrived: [], next: page.next };
}

/** With the page behind it. What moved up there meanwhile stays where it is. */
export function continued(list: TicketList, page: PageOf<ShownTicket>): TicketList {
  const added = page.items.filter(({ ticketId }) => !(ticketId in list.rows));
  const known = new Set(page.items.map(({ ticketId }) => ticketId));
  return { ...list, order: [...list.order, ...added.map(({ ticketId }) => ticketId)], rows: { ...list.rows, ...byId(added) }, arrived: list.arrived.filter((id) => !known.has(id)), next: page.next };
}

/** With what is told of tickets: rows change in place, those that leave stay, those that come are counted. */
export function told(list: TicketList, tickets: readonly ShownTicket[], filter: TicketFilter): TicketList {
  const known = tickets.filter((ticket) => isNews(list, ticket));
  const arrived = tickets.filter((ticket) => !(ticket.ticketId in list.rows) && belongs(ticket, filter)).map(({ ticketId }) => ticketId);
  if (known.length === 0 && arrived.every((id) => list.arrived.includes(id))) return list;
  const left = { ...list.left };
  for (const ticket of known) {
    if (belongs(ticket, filter)) delete left[ticket.ticketId];
    else left[ticket.ticketId] = leftOf(ticket, filter);
  }
  return { ...list, rows: { ...list.rows, ...byId(known) }, left, arrived: [...new Set([...list.arrived, ...arrived])].slice(0, ARRIVED_MAX + 1) };
}

/** Read anew: its first page in the order of now. What was loaded behind it stays, but for what left. */
export function renewed(list: TicketList, page: PageOf<ShownTicket>): TicketList {
  const fresh = begun(page);
  const behind = list.order.slice(list.order.findLastIndex((id) => id in fresh.rows) + 1).filter((id) => !(id in list.left) && !(id in fresh.rows));
  if (list.order.length <= page.items.length || behind.length === 0) return fresh;
  return { ...fresh, order: [...fresh.order, ...behind], rows: { ...fresh.rows, ...Object.fromEntries(behind.flatMap((id) => (list.rows[id] === undefined ? [] : [[id, list.rows[id]]]))) }, next: list.next };
}

/** Whether a ticket is one that the filter asks for, as far as can be seen here: words are for the server. */
export function belongs(ticket: ShownTicket, { queue, state, severity, partner, offer, undelivered }: TicketFilter): boolean {
  return (queue === undefined || (ticket.queue ?? '') === queue)
    && (state === undefined ? ticket.state !== 'closed' : ticket.state === state)
    && (severity === undefined || ticket.severity === severity)
    && (partner === undefined || ticket.partners.includes(partner))
    && (offer === undefined || ticket.offerId === offer)
    && (undelivered === undefined || ticket.undelivered > 0);
}

function leftOf(ticket: ShownTicket, { queue, state }: TicketFilter): Left {
  if (queue !== undefined && (ticket.queue ?? '') !== queue) return { why: 'moved', queue: ticket.queue };
  return (state === undefined ? ticket.state === 'closed' : ticket.state !== state) ? { why: 'state' } : { why: 'changed' };
}

/** An answer may be older than what is shown, when two were on the way at once. */
function isNews(list: TicketList, ticket: ShownTicket): boolean {
  const shown = list.rows[ticket.ticketId];
  return shown !== undefined && ticket.ticketVersion >= shown.ticketVersion && Date.parse(ticket.changedAt) >= Date.parse(shown.changedAt) && JSON.stringify(shown) !== JSON.stringify(ticket);
}

function byId(tickets: readonly ShownTicket[]): Record<string, ShownTicket> {
  return Object.fromEntries(tickets.map((ticket) => [ticket.ticketId, ticket]));
}
