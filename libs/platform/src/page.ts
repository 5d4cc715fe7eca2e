import { Problem } from './problem.js';

/** One page of a list and where the next begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  constructor() {
    super('This cursor is not one that a former page gave.');
  }
}

type Position = readonly (string | number)[];

/** Of one more than a page holds, the page and where the next begins: after the position of its last item. */
export function pageOf<T>(found: readonly T[], limit: number, positionOf: (last: T) => Position): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? encode(positionOf(last)) : null };
}

/** In a form that nobody is tempted to build. */
function encode(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position at which a page ended. `isOurs` knows those of its list. @throws InvalidCursor */
export function readCursor<P extends Position>(cursor: string, isOurs: (parts: readonly unknown[]) => parts is P): P {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (Array.isArray(parts) && isOurs(parts)) return parts;
  } catch {
    // Falls through: whatever it was, it is none of our cursors.
  }
  throw new InvalidCursor();
}

export function isInstant(part: unknown): part is string {
  return typeof part === 'string' && !Number.isNaN(Date.parse(part));
}

/** What to answer where a cursor cannot be read; every other error stays as it is. */
export async function refusingCursors<R>(load: () => Promise<R>): Promise<R> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof InvalidCursor) throw new Problem(400, 'cursor-invalid', error.message, { fields: [{ field: 'cursor', detail: "Take it from 'next' of the page before, or leave it out." }] });
    throw error;
  }
}
