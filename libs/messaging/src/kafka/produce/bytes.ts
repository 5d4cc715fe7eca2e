const SIZE_AT_FIRST = 65_536;
/** Up to this length a loop is faster than a call into native code. */
const SHORT_CHARS_MAX = 63;

/** A buffer that grows as it is written, with the forms of Kafka's protocol. Numbers are big-endian. */
export class Bytes {
  private buffer = Buffer.allocUnsafe(SIZE_AT_FIRST);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** What was written from there on; it is overwritten after the next `clear`. */
  from(start: number): Buffer {
    return this.buffer.subarray(start, this.length);
  }

  copy(): Buffer {
    return Buffer.from(this.from(0));
  }

  int8(value: number): void {
    this.reserve(1);
    this.buffer[this.length] = value;
    this.length += 1;
  }

  int16(value: number): void {
    this.reserve(2);
    this.length = this.buffer.writeInt16BE(value, this.length);
  }

  int32(value: number): void {
    this.reserve(4);
    this.length = this.buffer.writeInt32BE(value, this.length);
  }

  uint32(value: number): void {
    this.reserve(4);
    this.length = this.buffer.writeUInt32BE(value, this.length);
  }

  int64(value: bigint): void {
    this.reserve(8);
    this.length = this.buffer.writeBigInt64BE(value, this.length);
  }

  /** Writes into what was left out before. */
  patchInt32(at: number, value: number): void {
    this.buffer.writeInt32BE(value, at);
  }

  patchUint32(at: number, value: number): void {
    this.buffer.writeUInt32BE(value, at);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A text with its length in 16 bits before it; `null` is the length -1. */
  string(text: string | null): void {
    if (text === null) return this.int16(-1);
    const bytes = Buffer.byteLength(text);
    this.int16(bytes);
    this.utf8(text, bytes);
  }

  /** Zigzag, 7 bits a byte, for numbers of 32 bits. */
  varint(value: number): void {
    this.reserve(5);
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 0x7f) {
      this.buffer[this.length] = (rest & 0x7f) | 0x80;
      this.length += 1;
      rest >>>= 7;
    }
    this.buffer[this.length] = rest;
    this.length += 1;
  }

  /** Text or bytes with their length as varint before them; `null` is the length -1. */
  varbytes(value: string | Uint8Array | null): void {
    if (value === null) return this.varint(-1);
    if (typeof value !== 'string') {
      this.varint(value.length);
      return this.raw(value);
    }
    if (value.length <= SHORT_CHARS_MAX && this.shortAscii(value)) return;
    const bytes = Buffer.byteLength(value);
    this.varint(bytes);
    this.utf8(value, bytes);
  }

  /** Puts the length of what was written from `start` on before it, as varint. */
  prefixLength(start: number): void {
    const size = this.length - start;
    this.varint(size);
    const prefixBytes = this.length - start - size;
    const prefix = Uint8Array.prototype.slice.call(this.buffer, this.length - prefixBytes, this.length);
    this.buffer.copyWithin(start + prefixBytes, start, start + size);
    this.buffer.set(prefix, start);
  }

  private shortAscii(text: string): boolean {
    this.reserve(text.length + 1);
    const { buffer, length } = this;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      buffer[length + 1 + index] = code;
    }
    buffer[length] = text.length << 1;
    this.length += text.length + 1;
    return true;
  }

  private utf8(text: string, bytes: number): void {
    this.reserve(bytes);
    this.buffer.write(text, this.length, bytes, 'utf8');
    this.length += bytes;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }
}
