import { GuardedOutbound } from '../guarded.outbound.js';
import { NOTHING_ALLOWED } from '../destination/allow-list.js';
import type { Lane, OutboundRequest, Outcome } from '../outbound.js';
import { openHttpServer, type Respond, type TestServer } from '../test-servers/servers.fixture.js';
import { CIRCUIT_RULES } from './circuit.decision.js';
import type { CircuitChange } from './open-lane.js';
import { PacedOutbound, type Sleep } from './paced.outbound.js';

const START_MS = Date.parse('2026-11-02T08:00:00.000Z');
const LANE: Lane = { name: 'desk/contoso' };

/** A server and a client before it, with a clock that moves when told and while the client sleeps. */
class Desk {
  nowMs = START_MS;
  respond: Respond = (response) => response.end();
  readonly changes: CircuitChange[] = [];
  readonly slept: number[] = [];
  private constructor(readonly server: TestServer, private readonly guarded: GuardedOutbound, readonly paced: PacedOutbound) {}

  static async open(sleeping?: Sleep): Promise<Desk> {
    const server = await openHttpServer((response, request) => desk.respond(response, request));
    const guarded = new GuardedOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1' });
    const sleep: Sleep = sleeping ?? ((ms, signal) => {
      if (signal?.aborted !== true) desk.nowMs += ms;
      desk.slept.push(ms);
      return Promise.resolve();
    });
    const paced = new PacedOutbound(guarded, { circuit: { ...CIRCUIT_RULES, failuresInRow: 3, openMs: 10_000 }, waitMsMax: 5_000, now: () => new Date(desk.nowMs), sleep, onCircuitChange: (change) => desk.changes.push(change) });
    const desk = new Desk(server, guarded, paced);
    return desk;
  }

  call(request: Partial<OutboundRequest> = {}): Promise<Outcome> {
    return this.paced.call({ method: 'GET', url: this.server.url, lane: LANE, ...request });
  }

  async close(): Promise<void> {
    await this.guarded.close();
    await this.server.close();
  }
}

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => desk.close());

describe('a server that fails', () => {
  it('is left alone after three failures, probed once, and called again when it is well', async () => {
    desk.respond = (response) => response.writeHead(500).end();
    for (let nth = 0; nth < 3; nth += 1) expect(await desk.call()).toMatchObject({ kind: 'answered', answer: { status: 500 } });
    expect(await desk.call()).toMatchObject({ kind: 'held-back', arrived: 'no', retryAfterMs: 10_000, host: desk.server.url.slice('http://'.length) });
    expect(desk.server.received).toHaveLength(3);

    desk.nowMs += 10_000;
    let answer: () => void = () => undefined;
    desk.respond = (response) => {
      answer = () => response.end();
    };
    const probe = desk.call();
    expect(await desk.call()).toMatchObject({ kind: 'held-back' });
    while (desk.server.received.length < 4) await new Promise((resolve) => setImmediate(resolve));
    answer();
    expect(await probe).toMatchObject({ kind: 'answered' });
    desk.respond = (response) => response.end();
    expect(await desk.call()).toMatchObject({ kind: 'answered' });
    expect(desk.changes.map(({ from, to }) => `${from} to ${to}`)).toEqual(['closed to open', 'open to half-open', 'half-open to closed']);
  });

  it('is not waited for in line', async () => {
    let answer: () => void = () => undefined;
    desk.respond = (response, { path }) => {
      if (path === '/slow') answer = () => response.end();
      else response.writeHead(500).end();
    };
    const slow = desk.call({ url: `${desk.server.url}/slow` });
    for (let nth = 0; nth < 3; nth += 1) await desk.call();
    expect(await desk.call({ lane: { ...LANE, concurrentMax: 1 } })).toMatchObject({ kind: 'held-back', retryAfterMs: 10_000 });
    expect(desk.slept).toEqual([]);
    while (desk.server.received.length < 4) await new Promise((resolve) => setImmediate(resolve));
    answer();
    expect(await slow).toMatchObject({ kind: 'answered' });
  });

  it('does not shut the lane of another', async () => {
    desk.respond = (response, { path }) => (path === '/bad' ? response.socket?.destroy() : response.end());
    for (let nth = 0; nth < 3; nth += 1) expect(await desk.call({ url: `${desk.server.url}/bad` })).toMatchObject({ kind: 'reset' });
    expect(await desk.call({ lane: { name: 'desk/fabrikam' } })).toMatchObject({ kind: 'answered' });
    expect(desk.paced.states()).toMatchObject([{ name: 'desk/contoso', circuit: 'open', underWay: 0 }, { name: 'desk/fabrikam', circuit: 'closed' }]);
  });

  it('is known by its origin where no lane is named', async () => {
    await desk.paced.call({ method: 'GET', url: `${desk.server.url}/a?secret=1` });
    expect(desk.paced.states().map(({ name }) => name)).toEqual([desk.server.url]);
  });

  it('is not one that refuses, or whose caller gives up', async () => {
    desk.respond = (response) => response.writeHead(404).end();
    for (let nth = 0; nth < 9; nth += 1) await desk.call();
    for (let nth = 0; nth < 9; nth += 1) await desk.call({ signal: AbortSignal.abort() });
    for (let nth = 0; nth < 9; nth += 1) await desk.call({ url: 'ftp://contoso.example/' });
    expect(desk.changes).toEqual([]);
  });
});

