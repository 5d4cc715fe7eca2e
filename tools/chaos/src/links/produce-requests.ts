const SIZE_BYTES = 4;
const HEAD_BYTES = 6;
const PRODUCE = 0;

/** Follows the requests on a connection to Kafka, and says which pieces of it hold the beginning of one to write. */
export class ProduceRequests {
  private head = Buffer.alloc(0);
  /** Bytes of the request at hand that are still to come. */
  private left = 0;
  /** Whether the latest request was one to write. */
  isLatest = false;

  /** Whether a request to write begins in this piece. */
  beginsIn(chunk: Buffer): boolean {
    let begins = false;
    for (let at = 0; at < chunk.length; ) {
      if (this.left > 0) {
        const passed = Math.min(this.left, chunk.length - at);
        this.left -= passed;
        at += passed;
        continue;
      }
      const taken = chunk.subarray(at, at + HEAD_BYTES - this.head.length);
      this.head = Buffer.concat([this.head, taken]);
      at += taken.length;
      if (this.head.length < HEAD_BYTES) break;
      this.left = this.head.readInt32BE(0) + SIZE_BYTES - HEAD_BYTES;
      this.isLatest = this.head.readInt16BE(SIZE_BYTES) === PRODUCE;
      begins ||= this.isLatest;
      this.head = Buffer.alloc(0);
    }
    return begins;
  }
}
