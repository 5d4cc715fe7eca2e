import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Asked, compressed, type Pieces } from './zstd-worker.js';

/** Below this the way to another thread takes longer than compressing. */
const OFF_THREAD_BYTES_MIN = 32_768;
/** Built, or as a source, which Node can run as well since it needs only to leave the types out. */
const WORKER = new URL(`./zstd-worker${path.extname(import.meta.url)}`, import.meta.url);

/** Compresses much in a thread of its own, so that the one that answers requests does not stand still meanwhile, and little at once. */
export class Compressor {
  /** `null`: a thread failed, and there shall be no other. */
  private worker: Worker | null | undefined;
  private readonly waiting = new Map<number, PromiseWithResolvers<Pieces>>();
  private asked = 0;

  constructor(private readonly file: URL = WORKER) {}

  /**
   * @param pieces are read before this returns.
   * @throws what ended the thread; from then on everything is compressed at once.
   */
  compress(pieces: Pieces): Pieces | Promise<Pieces> {
    if (pieces.bytes.length < OFF_THREAD_BYTES_MIN) return compressed(pieces);
    this.worker ??= this.worker === null ? null : this.start();
    if (this.worker === null) return compressed(pieces);
    const bytes = new Uint8Array(pieces.bytes);
    const id = (this.asked += 1);
    const answer = Promise.withResolvers<Pieces>();
    this.waiting.set(id, answer);
    this.worker.postMessage({ id, bytes, ends: pieces.ends } satisfies Asked, [bytes.buffer]);
    return answer.promise;
  }

  /** Ends the thread; what it still had to do is rejected. */
  async close(): Promise<void> {
    const { worker } = this;
    this.giveUp(new Error('The compressor is closed.'));
    await worker?.terminate();
  }

  private start(): Worker {
    // What its process was started with, as a debugger's port, is not for it.
    const worker = new Worker(this.file, { execArgv: [] });
    // It must not keep a process alive that has nothing else to do.
    worker.unref();
    worker.on('message', ({ id, ...pieces }: Asked) => {
      this.waiting.get(id)?.resolve(pieces);
      this.waiting.delete(id);
    });
    worker.on('error', (error) => this.giveUp(error));
    worker.on('exit', () => this.giveUp(new Error('The thread that compresses has ended.')));
    return worker;
  }

  private giveUp(reason: unknown): void {
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
  }
}
