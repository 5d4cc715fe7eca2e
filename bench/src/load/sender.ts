// Posts signed webhooks over many keep-alive connections, as a process.
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { answer, sayReady } from '../process/answering.js';
import { directory } from './directory.js';
import { HttpMessages } from './http-messages.js';
import { monotonicMs } from './monotonic.js';
import { ticketsOf } from './tickets.js';
import { Webhooks } from './webhooks.js';

export interface Preparation {
  readonly port: number;
  readonly secret: string;
  /** How many webhooks there are to send; each is about a ticket of its own. */
  readonly count: number;
  readonly connections: number;
}

/** As fast as the answers come, until so many were sent or the time is up. */
export interface Press {
  readonly countMax: number;
  readonly msMax: number;
}

/** So many a second, whatever the answers do. */
export interface Pace {
  readonly perSecond: number;
  readonly count: number;
}

export interface Sent {
  /** How many were answered 202, since the preparation. */
  readonly acceptedInAll: number;
  /** How many were answered otherwise, by status, since the preparation. */
  readonly refused: Readonly<Record<string, number>>;
  /** Accepted by this, and by the second. */
  readonly accepted: number;
  readonly perSecond: number;
  /** From writing a request to its answer. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** No webhook is left to send. */
  readonly ranOut: boolean;
}

let webhooks: Webhooks;
let port = 0;
let connections: Connection[] = [];
/** By number, 0 where it was not accepted. */
let acceptedAtMs = new Float64Array(0);
let sentAtMs = new Float64Array(0);
let refused: Record<string, number> = {};
let accepted = 0;
let next = 0;

/** One connection with at most one request under way. */
class Connection {
  private number = 0;
  private done: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    const messages = new HttpMessages(({ head }) => {
      this.answered(head.slice(9, 12));
    });
    socket.on('data', (chunk) => messages.push(chunk));
    socket.on('error', (error) => this.answered(`broken: ${error.message}`));
  }

  static open(): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('connect', () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  send(number: number, done: () => void): void {
    this.number = number;
    this.done = done;
    sentAtMs[number] = monotonicMs();
    this.socket.write(webhooks.request(number));
  }

  close(): void {
    this.socket.destroy();
  }

  private answered(status: string): void {
    if (status === '202') {
      accepted += 1;
      acceptedAtMs[this.number] = monotonicMs();
    } else {
      refused[status] = (refused[status] ?? 0) + 1;
    }
    this.done();
  }
}

answer({ prepare, press, pace, acceptedAt: () => acceptedAtMs });
sayReady();

async function prepare(preparation: Preparation): Promise<void> {
  const ticketOf = ticketsOf(directory());
  webhooks = new Webhooks({ secret: preparation.secret, count: preparation.count, ticketOf });
  port = preparation.port;
  acceptedAtMs = new Float64Array(preparation.count);
  sentAtMs = new Float64Array(preparation.count);
  refused = {};
  accepted = 0;
  next = 0;
  for (const connection of connections) connection.close();
  connections = await Promise.all(Array.from({ length: preparation.connections }, () => Connection.open()));
}

async function press({ countMax, msMax }: Press): Promise<Sent> {
  const beginsAtMs = monotonicMs();
  const last = Math.min(next + countMax, webhooks.count);
  const goOn = (): boolean => next < last && monotonicMs() < beginsAtMs + msMax;
  await Promise.all(connections.map((connection) => new Promise<void>((resolve) => {
    const sendNext = (): void => {
      if (!goOn()) return resolve();
      next += 1;
      connection.send(next - 1, sendNext);
    };
    sendNext();
  })));
  return sent(beginsAtMs, monotonicMs());
}

async function pace({ perSecond, count }: Pace): Promise<Sent> {
  const beginsAtMs = monotonicMs();
  const free = [...connections];
  const first = next;
  const last = Math.min(first + count, webhooks.count);
  while (next < last) {
    const due = Math.min(last, first + Math.floor(((monotonicMs() - beginsAtMs) * perSecond) / 1_000) + 1);
    while (next < due) {
      const connection = free.pop();
      if (connection === undefined) break;
      next += 1;
      connection.send(next - 1, () => free.push(connection));
    }
    await delay(1);
  }
  while (free.length < connections.length) await delay(1);
  return sent(beginsAtMs, monotonicMs());
}

function sent(fromMs: number, toMs: number): Sent {
  const latencies: number[] = [];
  for (const [number, at] of acceptedAtMs.entries()) if (at > fromMs && at <= toMs) latencies.push(at - (sentAtMs[number] ?? 0));
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { acceptedInAll: accepted, refused, accepted: latencies.length, perSecond: (latencies.length / (toMs - fromMs)) * 1_000, p50Ms: at(0.5), p99Ms: at(0.99), ranOut: next >= webhooks.count };
}
