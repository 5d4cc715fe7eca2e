import { nameBasedId } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { Adapter } from '../adapters/adapter.js';
import { standardWebhooksAdapter } from '../adapters/standard-webhooks/standard-webhooks.adapter.js';
import { stateKey } from '../adapters/source-api.js';
import { aRequest, RECEIVED_AT } from '../adapters/webhook.samples.js';
import { aSource } from '../sources/source.store.contract.js';
import type { Delivery, TakenEvent } from './delivery.js';
import { DeliveryTaker } from './delivery-taker.js';

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));

/** A system that sends a list of tickets in our own format. */
const listAdapter: Adapter = {
  ...standardWebhooksAdapter,
  read: ({ rawBody }) => JSON.parse(rawBody.toString()) as unknown[],
  recognise: (_request, payload) => String((payload as { key?: string }).key),
  map: (payload, context) => {
    const { key: _key, crash, thin, ...fields } = payload as { key?: string; crash?: true; thin?: true };
    if (crash) throw new TypeError('x is not a function');
    return { ...standardWebhooksAdapter.map(fields, context), ...(thin ? { isThin: true as const } : {}) };
  },
};

function delivery(...payloads: readonly object[]): Delivery {
  return { source: aSource(), request: aRequest({ rawBody: Buffer.from(JSON.stringify(payloads)) }), traceparent: '', receivedAt: RECEIVED_AT };
}

interface World {
  readonly stored: string[];
  /** What was said to be stored, as `7 thin`. */
  readonly heard: string[];
  take(given: Delivery, indexes?: readonly number[]): Promise<readonly TakenEvent[]>;
}

function aWorld(refuse: (externalId: string) => Problem | null = () => null): World {
  const [stored, heard]: [string[], string[]] = [[], []];
  const accept = (event: { data: unknown }): Promise<{ duplicate: boolean }> => {
    const { externalId } = event.data as { externalId: string };
    const problem = refuse(externalId);
    if (problem !== null) return Promise.reject(problem);
    stored.push(externalId);
    return Promise.resolve({ duplicate: false });
  };
  const taker = new DeliveryTaker({ acceptor: { accept }, installation: 'northwind', adapterCalled: () => listAdapter, onStored: (_source, events) => Promise.resolve(void heard.push(...events.map(({ event, isThin }) => `${event.data.externalId} ${isThin ? 'thin' : 'whole'}`))) });
  return { stored, heard, take: (given, indexes) => taker.take(given, indexes) };
}

const ticket = (externalId: string): object => ({ key: externalId, externalId, subject: 'Sign-in fails' });

describe('a source that is paused', () => {
  it('has its events held back, each under its own key, and nothing is stored', async () => {
    const { take, stored } = aWorld();
    const given = delivery(ticket('1'), ticket('2'));
    const held = await take({ ...given, source: { ...given.source, pausedAt: '2026-11-02T07:00:00.000Z' } });
    expect(held).toMatchObject([{ key: '1', failure: { index: 0, code: 'source-paused', detail: expect.stringContaining('2026-11-02T07:00:00.000Z') } }, { key: '2', failure: { index: 1 } }]);
    expect(stored).toEqual([]);
  });
});

describe('a body with several events', () => {
  it('gives each of them, in order', async () => {
    const { take, stored } = aWorld();
    expect(await take(delivery(ticket('1'), ticket('2'), ticket('1')))).toMatchObject([{ duplicate: false }, {}, {}]);
    expect(stored).toEqual(['1', '2', '1']);
  });

  it('gives those that are understood, and says of the others which they are and why', async () => {
    const { take, stored } = aWorld((id) => (id === '4' ? new Problem(413, 'event-too-large', 'It is too large.') : null));
    const taken = await take(delivery(ticket('1'), { key: 'k' }, { key: 'c', crash: true }, ticket('4')));
    expect(taken).toMatchObject([
      { duplicate: false },
      { failure: { index: 1, code: 'field-missing', fields: [{ field: 'externalId' }] }, key: 'k' },
      { failure: { index: 2, code: 'internal', fields: [] }, key: 'c' },
      { failure: { index: 3, code: 'event-too-large' }, key: '4' },
    ]);
    expect(stored).toEqual(['1']);
  });

  it('is not taken when one of its events cannot be stored now: all of it must come again', async () => {
    const { take } = aWorld((id) => (id === '2' ? new Problem(503, 'kafka-unavailable', 'Away.') : null));
    await expect(take(delivery(ticket('1'), {}, ticket('2')))).rejects.toMatchObject({ status: 503 });
  });

  it('says which of them are stored and tell too little, and not of those that failed', async () => {
    const { take, heard } = aWorld();
    await take(delivery({ ...ticket('1'), thin: true }, {}, ticket('2')));
    expect(heard).toEqual(['1 thin', '2 whole']);
  });

  it('can be taken in part, and says when a part is no longer there', async () => {
    const { take, stored } = aWorld();
    expect(await take(delivery(ticket('1'), ticket('2'), ticket('3')), [2, 0])).toMatchObject([{ duplicate: false }, { duplicate: false }]);
    expect(stored).toEqual(['3', '1']);
    expect(await take(delivery(ticket('1')), [1])).toMatchObject([{ failure: { index: 1, code: 'event-missing' } }]);
  });

  it('is not understood at all when it has more events than any system sends', async () => {
    const { take, stored } = aWorld();
    expect(await take(delivery(...Array.from({ length: 1_001 }, (_, index) => ticket(String(index)))))).toMatchObject([{ failure: { index: null, code: 'field-invalid' }, key: null }]);
    expect(stored).toEqual([]);
  });
});

describe('a thin event whose key is the state of its ticket', () => {
  it('has another id than the whole of that state, which is read later', async () => {
    const state = stateKey('1', '2026-11-02T08:00:00.000Z');
    const { take } = aWorld();
    const [whole, thin] = await take(delivery({ ...ticket('1'), key: state }, { ...ticket('1'), key: state, thin: true }));
    expect(whole).toMatchObject({ eventId: nameBasedId('received', 'desk', state) });
    expect(thin).toMatchObject({ eventId: nameBasedId('received', 'desk', `thin:${state}`) });
  });
});
