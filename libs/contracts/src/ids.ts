import { hash } from 'node:crypto';

/** Namespace of Handoff's own name-based ids. It must never change: a ticket would get another id. */
const NAMESPACE = Buffer.from('6f1d2e4cb5a94a5f8a0c0a6e9d3b7c51', 'hex');

const NAMESPACE_BYTES = NAMESPACE.length;
/** Holds the namespace and most names, so that none needs buffers of its own. */
const SCRATCH_BYTES = 1_024;
const scratch = Buffer.concat([NAMESPACE], SCRATCH_BYTES);
/** Of an octet that begins with the bits 10, the variant of RFC 9562. */
const VARIANTS = ['8', '9', 'a', 'b'];

/** A UUID of version 5 (RFC 9562 section 5.5) for a name, the same for ever. The parts must not contain U+0000. */
export function nameBasedId(...parts: readonly string[]): string {
  const hex = hash('sha1', namespaced(parts.join('\u0000')), 'hex');
  const variant = VARIANTS[Number.parseInt(hex.charAt(16), 16) & 3] ?? '';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function namespaced(name: string): Buffer {
  // A character of UTF-16 takes at most three bytes.
  if (name.length * 3 > SCRATCH_BYTES - NAMESPACE_BYTES) return Buffer.concat([NAMESPACE, Buffer.from(name)]);
  return scratch.subarray(0, NAMESPACE_BYTES + scratch.write(name, NAMESPACE_BYTES));
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
