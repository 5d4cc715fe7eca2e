import type { Transaction } from '@handoff/messaging';
import type { DecisionRecord, Ticket } from './ticket.js';

/** One page of a list and where the next begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface TicketQuery {
  readonly source?: string | undefined;
  readonly externalId?: string | undefined;
  readonly queue?: string | undefined;
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
  find(tx: Transaction, ticketId: string): Promise<Ticket | null>;
  /** Oldest first. */
  decisionsOf(tx: Transaction, ticketId: string): Promise<readonly DecisionRecord[]>;
  /** Newest first. @throws InvalidCursor */
  list(tx: Transaction, query: TicketQuery): Promise<Page<Ticket>>;
  parkedOf(tx: Transaction, ticketId: string): Promise<readonly ParkedEvent[]>;
}

export const TICKET_STORE = Symbol('TICKET_STORE');

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** Where a page ended: the order's columns of its last ticket. */
export function encodeCursor({ updatedAt, state }: Ticket): string {
  return Buffer.from(JSON.stringify([updatedAt, state.ticketId])).toString('base64url');
}

export function decodeCursor(cursor: string): { readonly updatedAt: string; readonly ticketId: string } {
  try {
    const [updatedAt, ticketId] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof updatedAt === 'string' && !Number.isNaN(Date.parse(updatedAt)) && typeof ticketId === 'string' && /^[0-9a-f-]{36}$/.test(ticketId)) return { updatedAt, ticketId };
  } catch {
    // Falls through: whatever it was, it is none of our cursors.
  }
  throw new InvalidCursor('This cursor is not one that a former page gave.');
}
