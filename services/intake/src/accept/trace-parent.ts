import { randomUUID } from 'node:crypto';

const VERSION_00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The W3C trace context that came with a request, when it is valid; else the beginning of a new trace. */
export function traceParentOf(header: unknown): string {
  if (typeof header === 'string' && VERSION_00.test(header)) return header;
  // UUIDs come from a stock of random bytes; asking for bytes each time costs more than verifying a signature.
  return `00-${randomUUID().replaceAll('-', '')}-${randomUUID().replaceAll('-', '').slice(0, 16)}-01`;
}
