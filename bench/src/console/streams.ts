import { Agent, get, type IncomingMessage } from 'node:http';
import { eventually, LOOPBACK } from '@handoff/engines';
import { monotonicMs } from '../load/monotonic.js';
import type { Asked } from './asked.js';

/** Many who follow what changes, as browsers do. */
export class Streams {
  private readonly agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  private readonly heard: Map<string, number>[] = [];
  private readonly open: IncomingMessage[] = [];

  static async follow({ port, token }: Asked, count: number): Promise<Streams> {
    const streams = new Streams();
    for (let n = 0; n < count; n += 1) streams.open.push(await streams.one(port, token));
    return streams;
  }

  /** Waits until each has heard of every one of these tickets. @returns when the last did, by ticket, on the clock of this process. */
  async untilAllHeard(ticketIds: readonly string[]): Promise<readonly number[]> {
    const done = await eventually(() => Promise.resolve(this.missing(ticketIds) === 0 ? true : undefined), { timeoutMs: 30_000, intervalMs: 50 });
    if (done !== true) throw new Error(`Of ${ticketIds.length * this.heard.length} changes ${this.missing(ticketIds)} were not heard.`);
    return ticketIds.map((ticketId) => Math.max(...this.heard.map((of) => of.get(ticketId) ?? 0)));
  }

  close(): void {
    for (const stream of this.open) stream.destroy();
    this.agent.destroy();
  }

  private missing(ticketIds: readonly string[]): number {
    return this.heard.reduce((sum, of) => sum + ticketIds.filter((ticketId) => !of.has(ticketId)).length, 0);
  }

  private async one(port: number, token: string): Promise<IncomingMessage> {
    const of = new Map<string, number>();
    this.heard.push(of);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ host: LOOPBACK, port, path: '/api/live', agent: this.agent, headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' } }, resolve).once('error', reject);
    });
    if (response.statusCode !== 200) throw new Error(`A stream was answered with ${response.statusCode}.`);
    response.setEncoding('utf8');
    let rest = '';
    response.on('data', (text: string) => {
      rest += text;
      const end = rest.lastIndexOf('\n\n');
      if (end < 0) return;
      const atMs = monotonicMs();
      for (const [, ticketId = ''] of rest.slice(0, end).matchAll(/"ticketId":"([^"]+)"/g)) if (!of.has(ticketId)) of.set(ticketId, atMs);
      rest = rest.slice(end + 2);
    });
    // Destroyed by us, or with the console, which is noticed by what is missing.
    response.on('error', () => undefined);
    return response;
  }
}
