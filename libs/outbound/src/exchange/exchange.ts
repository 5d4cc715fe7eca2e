import type { Dispatcher } from 'undici';
import type { Answer } from '../outbound.js';
import type { StopReason } from './failure.decision.js';

export interface ExchangeLimits {
  readonly timeoutMs: number;
  readonly bodyBytesMax: number;
  readonly signal: AbortSignal | undefined;
}

/** What happened to a request, before it is judged. */
export interface Exchanged {
  /** `null`: the answer came to its end. */
  readonly ended: StopReason | Error | null;
  /** The request was begun to be written to a connection. */
  readonly isSent: boolean;
  readonly head: Pick<Answer, 'status' | 'headers'> | null;
  readonly chunks: readonly Buffer[];
}

const STOPPED = new Error('stopped');

/**
 * One request on its connection. It takes the answer from undici as it comes, without a stream or an abort signal of its own in
 * between, and keeps what it needs to tell whether the server may have got the request.
 */
class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null;
  private head: Exchanged['head'] = null;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private isOver = false;
  private readonly timer: NodeJS.Timeout;
  private readonly cancel = (): void => this.stop('cancelled');

  constructor(private readonly limits: ExchangeLimits, private readonly done: (exchanged: Exchanged) => void) {
    this.timer = setTimeout(() => this.stop('timeout'), limits.timeoutMs);
    if (limits.signal?.aborted === true) this.stop('cancelled');
    else limits.signal?.addEventListener('abort', this.cancel);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It may have waited for a connection until after its time.
    if (this.isOver) controller.abort(STOPPED);
    else this.controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Answer['headers']): void {
    if (status >= 200) this.head = { status, headers };
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isOver) return;
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes > this.limits.bodyBytesMax) this.stop('too-large');
  }

  onResponseEnd(): void {
    this.end(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.end(error);
  }

  private stop(reason: StopReason): void {
    this.end(reason);
    this.controller?.abort(STOPPED);
  }

  private end(ended: Exchanged['ended']): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    this.limits.signal?.removeEventListener('abort', this.cancel);
    this.done({ ended, isSent: this.controller !== null, head: this.head, chunks: this.chunks });
  }
}

/** Never rejects. */
export function exchange(dispatcher: Dispatcher, request: Dispatcher.DispatchOptions, limits: ExchangeLimits): Promise<Exchanged> {
  return new Promise((resolve) => dispatcher.dispatch(request, new Exchange(limits, resolve)));
}
