import { randomFillSync } from 'node:crypto';

const VERSION_00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const TRACE_ID_BYTES = 16;
const PARENT_ID_BYTES = 8;

/** A stock of random bytes: asking for a few each time costs more than verifying a signature. */
const stock = Buffer.alloc(12_288);
let used = stock.length;

function randomHex(bytes: number): string {
  if (used + bytes > stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  used += bytes;
  return stock.toString('hex', used - bytes, used);
}

/** The W3C trace context that came with a request, when it is valid; else the beginning of a new trace. */
export function traceParentOf(header: unknown): string {
  if (typeof header === 'string' && VERSION_00.test(header)) return header;
  return `00-${randomHex(TRACE_ID_BYTES)}-${randomHex(PARENT_ID_BYTES)}-01`;
}
