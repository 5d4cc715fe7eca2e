import { connect, createServer, type Server, type Socket } from 'node:net';

/** The way to an engine, which a test can cut or let hang, as a network does. */
export class TcpProxy {
  private mode: 'open' | 'cut' | 'hanging' = 'open';
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private lostWord: string | undefined;

  private constructor(private readonly server: Server) {}

  /** @param target host and port of the engine. */
  static async open(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server);
    server.on('connection', (near) => proxy.join(near, connect(target)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Connections break, and new ones are closed at once. */
  cut(): void {
    this.mode = 'cut';
    for (const sockets of this.pairs) for (const socket of sockets) socket.destroy();
  }

  /** Connections stay, new ones are taken, and nothing comes through. */
  hang(): void {
    this.mode = 'hanging';
    for (const sockets of this.pairs) for (const socket of sockets) socket.pause();
  }

  /** The next request with this word in it arrives, and its connection breaks in the place of the answer. */
  loseAnswerTo(word: string): void {
    this.lostWord = word;
  }

  restore(): void {
    this.mode = 'open';
    for (const sockets of this.pairs) for (const socket of sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket, far: Socket): void {
    const pair = [near, far] as const;
    this.pairs.add(pair);
    let losesAnswer = false;
    near.on('data', (chunk) => {
      if (this.lostWord !== undefined && chunk.includes(this.lostWord)) {
        this.lostWord = undefined;
        losesAnswer = true;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => (losesAnswer ? near.destroy() : near.write(chunk)));
    for (const [from, to] of [[near, far], [far, near]] as const) {
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        this.pairs.delete(pair);
      });
      if (this.mode === 'hanging') from.pause();
    }
    if (this.mode === 'cut') for (const socket of pair) socket.destroy();
  }
}
