import { hash } from 'node:crypto';
import type { TicketReceived } from '@handoff/contracts';

/** Keys that we make of the content, or that a webhook and a poll share, which tell the same in different words. */
const KEYS_OF_OURS = ['sha256:', 'state:'];
const DIGEST_CHARS = 16;

/**
 * Digest of what a source told under a key of its own, to notice a key that is used for something else. Times are left out:
 * they may be those of the attempt. `null` where the key is none of the source's.
 */
export function contentDigest(key: string, { externalId, change, ticket }: TicketReceived): string | null {
  if (KEYS_OF_OURS.some((prefix) => key.startsWith(prefix))) return null;
  return hash('sha256', JSON.stringify([externalId, change, ticket])).slice(0, DIGEST_CHARS);
}
