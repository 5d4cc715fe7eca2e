import type { Expected } from './entry.store.js';

export interface Preconditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

export type Precondition = { readonly expected: Expected } | { readonly refused: 'missing' | 'unreadable' };

const ETAG = /^"(\d{1,9})"$/;

/** The ETag of a revision. */
export function etagOf({ revision }: { readonly revision: number }): string {
  return `"${revision}"`;
}

/**
 * What a write expects to find, from its headers (RFC 9110, section 13.1): `If-None-Match: *` creates, `If-Match` changes
 * the revision that it names. A write without either could undo somebody else's, and is refused.
 */
export function preconditionOf({ ifMatch, ifNoneMatch }: Preconditions): Precondition {
  if (ifMatch === undefined && ifNoneMatch === undefined) return { refused: 'missing' };
  if (ifMatch === undefined) return ifNoneMatch?.trim() === '*' ? { expected: 'nothing' } : { refused: 'unreadable' };
  if (ifNoneMatch !== undefined) return { refused: 'unreadable' };
  if (ifMatch.trim() === '*') return { expected: 'anything' };
  const revisions = ifMatch.split(',').map((tag) => ETAG.exec(tag.trim())?.[1]);
  return revisions.includes(undefined) ? { refused: 'unreadable' } : { expected: revisions.map(Number) };
}
