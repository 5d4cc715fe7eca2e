import type { Problem } from '@handoff/platform';
import { SourceCache } from './source-cache.js';
import { aSource } from './source.store.contract.js';
import { MemorySourceStore } from './source.store.memory.js';
import type { SourceWithSecrets } from './source.js';

class WatchedStore extends MemorySourceStore {
  lookUps = 0;
  isAway = false;

  override find(source: string): Promise<SourceWithSecrets | null> {
    this.lookUps += 1;
    return this.isAway ? Promise.reject(new Error('connection refused')) : super.find(source);
  }
}

function setUp(): { store: WatchedStore; cache: SourceCache; clock: { ms: number }; party: () => Promise<string | null | undefined> } {
  const store = new WatchedStore();
  const clock = { ms: 0 };
  const cache = new SourceCache({ store, freshMs: 5_000, staleMs: 60_000, now: () => clock.ms });
  const party = (): Promise<string | null | undefined> => cache.find('desk').then((found) => found?.source.sourceParty, ({ status, code }: Problem) => `${status} ${code}`);
  return { store, cache, clock, party };
}

describe('a source that webhooks need', () => {
  it('is looked up once for many webhooks, also at the same moment', async () => {
    const { store, party } = setUp();
    await store.add(aSource(), 's');
    await Promise.all([party(), party(), party()]);
    await party();
    expect(store.lookUps).toBe(1);
  });

  it('is seen with another instance’s change after a short time, and with our own at once', async () => {
    const { store, cache, clock, party } = setUp();
    await store.add(aSource(), 's');
    await party();
    await store.change('desk', { sourceParty: 'partner/2002' }, new Date(0));
    clock.ms = 5_000;
    expect(await party()).toBe('partner/1001');
    clock.ms = 5_001;
    expect(await party()).toBe('partner/2002');
    await store.change('desk', { sourceParty: 'partner/2003' }, new Date(0));
    cache.forget('desk');
    expect(await party()).toBe('partner/2003');
  });

  it('is believed for a while when the database is away, and then not any more', async () => {
    const { store, clock, party } = setUp();
    await store.add(aSource(), 's');
    await party();
    store.isAway = true;
    clock.ms = 60_000;
    expect(await party()).toBe('partner/1001');
    clock.ms = 60_501;
    expect(await party()).toBe('503 database-unavailable');
  });

  it('is found as soon as the database is back', async () => {
    const { store, clock, party } = setUp();
    await store.add(aSource(), 's');
    store.isAway = true;
    expect(await party()).toBe('503 database-unavailable');
    store.isAway = false;
    clock.ms = 501;
    expect(await party()).toBe('partner/1001');
  });

  it('is told at once, once the database is known to be away, however long a look-up takes there', async () => {
    const { store, clock, party } = setUp();
    await store.add(aSource(), 's');
    await party();
    store.isAway = true;
    clock.ms = 6_000;
    await party();
    store.find = () => new Promise(() => undefined);
    clock.ms = 7_000;
    expect(await party()).toBe('partner/1001');
  });

  it('is not forgotten because others guess names while the database is away', async () => {
    const { store, cache, clock, party } = setUp();
    await store.add(aSource(), 's');
    await party();
    store.isAway = true;
    for (let guess = 0; guess < 1_500; guess += 1) await cache.find(`guess-${guess}`).catch(() => null);
    clock.ms = 6_000;
    expect(await party()).toBe('partner/1001');
  });

  it('is not looked up under a name that no source can have', async () => {
    const { store, cache } = setUp();
    for (const name of ['', 'A', '../x', 'x'.repeat(64), '-x', 'x y', "x'"]) expect(await cache.find(name)).toBeNull();
    expect(store.lookUps).toBe(0);
  });
});
