import { randomBytes } from 'node:crypto';

const VERSION_00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The W3C trace context that came with a request, when it is valid; else the beginning of a new trace. */
export function traceParentOf(header: unknown): string {
  if (typeof header === 'string' && VERSION_00.test(header)) return header;
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
