import { type HandoffEvent, markText, nameBasedId } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { ReportedTicket } from '../adapters/adapter.js';
import { ApiBusy, ApiRefused, type ReadTicket, stateKey } from '../adapters/source-api.js';
import { standardWebhooksAdapter } from '../adapters/standard-webhooks/standard-webhooks.adapter.js';
import type { SourceCalls } from '../call-source-api/source-calls.js';
import { MemorySourceStore } from '../sources/source.store.memory.js';
import { aSource } from '../sources/source.store.contract.js';
import { CompleteTicketHandler } from './complete-ticket.handler.js';
import { MemoryCompletionStore } from './completion.store.memory.js';
import { anAsk } from './completion.store.contract.js';
import { CompletionWorker } from './completion-worker.js';

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));

const UPDATED_AT = '2026-11-02T07:59:58.000Z';
const wholeId = nameBasedId('received', 'desk', stateKey('7', UPDATED_AT));
const whole: ReadTicket = { externalId: '7', externalUrl: null, change: 'updated', occurredAt: UPDATED_AT, updatedAt: UPDATED_AT, fields: { subject: 'Sign-in fails' }, payload: {}, actor: '9' };

class World {
  now = new Date('2026-11-02T08:00:00.000Z');
  read: (externalId: string) => Promise<ReadTicket | null> = () => Promise.resolve(whole);
  accept: (event: HandoffEvent) => Promise<{ duplicate: boolean }> = (event) => Promise.resolve({ duplicate: void this.told.push(event) !== undefined });
  readonly asked: string[] = [];
  /** What the adapter was told of the last ticket that it read. */
  given: object | null = null;
  readonly told: HandoffEvent[] = [];
  readonly noted: string[] = [];
  readonly sources = new MemorySourceStore();
  readonly store = new MemoryCompletionStore(this.sources);
  private readonly worker: CompletionWorker;

  constructor() {
    const clock = { now: () => this.now };
    const api = {
      auth: ['bearer' as const], hosts: null, requestsPerSecondMax: 1,
      complete: ({ externalId, change, fields }: ReportedTicket) => {
        this.asked.push(externalId);
        this.given = { change, fields };
        return this.read(externalId);
      },
    };
    // What makes the calls is not asked: the adapter of this test reads without them.
    const calls = {} as SourceCalls;
    const handler = new CompleteTicketHandler({ sources: this.sources, apis: { of: ({ source }) => ({ source, adapter: standardWebhooksAdapter, api, calls }) }, acceptor: { accept: (event) => this.accept(event) }, installation: 'northwind', clock, told: { add: ({ externalId, updatedAt }) => void this.noted.push(`${externalId} ${updatedAt}`) } });
    this.worker = new CompletionWorker({ store: this.store, handler, clock, random: () => 0, log: { warn: () => undefined } });
  }

  async ask(...externalIds: string[]): Promise<void> {
    for (const source of ['desk', 'other']) await this.sources.add(aSource({ source, ownActors: ['9'], api: { baseUrl: 'https://api.example', auth: 'bearer' }, reconcileEverySeconds: 300 }), null);
    await this.store.ask(externalIds.map((externalId) => anAsk({ externalId, change: 'commented', fields: { subscriptionId: 'wingtip-crm' } })), { now: this.now, dueAt: this.now });
  }

  work(signal = new AbortController().signal): Promise<void> {
    return this.worker.work(signal);
  }

  async standing() {
    return (await this.store.standing(['desk'])).get('desk');
  }

