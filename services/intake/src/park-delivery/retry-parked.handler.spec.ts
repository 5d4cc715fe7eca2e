import { Problem } from '@handoff/platform';
import { aSource } from '../sources/source.store.contract.js';
import { MemorySourceStore } from '../sources/source.store.memory.js';
import type { Delivery, Failure, TakenEvent } from '../receive-webhook/delivery.js';
import { aParkedDelivery } from './parked-delivery.store.contract.js';
import { MemoryParkedDeliveryStore } from './parked-delivery.store.memory.js';
import { ParkedWatch } from './parked-watch.js';
import { RetryParkedHandler } from './retry-parked.handler.js';

const failure = (index: number | null, code = 'field-missing'): Failure => ({ index, code, detail: '', fields: [] });
const stored: TakenEvent = { eventId: 'e', ticketId: 't', duplicate: false, occurredAt: '2026-11-02T08:00:00.000Z' };

interface World {
  readonly sources: MemorySourceStore;
  readonly store: MemoryParkedDeliveryStore;
  readonly retries: RetryParkedHandler;
  readonly watch: ParkedWatch;
  readonly asked: (readonly number[] | null | undefined)[];
  /** What the events that are tried come to. */
  outcome: (delivery: Delivery) => readonly TakenEvent[];
}

async function aWorld(): Promise<World> {
  const sources = new MemorySourceStore();
  await sources.add(aSource({ updatedAt: '2026-11-02T08:00:00.000Z' }), 'secret');
  const store = new MemoryParkedDeliveryStore(sources);
  const asked: World['asked'] = [];
  const take = (delivery: Delivery, indexes?: readonly number[] | null): Promise<readonly TakenEvent[]> => {
    asked.push(indexes);
    return Promise.resolve().then(() => world.outcome(delivery));
  };
  const retries = new RetryParkedHandler({ store, sources, taker: { take } });
  const log = { info: () => undefined, warn: () => undefined };
  const world: World = { sources, store, retries, asked, watch: new ParkedWatch({ store, retries, deliveriesMax: 2, now: Date.now, log }), outcome: () => [stored] };
  return world;
}

const idOf = (name: string): string => aParkedDelivery(name).id;
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: unknown) => (error instanceof Problem ? `${error.status} ${error.code}` : error));
const signal = new AbortController().signal;

describe('a parked delivery that is tried again', () => {
  it('is no longer parked when it is understood, and is taken with the time at which it came', async () => {
    const world = await aWorld();
    const times: Date[] = [];
    world.outcome = ({ receivedAt }) => [(times.push(receivedAt), stored)];
    await world.store.park(aParkedDelivery('a'));
    expect(await world.retries.retry(idOf('a'))).toBeNull();
    expect([await world.store.find(idOf('a')), times]).toEqual([null, [new Date('2026-11-02T08:30:00.123Z')]]);
  });

  it('is tried only in the events that had failed, and keeps those that fail again', async () => {
    const world = await aWorld();
    await world.store.park(aParkedDelivery('a', { failures: [failure(1), failure(4)] }));
    world.outcome = () => [stored, { failure: failure(4, 'field-invalid'), key: null }];
    expect(await world.retries.retry(idOf('a'))).toMatchObject({ failures: [failure(4, 'field-invalid')], attempts: 1 });
    await world.retries.retry(idOf('a'));
    await world.store.park(aParkedDelivery('b', { failures: [failure(null)] }));
    await world.retries.retry(idOf('b'));
    expect(world.asked).toEqual([[1, 4], [4], null]);
  });

  it.each<[string, (world: World) => Promise<unknown>, string]>([
    ['when there is none', ({ retries }) => retries.retry(idOf('none')), '404 parked-unknown'],
    ['when it was discarded', async ({ retries, store }) => (await store.discard(idOf('a'), 'x', new Date()), retries.retry(idOf('a'))), '404 parked-unknown'],
    ['when its source is gone', async ({ retries, sources }) => (await sources.remove('desk'), retries.retry(idOf('a'))), '404 source-unknown'],
    ['when another tries it', ({ retries, store }) => store.tryOne({ by: 'id', id: idOf('a') }, () => codeOf(retries.retry(idOf('a'))).then((outcome) => Promise.reject(new Problem(409, String(outcome), '')))), '409 409 parked-busy'],
  ])('is refused %s', async (_when, act, outcome) => {
    const world = await aWorld();
    await world.store.park(aParkedDelivery('a'));
    expect(await codeOf(act(world))).toBe(outcome);
  });

  it('stays as it was when its events cannot be stored now', async () => {
    const world = await aWorld();
    await world.store.park(aParkedDelivery('a'));
    world.outcome = () => {
      throw new Problem(503, 'kafka-unavailable', 'Away.');
    };
    expect(await codeOf(world.retries.retry(idOf('a')))).toBe('503 kafka-unavailable');
    expect(await world.store.find(idOf('a'))).toMatchObject({ attempts: 0 });
  });
});

describe('the parked deliveries of a source', () => {
  it('are tried in the order in which they came', async () => {
    const world = await aWorld();
    for (const name of ['a', 'b', 'c']) await world.store.park(aParkedDelivery(name));
    const order: unknown[] = [];
    world.outcome = ({ request }) => {
      order.push(request.headers['webhook-id']);
      return request.headers['webhook-id'] === 'b' ? [{ failure: failure(0), key: null }] : [stored];
    };
    expect(await world.retries.retryOf('desk', null)).toEqual({ tried: 3, released: 2, hasMore: false });
    expect(order).toEqual(['a', 'b', 'c']);
    expect(await world.retries.retryOf('desk', 'invalid-json')).toEqual({ tried: 0, released: 0, hasMore: false });
  });

  it('are tried by themselves once the source was changed, and not again before the next change', async () => {
    const world = await aWorld();
    world.outcome = () => [{ failure: failure(0), key: null }];
    await world.store.park(aParkedDelivery('a'));
    await world.watch.tick(signal);
    expect(world.asked).toHaveLength(0);
    await world.sources.change('desk', { sourceParty: null }, new Date('2026-11-02T09:00:00.000Z'));
    await world.watch.tick(signal);
    await world.watch.tick(signal);
    expect(world.asked).toHaveLength(1);
    world.outcome = () => [stored];
    await world.sources.change('desk', { sourceParty: null }, new Date('2026-11-02T10:00:00.000Z'));
    await world.watch.tick(signal);
    expect(await world.store.find(idOf('a'))).toBeNull();
  });

  it('leave no room for more when there are too many', async () => {
    const world = await aWorld();
    await world.store.park(aParkedDelivery('a'));
    await world.watch.tick(signal);
    expect(world.watch.hasRoom).toBe(true);
    await world.store.park(aParkedDelivery('b'));
    await world.watch.tick(signal);
    expect(world.watch.hasRoom).toBe(false);
  });
});
