import type { Transaction } from '@handoff/messaging';
import { isInstant, type Page, readCursor } from '@handoff/platform';
import type { DecisionRecord, Ticket, TicketReply } from './ticket.js';

export interface TicketQuery {
  readonly source?: string | undefined;
  readonly externalId?: string | undefined;
  readonly queue?: string | undefined;
  /** Whether the response target is missed and nobody has acknowledged. */
  readonly isOverdue?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface ParkedEvent {
  readonly code: string;
  readonly detail: string;
  readonly attempts: number;
  readonly retryAt: string | null;
  readonly parkedAt: string;
}

export interface TicketStore {
  /** The tickets of these ids that exist, locked until the transaction ends: two instances may hold events of one ticket. */
  lock(tx: Transaction, ticketIds: readonly string[]): Promise<ReadonlyMap<string, Ticket>>;
  save(tx: Transaction, tickets: readonly Ticket[], decisions: readonly DecisionRecord[]): Promise<void>;
  /** The content digests of these events of these tickets, by event id; nothing of events that were not decided or have none. */
  contentDigests(tx: Transaction, events: readonly { readonly ticketId: string; readonly eventId: string }[]): Promise<ReadonlyMap<string, string>>;
  find(tx: Transaction, ticketId: string): Promise<Ticket | null>;
  /** Oldest first. */
  decisionsOf(tx: Transaction, ticketId: string): Promise<readonly DecisionRecord[]>;
  /** Newest first. @throws InvalidCursor */
  list(tx: Transaction, query: TicketQuery): Promise<Page<Ticket>>;
  addReplies(tx: Transaction, replies: readonly TicketReply[]): Promise<void>;
  /** Oldest first, the last `REPLIES_SHOWN_MAX`. */
  repliesOf(tx: Transaction, ticketId: string): Promise<readonly TicketReply[]>;
  parkedOf(tx: Transaction, ticketId: string): Promise<readonly ParkedEvent[]>;
}

/** A ticket that is talked about more has the rest in the log of events. */
export const REPLIES_SHOWN_MAX = 100;

export const TICKET_STORE = Symbol('TICKET_STORE');

/** Where a page ended: the order's columns of its last ticket. */
export function positionOf({ updatedAt, state }: Ticket): TicketPosition {
  return [updatedAt, state.ticketId];
}

type TicketPosition = readonly [updatedAt: string, ticketId: string];

/** @throws InvalidCursor */
export function positionAt(cursor: string): TicketPosition {
  return readCursor(cursor, isPosition);
}

function isPosition(parts: readonly unknown[]): parts is TicketPosition {
  const [updatedAt, ticketId] = parts;
  return isInstant(updatedAt) && typeof ticketId === 'string' && /^[0-9a-f-]{36}$/.test(ticketId);
}
