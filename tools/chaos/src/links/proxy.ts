import { connect, createServer, type Server, type Socket } from 'node:net';
import { LOOPBACK } from '@handoff/engines';
import type { LinkState } from './link-state.js';
import { ProduceRequests } from './produce-requests.js';

export interface ProxyPlan {
  readonly targetPort: () => number;
  /** The link that a connection belongs to, by the first bytes of its client; `null`: one that is left in peace. */
  readonly linkOf: (firstBytes: Buffer) => LinkState | null;
  /** Of Kafka only answers to requests that write are lost; of others every answer. */
  readonly speaksKafka?: boolean;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  readonly link: LinkState | null;
  readonly requests: ProduceRequests;
}

/** Of PostgreSQL and HTTP every so many-th answer is lost: were it each, hardly anything would happen whose answer counts. */
const ONE_ANSWER_LOST_IN = 4;

/** A way to a server on this machine, which can be cut, delayed, held up, or lose answers, for each client by itself. */
export class Proxy {
  private readonly pairs = new Set<Pair>();
  private readonly unidentified = new Set<Socket>();
  private answers = 0;

  private constructor(private readonly server: Server, private readonly plan: ProxyPlan) {}

  /** @param port 0: any that is free. */
  static async open(plan: ProxyPlan, port = 0): Promise<Proxy> {
    const server = createServer({ noDelay: true, pauseOnConnect: true });
    const proxy = new Proxy(server, plan);
    server.on('connection', (near) => proxy.welcome(near));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, LOOPBACK, resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Resets the open connections of a link. */
  reset(link: LinkState): void {
    for (const pair of this.pairs) if (pair.link === link) reset(pair);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const pair of this.pairs) reset(pair);
    for (const socket of this.unidentified) socket.destroy();
    await closed;
  }

  /** Nothing is known of a client before it speaks. */
  private welcome(near: Socket): void {
    this.unidentified.add(near);
    near.on('error', () => undefined);
    near.once('close', () => this.unidentified.delete(near));
    near.once('data', (first: Buffer) => {
      near.pause();
      this.unidentified.delete(near);
      this.join(near, first);
    });
    near.resume();
  }

  private join(near: Socket, first: Buffer): void {
    const link = this.plan.linkOf(first);
    if (link?.isCut === true) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: this.plan.targetPort(), host: LOOPBACK, noDelay: true });
    const pair: Pair = { near, far, link, requests: new ProduceRequests() };
    this.pairs.add(pair);
    far.on('error', () => undefined);
    for (const socket of [near, far]) {
      socket.once('close', () => {
        this.pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => void this.pass(pair, 'asked', chunk));
    far.on('data', (chunk: Buffer) => void this.pass(pair, 'answered', chunk));
    near.once('end', () => far.end());
    far.once('end', () => near.end());
    void this.pass(pair, 'asked', first);
  }

  /** One piece at a time in each direction, so that none overtakes another. */
  private async pass(pair: Pair, direction: 'asked' | 'answered', chunk: Buffer): Promise<void> {
    const { near, far, link } = pair;
    const [from, to] = direction === 'asked' ? [near, far] : [far, near];
    from.pause();
    await link?.passable();
    if (to.destroyed) return;
    if (link !== null && this.isLost(pair, direction, chunk, link)) return reset(pair);
    to.write(chunk, (error) => {
      if (error === undefined || error === null) from.resume();
    });
  }

  private isLost({ requests }: Pair, direction: 'asked' | 'answered', chunk: Buffer, link: LinkState): boolean {
    const isKafka = this.plan.speaksKafka === true;
    if (direction === 'asked') return isKafka && requests.beginsIn(chunk) && link.refusesWrites;
    if (!link.losesAnswers) return false;
    if (isKafka) return requests.isLatest;
    this.answers += 1;
    return this.answers % ONE_ANSWER_LOST_IN === 0;
  }
}

function reset({ near, far }: Pair): void {
  near.resetAndDestroy();
  far.resetAndDestroy();
}