describe('the pace of calls', () => {
  it('is what the lane allows', async () => {
    const outcomes = [];
    for (let nth = 0; nth < 4; nth += 1) outcomes.push(await desk.call({ lane: { ...LANE, requestsASecondMax: 2 } }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered', 'answered']);
    expect(desk.slept).toEqual([500, 500, 500]);
  });

  it('holds a call back that would wait too long, and charges nothing for it', async () => {
    const slow = { lane: { ...LANE, requestsASecondMax: 0.1 } };
    expect(await desk.call(slow)).toMatchObject({ kind: 'answered' });
    for (let nth = 0; nth < 5; nth += 1) expect(await desk.call(slow)).toMatchObject({ kind: 'held-back', arrived: 'no', retryAfterMs: 10_000 });
    desk.nowMs += 10_000;
    expect(await desk.call(slow)).toMatchObject({ kind: 'answered' });
    expect(desk.server.received).toHaveLength(2);
  });

  it('follows a limit that was changed', async () => {
    await desk.call({ lane: { ...LANE, requestsASecondMax: 0.1 } });
    desk.nowMs += 10_000;
    await desk.call({ lane: { ...LANE, requestsASecondMax: 10 } });
    await desk.call({ lane: { ...LANE, requestsASecondMax: 10 } });
    expect(desk.slept).toEqual([100]);
  });

  it('rests for as long as the server asks, and tells callers who cannot wait', async () => {
    desk.respond = (response) => response.writeHead(429, { 'retry-after': '60' }).end();
    expect(await desk.call()).toMatchObject({ kind: 'answered', answer: { status: 429 } });
    expect(await desk.call()).toMatchObject({ kind: 'held-back', retryAfterMs: 60_000 });
    desk.nowMs += 57_000;
    desk.respond = (response) => response.end();
    expect(await desk.call()).toMatchObject({ kind: 'answered', answer: { status: 200 } });
    expect(desk.slept).toEqual([3_000]);
  });

  it('waits no longer than the call itself may take', async () => {
    desk.respond = (response) => response.writeHead(429, { 'retry-after': '3' }).end();
    await desk.call();
    expect(await desk.call({ timeoutMs: 2_000 })).toMatchObject({ kind: 'held-back', retryAfterMs: 3_000 });
  });
});

describe('calls at once', () => {
  const two: Partial<OutboundRequest> = { lane: { ...LANE, concurrentMax: 2 } };
  const received = async (count: number): Promise<void> => {
    while (desk.server.received.length < count) await new Promise((resolve) => setImmediate(resolve));
  };

  it('are no more than the lane allows; others go in their order', async () => {
    await desk.close();
    // Nobody's patience ends before a place is free.
    desk = await Desk.open((_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())));
    const open: (() => void)[] = [];
    desk.respond = (response) => open.push(() => response.end());
    const calls = [1, 2, 3, 4].map((nth) => desk.call({ ...two, url: `${desk.server.url}/${nth}` }));
    await received(2);
    expect(desk.paced.states()).toMatchObject([{ underWay: 2, waiting: 2 }]);
    open[0]?.();
    await calls[0];
    await received(3);
    open[1]?.();
    open[2]?.();
    await received(4);
    open[3]?.();
    await Promise.all(calls);
    expect(desk.server.received.map(({ path }) => path)).toEqual(['/1', '/2', '/3', '/4']);
    expect(desk.paced.states()).toMatchObject([{ underWay: 0, waiting: 0 }]);
  });

  it('hold back who would wait too long, and forget who gave up', async () => {
    const open: (() => void)[] = [];
    desk.respond = (response) => open.push(() => response.end());
    const calls = [desk.call(two), desk.call(two)];
    await received(2);
    // The clock of this desk lets a wait be over at once.
    expect(await desk.call(two)).toMatchObject({ kind: 'held-back', retryAfterMs: 1_000 });
    expect(await desk.call({ ...two, signal: AbortSignal.abort() })).toMatchObject({ kind: 'cancelled', arrived: 'no' });
    expect(desk.paced.states()).toMatchObject([{ underWay: 2, waiting: 0 }]);
    for (const answer of open) answer();
    await Promise.all(calls);
    expect(desk.server.received).toHaveLength(2);
  });
});
