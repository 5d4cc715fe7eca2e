import { createHash } from 'node:crypto';
import { CHARS_MAX, textAt } from './payload.js';

/**
 * The key of an event by the texts that name it together. Where one of them is missing, the whole payload is the key: what
 * is not understood and parked must not be taken for another that was not understood either.
 */
export function eventKey(payload: unknown, paths: readonly string[]): string {
  const parts = paths.map((path) => textAt(payload, path, CHARS_MAX.url));
  return parts.every((part) => typeof part === 'string') ? JSON.stringify(parts) : payloadKey(payload);
}

/** For payloads that nothing names. */
export function payloadKey(payload: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(payload)).digest('hex')}`;
}
