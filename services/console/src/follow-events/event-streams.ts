import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gauge, Problem } from '@handoff/platform';
import type { FastifyReply } from 'fastify';
import type { LogBatch } from './log-batch.js';
import { type LogTail, TailBroken } from './log-tail.js';

/** Streams that are open at once; each takes a connection, of which others need some too. */
const STREAMS_MAX = 1_000;
/** Who takes nothing for so long is dropped, and comes back with the id of what he had. */
const STALL_MS_MAX = 30_000;
const HEARTBEAT_INTERVAL_MS = 15_000;
/** Around these many ms a browser waits before it comes back; not all at once after a restart. */
const RETRY_MS = 2_000;
const RETRY_AFTER_SECONDS = 5;

const openStreams = gauge('handoff_event_streams', 'Streams of events that are open: changes for pages, events for integrators', ['kind']);

export interface StreamPlan {
  readonly kind: 'changes' | 'events';
  /** What is sent first, as a `resync`. */
  readonly preface?: string;
  /** Position behind which it begins. */
  readonly position: bigint;
  /** `null` where a batch has nothing for this stream. */
  readonly frameOf: (batch: LogBatch) => Buffer | string | null;
  readonly heartbeatAt: (position: bigint) => string;
}

class ReaderStalled extends Error {}

interface OpenStream {
  readonly end: () => void;
  /** Of the session that it was opened in; `null`: by the bearer token. */
  readonly sessionHash: Buffer | null;
}

/** Server-sent events to all who follow. What a stream has sent, its reader has taken: nothing is kept for the slow. */
export class EventStreams {
  private readonly open = new Set<OpenStream>();
  private isClosing = false;

  constructor(private readonly tail: LogTail, private readonly onError: (error: unknown) => void, private readonly stallMsMax = STALL_MS_MAX) {}

  get size(): number {
    return this.open.size;
  }

  /**
   * Answers with a stream until its reader goes away. Whatever `plan` refuses is answered as a status.
   * @param plan gets the position of the last event.
   * @throws Problem 503 `too-many-streams`
   */
  async serve(reply: FastifyReply, sessionHash: Buffer | null, plan: (last: bigint) => Promise<StreamPlan> | StreamPlan): Promise<void> {
    if (this.isClosing || this.open.size >= STREAMS_MAX) throw new Problem(503, 'too-many-streams', `There are ${this.open.size} streams of events open, and ${STREAMS_MAX} may be.`, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    const gone = new AbortController();
    const stream: OpenStream = { sessionHash, end: () => gone.abort() };
    reply.raw.once('close', stream.end);
    if (reply.raw.destroyed) stream.end();
    this.open.add(stream);
    try {
      const planned = await plan(await this.tail.follow(gone.signal));
      openStreams.inc({ kind: planned.kind });
      await this.send(reply, planned, gone.signal).finally(() => openStreams.dec({ kind: planned.kind }));
    } finally {
      this.open.delete(stream);
      gone.abort();
      reply.raw.off('close', stream.end);
    }
  }

  /** Ends the streams of sessions that do not hold any more. */
  async endWithout(holding: (hashes: readonly Buffer[]) => Promise<readonly { readonly hash: Buffer }[]>): Promise<void> {
    const asked = [...this.open].flatMap(({ sessionHash }) => sessionHash ?? []);
    if (asked.length === 0) return;
    const held = new Set((await holding(asked)).map(({ hash }) => hash.toString('hex')));
    for (const { sessionHash, end } of this.open) if (sessionHash !== null && asked.includes(sessionHash) && !held.has(sessionHash.toString('hex'))) end();
  }

  /** Ends all, so that the server can close. */
  close(): void {
    this.isClosing = true;
    for (const { end } of this.open) end();
  }

  private async send(reply: FastifyReply, { preface = '', position: from, frameOf, heartbeatAt }: StreamPlan, gone: AbortSignal): Promise<void> {
    const { raw } = reply.hijack();
    // A connection that a stream has ended on would be kept for another request, and hold up a server that closes.
    raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' });
    let position = from;
    let saidAtMs = Date.now();
    try {
      await this.write(raw, `retry: ${Math.round(RETRY_MS * (0.5 + Math.random()))}\n\n${preface}${heartbeatAt(position)}`, gone);
      while (!gone.aborted) {
        const batch = await this.tail.next(position, gone);
        if (gone.aborted) break;
        position = batch?.upTo ?? position;
        const frame = batch === null ? null : frameOf(batch);
        if (frame === null && batch !== null && Date.now() - saidAtMs < HEARTBEAT_INTERVAL_MS) continue;
        await this.write(raw, frame ?? heartbeatAt(position), gone);
        saidAtMs = Date.now();
      }
    } catch (error) {
      // The status is said already: the reader comes back, and is told what is wrong by the next one.
      if (!(error instanceof TailBroken || error instanceof ReaderStalled || gone.aborted)) this.onError(error);
    }
    raw.end();
  }

  private async write(raw: ServerResponse, frame: Buffer | string, gone: AbortSignal): Promise<void> {
    if (raw.write(frame)) return;
    const stall = AbortSignal.timeout(this.stallMsMax);
    await once(raw, 'drain', { signal: AbortSignal.any([gone, stall]) }).catch((error: unknown) => {
      if (!stall.aborted) throw error;
      // What is in its buffers would wait for ever.
      raw.destroy();
      throw new ReaderStalled();
    });
  }
}
