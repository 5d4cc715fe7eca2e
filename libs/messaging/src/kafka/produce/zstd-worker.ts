// A thread that compresses, and what it does, which whoever has little to compress does by himself. It is started as a file of its own: it must
// import nothing of ours.
import { parentPort } from 'node:worker_threads';
import { constants, zstdCompressSync } from 'node:zlib';

/** Pieces in one buffer, one behind the other. */
export interface Pieces {
  readonly bytes: Uint8Array;
  /** Where each ends. */
  readonly ends: readonly number[];
}

/** Of the few records that a partition gets at a time, a higher level makes no less, and takes longer. */
const FAST = { [constants.ZSTD_c_compressionLevel]: 1 };

/** Each piece as a frame of zstd of its own. */
export function compressed({ bytes, ends }: Pieces): Pieces {
  const frames = ends.map((end, index) => {
    const piece = bytes.subarray(ends[index - 1] ?? 0, end);
    return zstdCompressSync(piece, { pledgedSrcSize: piece.length, params: FAST });
  });
  // Not out of the pool of small buffers, which cannot be handed to another thread.
  const all = new Uint8Array(frames.reduce((length, frame) => length + frame.length, 0));
  let at = 0;
  const ended = frames.map((frame) => {
    all.set(frame, at);
    at += frame.length;
    return at;
  });
  return { bytes: all, ends: ended };
}

export interface Asked extends Pieces {
  readonly id: number;
}

const port = parentPort;
port?.on('message', ({ id, bytes, ends }: Asked) => {
  const answer: Asked = { id, ...compressed({ bytes, ends }) };
  port.postMessage(answer, [answer.bytes.buffer as ArrayBuffer]);
});
