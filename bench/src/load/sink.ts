// A receiver of webhooks, as a process: it answers 204 and keeps when which ticket arrived.
import { createServer } from 'node:net';
import { answer, sayReady } from '../process/answering.js';
import { HttpMessages } from './http-messages.js';
import { monotonicMs } from './monotonic.js';
import { numberIn } from './tickets.js';

/** What came to the sink. */
export interface Arrivals {
  readonly port: number;
}

const ANSWER = Buffer.from('HTTP/1.1 204 No Content\r\n\r\n');
const NUMBERS_MAX = 2_000_000;

/** By ticket number, 0 where it has not arrived. */
const arrivedAtMs = new Float64Array(NUMBERS_MAX);
/** In the order of arrival. */
let times: number[] = [];
let repeated = 0;

const server = createServer({ noDelay: true }, (socket) => {
  const messages = new HttpMessages(({ body }) => {
    take(numberIn(body.toString('latin1')));
    socket.write(ANSWER);
  });
  socket.on('data', (chunk) => messages.push(chunk));
  socket.on('error', () => socket.destroy());
});

answer({
  count: (): number => times.length,
  /** When each arrived, in the order of arrival, and how many came more than once. */
  times: (): { readonly times: Float64Array; readonly repeated: number } => ({ times: Float64Array.from(times), repeated }),
  /** When each of the tickets from 0 to `count` - 1 arrived; 0: it did not. */
  byNumber: (count: number): Float64Array => arrivedAtMs.slice(0, count),
  reset: () => {
    arrivedAtMs.fill(0);
    times = [];
    repeated = 0;
  },
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  sayReady({ port: typeof address === 'object' && address !== null ? address.port : 0 } satisfies Arrivals);
});

function take(number: number): void {
  if (number >= 0 && arrivedAtMs[number] !== 0) {
    repeated += 1;
    return;
  }
  const nowMs = monotonicMs();
  if (number >= 0) arrivedAtMs[number] = nowMs;
  times.push(nowMs);
}
