// Receivers of webhooks that are sick, as a process: one hangs, one fails, one is throttled, one resets its connections, until they recover.
import { createServer, type ServerResponse } from 'node:http';
import { answer, sayReady } from '../process/answering.js';
import type { SICK_PATHS } from './sick-paths.js';
import type { Arrivals } from './sink.js';
import { numberIn } from './tickets.js';

/** What each answers while it is sick. */
const SICK: Readonly<Record<(typeof SICK_PATHS)[number], (response: ServerResponse) => void>> = {
  hangs: () => undefined,
  fails: (response) => void response.writeHead(500).end(),
  throttled: (response) => void response.writeHead(429, { 'retry-after': '2' }).end(),
  resets: (response) => response.socket?.resetAndDestroy(),
};

const taken = new Map<number, number>();
let isSick = true;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const path = request.url?.split('/')[1] ?? '';
    if (isSick && path in SICK) return SICK[path as keyof typeof SICK](response);
    const number = numberIn(Buffer.concat(chunks).toString('latin1'));
    taken.set(number, (taken.get(number) ?? 0) + 1);
    response.writeHead(204).end();
  });
});

answer({
  recover: () => {
    isSick = false;
  },
  /** How many were taken. */
  count: (): number => taken.size,
  /** How many were taken more than once. */
  repeated: (): number => [...taken.values()].filter((times) => times > 1).length,
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  sayReady({ port: typeof address === 'object' && address !== null ? address.port : 0 } satisfies Arrivals);
});
