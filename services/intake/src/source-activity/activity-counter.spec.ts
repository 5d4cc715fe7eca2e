import type { ActivityCount } from './activity.js';
import { ActivityCounter } from './activity-counter.js';

const at = (time: string): Date => new Date(`2026-11-02T${time}Z`);

class FailingStore {
  readonly added: ActivityCount[][] = [];
  isAway = false;

  add(counts: readonly ActivityCount[]): Promise<void> {
    if (this.isAway) return Promise.reject(new Error('no connection'));
    this.added.push([...counts]);
    return Promise.resolve();
  }

  read = (): Promise<never> => Promise.reject(new Error('not read here'));
  forget = (): Promise<void> => Promise.resolve();
}

function setUp(): { store: FailingStore; counter: ActivityCounter } {
  const store = new FailingStore();
  return { store, counter: new ActivityCounter(store) };
}

describe('the counting of what becomes of webhooks', () => {
  it('writes a thousand of one minute as one row, with how late they were', async () => {
    const { store, counter } = setUp();
    for (let n = 0; n < 1_000; n += 1) counter.count({ source: 'desk', outcome: 'accepted', at: at('08:00:10'), occurredAt: n === 0 ? '2026-11-02T08:00:06Z' : '2026-11-02T08:00:09Z' });
    await counter.flush();
    await counter.flush();
    expect(store.added).toEqual([[{ source: 'desk', minute: '2026-11-02T08:00:00.000Z', outcome: 'accepted', count: 1_000, lastAt: '2026-11-02T08:00:10.000Z', lag: { count: 1_000, sumMs: 1_003_000, maxMs: 4_000, lastMs: 1_000 } }]]);
  });

  it('takes a clock that is ahead of ours for no lag at all', async () => {
    const { store, counter } = setUp();
    counter.count({ source: 'desk', outcome: 'accepted', at: at('08:00:10'), occurredAt: '2026-11-02T08:05:00Z' });
    await counter.flush();
    expect(store.added[0]).toMatchObject([{ lag: { maxMs: 0, lastMs: 0 } }]);
  });

  it('keeps what the database did not take, and adds what comes meanwhile', async () => {
    const { store, counter } = setUp();
    store.isAway = true;
    counter.count({ source: 'desk', outcome: 'accepted', at: at('08:00:10') });
    await expect(counter.flush()).rejects.toThrow('no connection');
    counter.count({ source: 'desk', outcome: 'accepted', at: at('08:00:20') });
    counter.count({ source: 'desk', outcome: 'refused:timestamp-stale', at: at('08:01:00') });
    store.isAway = false;
    await counter.flush();
    expect(store.added).toMatchObject([[{ outcome: 'accepted', count: 2, lastAt: '2026-11-02T08:00:20.000Z' }, { outcome: 'refused:timestamp-stale', count: 1 }]]);
  });

  it('holds no more than fits while the database stays away, and lets go of the oldest', async () => {
    const { store, counter } = setUp();
    for (let n = 0; n < 50_010; n += 1) counter.count({ source: `s${n}`, outcome: 'accepted', at: at('08:00:10') });
    await counter.flush();
    expect([store.added[0]?.length, store.added[0]?.[0]?.source]).toEqual([50_000, 's10']);
  });
});
