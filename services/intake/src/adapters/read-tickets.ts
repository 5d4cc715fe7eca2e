import type { Instant } from '@handoff/contracts';
import { type IgnoredEvent, isIgnored, type ReportedTicket } from './adapter.js';
import type { ReadTicket } from './source-api.js';

export interface ReadState {
  /** In the form of a delivered payload, so that a source's mapping finds its places. */
  readonly payload: unknown;
  readonly updatedAt: Instant;
  /** Nobody has told about the ticket before, as far as its reader knows. */
  readonly isNew: boolean;
}

/**
 * A ticket that was read, by the adapter's own mapping of an update.
 * @throws Error when the mapping ignores it: an adapter reads only tickets.
 */
export function readTicket(mapped: ReportedTicket | IgnoredEvent, { payload, updatedAt, isNew }: ReadState): ReadTicket {
  if (isIgnored(mapped)) throw new Error(`What was read as a ticket is none: ${mapped.reason}`);
  const { isThin: _whole, ...ticket } = mapped;
  return { ...ticket, change: isNew && ticket.change !== 'closed' ? 'created' : ticket.change, updatedAt, payload };
}

export interface ChangedSince<T> {
  readonly since: Date;
  readonly pageSize: number;
  /** Items changed at `from` or later, the oldest change first; pages count from 1. */
  readonly read: (from: Date, page: number) => Promise<readonly T[]>;
  readonly idOf: (item: T) => string;
  readonly updatedAtOf: (item: T) => Instant;
}

/**
 * Reads page by page what changed since a time, from systems that number their pages. It goes on from the last change that
 * was read and not from the next page: what changes meanwhile moves to the end, and the rest would move up a page, unread.
 */
export async function* changedSince<T>({ since, pageSize, read, idOf, updatedAtOf }: ChangedSince<T>): AsyncGenerator<T> {
  let from = since;
  let page = 1;
  let seen = new Set<string>();
  for (;;) {
    const items = await read(from, page);
    for (const item of items) {
      const state = `${idOf(item)} ${updatedAtOf(item)}`;
      if (!seen.has(state)) yield item;
      seen.add(state);
    }
    const last = items.at(-1);
    if (last === undefined || items.length < pageSize) return;
    const reached = new Date(updatedAtOf(last));
    if (reached.getTime() <= from.getTime()) page += 1;
    else {
      from = reached;
      page = 1;
      seen = new Set(items.map((item) => `${idOf(item)} ${updatedAtOf(item)}`));
    }
  }
}

/**
 * Reads from the newest change back to a time, from searches that are ordered so, and tells the oldest first. What changes
 * meanwhile comes before all that was read: it is later than anything told here, and is left to the next poll.
 */
export async function* changedBackTo(from: Date, pages: AsyncIterable<readonly ReadTicket[]>): AsyncGenerator<ReadTicket> {
  const found = new Map<string, ReadTicket>();
  for await (const page of pages) {
    const recent = page.filter(({ updatedAt }) => Date.parse(updatedAt) >= from.getTime());
    for (const ticket of recent) if (!found.has(ticket.externalId)) found.set(ticket.externalId, ticket);
    if (recent.length < page.length) break;
  }
  yield* [...found.values()].toReversed();
}
