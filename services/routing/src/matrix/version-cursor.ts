import { InvalidCursor, type Page } from '../tickets/ticket.store.js';
import type { VersionSummary } from './matrix-version.js';

/** Of one more than a page holds, the page and where the next begins. */
export function pageOf(found: readonly VersionSummary[], limit: number): Page<VersionSummary> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? encode(last) : null };
}

function encode({ createdAt, version }: VersionSummary): string {
  return Buffer.from(JSON.stringify([createdAt, version])).toString('base64url');
}

/** @throws InvalidCursor */
export function decodeVersionCursor(cursor: string): { readonly createdAt: string; readonly version: string } {
  try {
    const [createdAt, version] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (typeof createdAt === 'string' && !Number.isNaN(Date.parse(createdAt)) && typeof version === 'string') return { createdAt, version };
  } catch {
    // Falls through: whatever it was, it is none of our cursors.
  }
  throw new InvalidCursor('This cursor is not one that a former page gave.');
}
