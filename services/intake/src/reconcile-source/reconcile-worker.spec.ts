import { type HandoffEvent, markText, nameBasedId, ticketIdOf } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import { ApiBusy, ApiRefused, type PollQuery, type ReadTicket, stateKey } from '../adapters/source-api.js';
import { standardWebhooksAdapter } from '../adapters/standard-webhooks/standard-webhooks.adapter.js';
import type { SourceCalls } from '../call-source-api/source-calls.js';
import { aSource } from '../sources/source.store.contract.js';
import { MemorySourceStore } from '../sources/source.store.memory.js';
import { MemoryTicketStateStore } from '../ticket-states/ticket-state.store.memory.js';
import { ReconcileSourceHandler } from './reconcile-source.handler.js';
import { ReconcileWorker } from './reconcile-worker.js';
import { MemoryReconciliationStore } from './reconciliation.store.memory.js';

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));

const START = Date.parse('2026-11-02T08:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();
const idOf = (externalId: string, seconds: number): string => nameBasedId('received', 'desk', stateKey(externalId, at(seconds)));

function aTicket(externalId: string, seconds: number, parts: Partial<ReadTicket> = {}): ReadTicket {
  return { externalId, externalUrl: null, change: 'updated', occurredAt: at(seconds), updatedAt: at(seconds), fields: { subject: 'Sign-in fails' }, payload: {}, ...parts };
}

/** A source that was created at the start, and its system. */
class World {
  now = new Date(START);
  tickets: ReadTicket[] = [];
  /** Thrown after so many tickets of a poll. */
  breaks: { after: number; error: Error } | null = null;
  /** Whether the system's address leads to it. */
  isThere = true;
  accept: (event: HandoffEvent) => Promise<{ duplicate: boolean }> = (event) => Promise.resolve({ duplicate: void this.told.push(event) !== undefined });
  readonly asked: string[] = [];
  readonly told: HandoffEvent[] = [];
  readonly sources = new MemorySourceStore();
  readonly states = new MemoryTicketStateStore(async (source) => ((await this.sources.find(source)) === null ? undefined : new Date(0)));
  readonly store = new MemoryReconciliationStore(this.sources);
  private readonly calls = { found: 0 };
  private readonly worker: ReconcileWorker;

  constructor() {
    const clock = { now: () => this.now };
    const api = { auth: ['bearer' as const], hosts: null, requestsPerSecondMax: 1, complete: () => Promise.resolve(null), updatedSince: (query: PollQuery) => this.changed(query) };
    // What makes the calls is not asked but for what it found: the adapter of this test reads without it.
    const calls = this.calls as SourceCalls;
    const handler = new ReconcileSourceHandler({
      sources: this.sources, apis: { of: ({ source }) => (source.api === null ? null : { source, adapter: standardWebhooksAdapter, api, calls }) }, acceptor: { accept: (event) => this.accept(event) }, states: this.states, installation: 'northwind', clock,
    });
    this.worker = new ReconcileWorker({ store: this.store, states: this.states, handler, clock, random: () => 0, log: { info: () => undefined, warn: () => undefined } });
  }

  async begin(): Promise<void> {
    await this.sources.add(aSource({ api: { baseUrl: 'https://api.example', auth: 'bearer' }, reconcileEverySeconds: 300, ownActors: ['9'] }), null);
  }

  /** Polls what is due at this second. */
  async poll(seconds: number, signal = new AbortController().signal): Promise<string[]> {
    this.now = new Date(START + seconds * 1_000);
    const before = this.told.length;
    await this.worker.work(signal);
    return this.told.slice(before).map(({ id }) => id);
  }

  async standing() {
    return (await this.store.standing(['desk'], this.now)).get('desk');
  }

  private async *changed({ since }: PollQuery): AsyncGenerator<ReadTicket> {
    this.asked.push(since.toISOString());
    await Promise.resolve();
    if (this.isThere) this.calls.found += 1;
    const changed = this.tickets.filter(({ updatedAt }) => Date.parse(updatedAt) >= since.getTime()).sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
    for (const [index, ticket] of changed.entries()) {
      if (this.breaks?.after === index) throw this.breaks.error;
      yield ticket;
    }
    if (this.breaks !== null && this.breaks.after >= changed.length) throw this.breaks.error;
  }
}

let world: World;
beforeEach(async () => {
  world = new World();
  await world.begin();
});

describe('a poll of a source', () => {
  it('tells what no webhook brought, under the state that was read, once', async () => {
    world.tickets = [aTicket('2', 20), aTicket('1', 10, { change: 'created' })];
    expect(await world.poll(300)).toEqual([idOf('1', 10), idOf('2', 20)]);
    expect(world.told[0]).toMatchObject({ subject: ticketIdOf('desk', '1'), data: { change: 'created', ticket: { subject: 'Sign-in fails' } } });
    expect(await world.standing()).toEqual({ readUpTo: at(240), lagSeconds: 60, lastSuccessAt: at(300), lastProblem: null, found: 2 });
    expect(await world.poll(600)).toEqual([]);
    expect(world.asked).toEqual([at(-300), at(-60)]);
  });

  it('leaves out what a webhook brought in this state or a later one, and tells it as an update where it changed since', async () => {
    world.tickets = [aTicket('1', 10), aTicket('2', 20), aTicket('3', 30, { change: 'created' }), aTicket('4', 40, { change: 'created' })];
    await world.states.note([{ source: 'desk', externalId: '1', updatedAt: at(10) }, { source: 'desk', externalId: '2', updatedAt: at(21) }, { source: 'desk', externalId: '3', updatedAt: at(29) }]);
    expect(await world.poll(300)).toEqual([idOf('3', 30), idOf('4', 40)]);
    expect(world.told.map(({ data }) => (data as { change: string }).change)).toEqual(['updated', 'created']);
  });

  it('leaves what changed just now to its webhook, and else to the next poll', async () => {
    world.tickets = [aTicket('1', 241)];
    expect(await world.poll(300)).toEqual([]);
    expect(await world.poll(600)).toEqual([idOf('1', 241)]);
  });

  it('does not tell what Handoff itself caused, and of its copies that they are', async () => {
    world.tickets = [aTicket('1', 10, { actor: '9' }), aTicket('2', 20, { fields: { description: markText('x', { installation: 'northwind', ticketId: idOf('2', 20) }) } }), aTicket('3', 30, { actor: '8' })];
    expect(await world.poll(300)).toEqual([idOf('2', 20), idOf('3', 30)]);
    expect(world.told.map(({ data }) => 'isCopy' in data)).toEqual([true, false]);
  });

  it('tells the others where one makes no event, and does not stumble over it again', async () => {
    world.tickets = [aTicket('1', 10), aTicket('2', 20)];
    world.accept = (event) => (event.id === idOf('1', 10) ? Promise.reject(new Problem(413, 'event-too-large', 'Too large.')) : Promise.resolve({ duplicate: void world.told.push(event) !== undefined }));
    expect(await world.poll(300)).toEqual([idOf('2', 20)]);
    expect(await world.standing()).toMatchObject({ lastProblem: null, found: 1 });
  });
});

describe('a poll that does not come to its end', () => {
  const many = Array.from({ length: 250 }, (_, index) => aTicket(String(index), -250 + index));

  it('goes on from where its system asked for a pause, not before that is over', async () => {
    world.tickets = many;
    world.breaks = { after: 230, error: new ApiBusy('api.example answered HTTP 429.', 45_000) };
    expect(await world.poll(61)).toHaveLength(230);
    expect(await world.standing()).toMatchObject({ readUpTo: at(0), lastSuccessAt: null, lastProblem: { at: at(61), problem: 'api.example answered HTTP 429.' }, found: 230 });
    world.breaks = null;
    expect(await world.poll(105)).toEqual([]);
    expect(await world.poll(106)).toEqual(many.slice(230).map((ticket, index) => idOf(ticket.externalId, -20 + index)));
    expect(await world.standing()).toMatchObject({ lastProblem: null, readUpTo: at(46) });
  });

  it('moves its cursor with what was told, and asks from there', async () => {
    world.tickets = Array.from({ length: 250 }, (_, index) => aTicket(String(index), 10 + index));
    world.breaks = { after: 150, error: new ApiBusy('api.example answered HTTP 503.', null) };
    await world.poll(900);
    expect(await world.standing()).toMatchObject({ readUpTo: at(159) });
    world.breaks = null;
    expect(await world.poll(930)).toHaveLength(100);
    expect(world.asked[1]).toBe(at(159 - 300));
  });

  it('keeps its cursor where what it read could not be stored', async () => {
    world.tickets = [aTicket('1', 10)];
    world.accept = () => Promise.reject(new Problem(503, 'kafka-unavailable', 'Neither Kafka nor PostgreSQL takes it now.'));
    await world.poll(300);
    expect(await world.standing()).toMatchObject({ readUpTo: at(0), lastProblem: { problem: 'Neither Kafka nor PostgreSQL takes it now.' } });
    world.accept = (event) => Promise.resolve({ duplicate: void world.told.push(event) !== undefined });
    expect(await world.poll(330)).toEqual([idOf('1', 10)]);
  });

  it('tells the same ids again where its process died after it told and before that was noted', async () => {
    world.tickets = [aTicket('1', 10)];
    const note = world.states.note.bind(world.states);
    world.states.note = () => Promise.reject(new Error('The process is gone.'));
    const first = await world.poll(300);
    world.states.note = note;
    expect([first, await world.poll(330)]).toEqual([[idOf('1', 10)], [idOf('1', 10)]]);
  });

  it('is taken over when its process died', async () => {
    world.tickets = [aTicket('1', 10)];
    await world.store.claim({ now: new Date(at(0)), until: new Date(at(120)), lookBack: new Date(at(-86_400)) });
    expect([await world.poll(119), await world.poll(120)]).toEqual([[], [idOf('1', 10)]]);
  });

  it('stops when its process ends, and another goes on at once', async () => {
    world.tickets = many;
    const closing = new AbortController();
    world.accept = (event) => {
      closing.abort();
      return Promise.resolve({ duplicate: void world.told.push(event) !== undefined });
    };
    expect(await world.poll(61, closing.signal)).toHaveLength(100);
    expect(await world.standing()).toMatchObject({ lastProblem: null, lastSuccessAt: null, found: 100 });
    expect(await world.poll(62)).toHaveLength(150);
  });

  it('shows what to do where the system refuses, and is tried again when the source is changed', async () => {
    world.breaks = { after: 0, error: new ApiRefused('api.example answered HTTP 401: it does not know the credentials.') };
    await world.poll(300);
    expect(await world.standing()).toMatchObject({ lastProblem: { problem: 'api.example answered HTTP 401: it does not know the credentials.' }, lagSeconds: 300 });
    world.breaks = null;
    world.tickets = [aTicket('1', 10)];
    expect(await world.poll(301)).toEqual([]);
    await world.sources.change('desk', { ownActors: [] }, new Date(at(302)));
    expect(await world.poll(303)).toEqual([idOf('1', 10)]);
  });

  it('is no success where nothing answers at the address but 404', async () => {
    world.isThere = false;
    await world.poll(300);
    expect(await world.standing()).toMatchObject({ readUpTo: at(0), lastProblem: { problem: expect.stringContaining('nothing is at api.baseUrl') as unknown } });
  });

  it('says that something went wrong here where an adapter fails', async () => {
    world.breaks = { after: 0, error: new TypeError('x is not a function') };
    await world.poll(300);
    expect(await world.standing()).toMatchObject({ lastProblem: { problem: 'Something went wrong here; the log has the details.' } });
  });
});
