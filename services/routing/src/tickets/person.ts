import { Problem } from '@handoff/platform';

/** What people say about themselves in a call, and which version they saw. */

export const ACTOR_CHARS_MAX = 256;

/** Without what PostgreSQL refuses. */
export function cleanText(text: string | undefined): string | null {
  const plain = text?.replaceAll('\u0000', '').toWellFormed().trim() ?? '';
  return plain === '' ? null : plain;
}

/** The version that `If-Match` names; `null` for any. @throws Problem 422 `field-invalid` when it is no version. */
export function versionOf(ifMatch: string | undefined): number | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch.trim())?.[1];
  if (version !== undefined) return Number(version);
  const detail = 'must be a version of the ticket, as "3"';
  throw new Problem(422, 'field-invalid', `'If-Match' ${detail}.`, { fields: [{ field: 'If-Match', detail }] });
}

/** Who says it: the header, or else the body. */
export function actorIn(headers: Readonly<Record<string, string | undefined>>, by: string | undefined): string | null {
  return cleanText(headers['x-handoff-actor']?.slice(0, ACTOR_CHARS_MAX)) ?? cleanText(by);
}