  pass(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1_000);
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('tickets that are due', () => {
  it('are told whole, under the state that was read, also where Handoff itself changed them last', async () => {
    await world.ask('7');
    await world.work();
    expect(world.told).toMatchObject([{ id: wholeId, traceparent: anAsk().traceparent, data: { externalId: '7', ticket: { subject: 'Sign-in fails' } } }]);
    expect([world.noted, await world.standing()]).toEqual([[`7 ${UPDATED_AT}`], undefined]);
    expect(world.given).toEqual({ change: 'updated', fields: { subscriptionId: 'wingtip-crm' } });
  });

  it.each([['2026-11-02T07:59:59.000Z', '2026-11-02T07:59:59.000Z'], ['2026-11-02T07:59:57.000Z', UPDATED_AT]])('count as no older than their webhook: %s', async (occurredAt, expected) => {
    await world.ask();
    await world.store.ask([anAsk({ occurredAt })], { now: world.now, dueAt: world.now });
    await world.work();
    expect(world.told).toMatchObject([{ id: wholeId, data: { occurredAt: expected } }]);
  });

  it('are told as copies where they are a text of our own, and not at all where their news is', async () => {
    const ours = markText('It fails.', { installation: 'northwind', ticketId: wholeId });
    world.read = () => Promise.resolve({ ...whole, fields: { description: ours } });
    await world.ask('7');
    await world.work();
    expect(world.told).toMatchObject([{ data: { isCopy: true } }]);
    world.read = () => Promise.resolve({ ...whole, fields: { comment: { author: null, body: ours, isPublic: false } } });
    await world.ask('8');
    await world.work();
    expect([world.told, await world.standing()]).toEqual([[expect.anything()], undefined]);
  });

  it('are read again when what was read could not be stored, and told under the same id', async () => {
    world.accept = () => Promise.reject(new Problem(503, 'kafka-unavailable', 'Away.'));
    await world.ask('7');
    await world.work();
    expect(await world.standing()).toMatchObject({ waiting: 1, lastProblem: 'Away.' });
    world.accept = (event) => Promise.resolve({ duplicate: void world.told.push(event) !== undefined });
    world.pass(10);
    await world.work();
    expect(world.told.map(({ id }) => id)).toEqual([wholeId]);
  });

  it('are read by another when their process died after it read and before it told', async () => {
    await world.ask('7');
    await world.store.claim({ now: world.now, until: new Date(world.now.getTime() + 300_000), count: 1, except: [] });
    world.pass(299);
    await world.work();
    expect(world.told).toEqual([]);
    world.pass(1);
    await world.work();
    expect(world.told.map(({ id }) => id)).toEqual([wholeId]);
  });

  it('wait, all of their source, when it asks for a pause', async () => {
    world.read = () => Promise.reject(new ApiBusy('api.example answered HTTP 429.', 60_000));
    await world.ask(...Array.from({ length: 9 }, (_, index) => String(index)));
    await world.work();
    expect(world.asked).toHaveLength(4);
    world.pass(59);
    await world.work();
    expect(world.asked).toHaveLength(4);
    world.read = () => Promise.resolve(whole);
    world.pass(1);
    await world.work();
    expect([world.asked.length, await world.standing()]).toEqual([13, undefined]);
  });

  it.each<[string, Error, object]>([
    ['its system refuses', new ApiRefused('api.example answered HTTP 403.'), { givenUp: 1, lastGivenUp: { problem: 'api.example answered HTTP 403.' } }],
    ['what was read makes no event', new Problem(422, 'field-missing', 'No subject.'), { givenUp: 1, lastGivenUp: { problem: 'What was read makes no event (field-missing): No subject.' } }],
    ['an adapter fails', new TypeError('x is not a function'), { waiting: 1, lastProblem: 'Something went wrong here; the log has the details.' }],
  ])('show why where %s', async (_why, error, expected) => {
    world.read = () => Promise.reject(error);
    await world.ask('7');
    await world.work();
    expect(await world.standing()).toMatchObject(expected);
  });

  it('lose no attempt by the end of the process that read them', async () => {
    const closing = new AbortController();
    world.read = () => {
      closing.abort();
      return Promise.reject(new ApiBusy('The call was given up.', null));
    };
    await world.ask('7');
    await world.work(closing.signal);
    const [left] = await world.store.claim({ now: world.now, until: world.now, count: 1, except: [] });
    expect(left).toMatchObject({ attempts: 0 });
  });
});
