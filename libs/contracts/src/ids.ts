import { hash } from 'node:crypto';

/** Namespace of Handoff's own name-based ids. It must never change: a ticket would get another id. */
const NAMESPACE = Buffer.from('6f1d2e4cb5a94a5f8a0c0a6e9d3b7c51', 'hex');

/** A UUID of version 5 (RFC 9562 section 5.5) for a name, the same for ever. The parts must not contain U+0000. */
export function nameBasedId(...parts: readonly string[]): string {
  const digest = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(parts.join('\u0000'))]), 'buffer');
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all: PostgreSQL refuses to look for another text in a uuid column. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The id of a ticket: one for one source and external id, so that nothing needs to be looked up. */
export function ticketIdOf(source: string, externalId: string): string {
  return nameBasedId('ticket', source, externalId);
}
