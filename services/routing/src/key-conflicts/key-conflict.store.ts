import type { Instant } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { isInstant, type Page, readCursor } from '@handoff/platform';
import type { KeyConflict } from './key-conflict.decision.js';

export interface SeenKeyConflict extends KeyConflict {
  /** How often this content came under this key. */
  readonly times: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

export interface KeyConflictQuery {
  readonly source?: string | undefined;
  readonly ticketId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface KeyConflictStore {
  /** The same content under the same key again only counts. */
  note(tx: Transaction, conflicts: readonly KeyConflict[], at: Date): Promise<void>;
  /** The newest first. @throws InvalidCursor */
  list(tx: Transaction, query: KeyConflictQuery): Promise<Page<SeenKeyConflict>>;
}

export const KEY_CONFLICT_STORE = Symbol('KEY_CONFLICT_STORE');

type Position = readonly [firstAt: string, eventId: string, contentDigest: string];

/** Where a page ended: the order's columns of its last conflict. */
export function positionOf({ firstAt, eventId, contentDigest }: SeenKeyConflict): Position {
  return [firstAt, eventId, contentDigest];
}

/** @throws InvalidCursor */
export function positionAt(cursor: string): Position {
  return readCursor(cursor, isPosition);
}

function isPosition(parts: readonly unknown[]): parts is Position {
  return parts.length === 3 && isInstant(parts[0]) && parts.every((part) => typeof part === 'string');
}
