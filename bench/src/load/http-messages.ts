/** One HTTP/1.1 message: first line with headers, and its body. */
export interface HttpMessage {
  readonly head: string;
  readonly body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i;
const NOTHING = Buffer.alloc(0);

/**
 * Finds messages in the bytes of a connection. Load and sink use this instead of an HTTP library, because what they need of the
 * machine is taken from what is measured. It knows Content-Length alone.
 */
export class HttpMessages {
  private pending: Buffer = NOTHING;

  constructor(private readonly onMessage: (message: HttpMessage) => void) {}

  push(chunk: Buffer): void {
    let rest = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    for (;;) {
      const endOfHead = rest.indexOf(END_OF_HEAD);
      if (endOfHead < 0) break;
      const head = rest.toString('latin1', 0, endOfHead);
      const bodyAt = endOfHead + END_OF_HEAD.length;
      const end = bodyAt + Number(CONTENT_LENGTH.exec(head)?.[1] ?? 0);
      if (rest.length < end) break;
      this.onMessage({ head, body: rest.subarray(bodyAt, end) });
      rest = rest.subarray(end);
    }
    this.pending = rest.length === 0 ? NOTHING : rest;
  }
}
