import { aSource } from '../sources/source.store.contract.js';
import type { SourceStore } from '../sources/source.store.js';
import type { Completion, CompletionAsk } from './completion.js';
import type { CompletionStore } from './completion.store.js';

export function anAsk(parts: Partial<CompletionAsk> = {}): CompletionAsk {
  return { source: 'desk', externalId: '7', externalUrl: null, change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', fields: {}, traceparent: '00-a-b-01', ...parts };
}

const at = (seconds: number): Date => new Date(Date.parse('2026-11-02T08:00:00.000Z') + seconds * 1_000);
const LEASE_SECONDS = 100;

interface Stores {
  readonly store: CompletionStore;
  readonly sources: SourceStore;
}

/** What holds for every store of completions. Each test gets one with nothing in it. */
export function describeCompletionStoreContract(name: string, makeStores: () => Promise<Stores>): void {
  describe(`completions kept in ${name}`, () => {
    let store: CompletionStore;
    let sources: SourceStore;
    const ask = (seconds: number, ...asks: Partial<CompletionAsk>[]): Promise<void> => store.ask(asks.map(anAsk), { now: at(seconds), dueAt: at(seconds + 2) });
    const claim = (seconds: number, { count = 10, except = [] as string[] } = {}): Promise<readonly Completion[]> => store.claim({ now: at(seconds), until: at(seconds + LEASE_SECONDS), count, except });
    const first = async (seconds: number): Promise<Completion> => {
      const [completion] = await claim(seconds);
      if (completion === undefined) throw new Error('Nothing was due.');
      return completion;
    };
    const ids = (completions: readonly Completion[]): string[] => completions.map(({ source, externalId }) => `${source} ${externalId}`).sort();
    const standing = async () => (await store.standing(['desk'])).get('desk');

    beforeEach(async () => {
      ({ store, sources } = await makeStores());
      const api = { baseUrl: 'https://api.example', auth: 'bearer' } as const;
      for (const source of ['desk', 'other']) await sources.add(aSource({ source, api }), null);
    });

    it('are claimed when they are due, and as they were asked for', async () => {
      await ask(0, { externalUrl: 'https://desk.example/7', change: 'created', fields: { subscriptionId: 'wingtip-crm' } });
      expect(await claim(1)).toEqual([]);
      expect(await claim(2)).toEqual([{ ...anAsk({ externalUrl: 'https://desk.example/7', change: 'created', fields: { subscriptionId: 'wingtip-crm' } }), askedAt: at(0).toISOString(), attempts: 0, claim: '1', asks: '1' }]);
    });

    it('are one for a ticket, however often it is asked for, and new where one of the asks said so', async () => {
      await ask(0, { change: 'created', fields: { offerId: 'crm' } }, { change: 'updated', externalUrl: 'https://desk.example/7', fields: { subscriptionId: 's', cloud: 'public' } });
      await ask(1, { change: 'commented', traceparent: '00-c-d-01', occurredAt: '2026-11-02T07:59:59.500Z', fields: { cloud: 'china' } }, { occurredAt: '2026-11-02T07:59:59.000Z', traceparent: '00-c-d-01' });
      expect(await claim(2)).toMatchObject([{ change: 'created', occurredAt: '2026-11-02T07:59:59.500Z', fields: { subscriptionId: 's', cloud: 'china' }, externalUrl: 'https://desk.example/7', traceparent: '00-c-d-01', askedAt: at(0).toISOString() }]);
    });

    it('belong to one claim at a time, which ends by itself when its process died', async () => {
      await ask(0, {});
      const counts: number[] = [];
      for (const seconds of [2, 3, 2 + LEASE_SECONDS - 1]) counts.push((await claim(seconds)).length);
      expect(counts).toEqual([1, 0, 0]);
      expect(await claim(2 + LEASE_SECONDS)).toMatchObject([{ claim: '2' }]);
    });

    it('are shared by those who claim at the same moment, and none gets what another has', async () => {
      await ask(0, ...Array.from({ length: 20 }, (_, index) => ({ externalId: String(index) })));
      const claims = await Promise.all(Array.from({ length: 5 }, () => claim(2, { count: 4 })));
      const rest = await claim(2, { count: 20 });
      const all = [...claims.flat(), ...rest].map(({ externalId }) => externalId);
      expect([all.length, new Set(all).size]).toEqual([20, 20]);
    });

    it('are claimed for one source at a time, that which waits longest, without those left out', async () => {
      await ask(1, { externalId: '1' }, { externalId: '2' });
      await ask(0, { source: 'other' });
      expect(ids(await claim(10, { except: ['other'] }))).toEqual(['desk 1', 'desk 2']);
      expect(ids(await claim(10))).toEqual(['other 7']);
    });

    it.each([
      ['is paused', { pausedAt: at(0).toISOString() }],
      ['cannot be read any more', { api: null, apiCredentials: null }],
    ])('wait while their source %s', async (_why, change) => {
      await ask(0, {});
      await sources.change('desk', change, at(1));
      expect(await claim(2)).toEqual([]);
      expect(await standing()).toMatchObject({ waiting: 1 });
    });

    it('are gone when they are done', async () => {
      await ask(0, {});
      await store.done(await first(2), at(3));
      expect([await claim(1_000), await standing()]).toEqual([[], undefined]);
    });

    it('are due again at once when they were asked for while they were read', async () => {
      await ask(0, {});
      const completion = await first(2);
      await ask(3, {});
      await store.done(completion, at(4));
      expect(await claim(4)).toMatchObject([{ askedAt: at(4).toISOString() }]);
    });

    it('wait for their next attempt when one failed, with the reason', async () => {
      await ask(0, {});
      await store.failed(await first(2), { attempts: 1, dueAt: at(30), problem: 'api.example answered HTTP 503.' }, at(3));
      expect(await standing()).toEqual({ waiting: 1, oldestAskedAt: at(0).toISOString(), lastProblem: 'api.example answered HTTP 503.', givenUp: 0, lastGivenUp: null });
      expect(await claim(29)).toEqual([]);
      expect(await claim(30)).toMatchObject([{ attempts: 1, askedAt: at(0).toISOString() }]);
    });

    it('are not changed by a claim that ended before another began', async () => {
      await ask(0, {});
      const late = await first(2);
      const now = await first(2 + LEASE_SECONDS);
      await store.done(late, at(200));
      await store.failed(late, { attempts: 5, dueAt: null, problem: 'late' }, at(200));
      expect(await standing()).toMatchObject({ waiting: 1, givenUp: 0, lastProblem: null });
      await store.done(now, at(201));
      expect(await standing()).toBeUndefined();
    });

    it('can be given up, which stays visible, and begin anew when they are asked for again', async () => {
      await ask(0, { externalId: '8' });
      await store.failed(await first(2), { attempts: 3, dueAt: null, problem: 'older' }, at(3));
      await ask(3, {});
      await store.failed(await first(5), { attempts: 9, dueAt: null, problem: 'It is too old.' }, at(6));
      expect(await standing()).toEqual({ waiting: 0, oldestAskedAt: null, lastProblem: null, givenUp: 2, lastGivenUp: { externalId: '7', at: at(6).toISOString(), problem: 'It is too old.' } });
      expect(await claim(1_000)).toEqual([]);
      await ask(1_000, {});
      expect(await claim(1_002)).toMatchObject([{ externalId: '7', attempts: 0, askedAt: at(1_000).toISOString() }]);
    });

    it('begin anew when their source was changed since they were given up', async () => {
      await sources.change('desk', { ownActors: [] }, at(1));
      await ask(0, {});
      await store.failed(await first(2), { attempts: 9, dueAt: null, problem: 'The credentials are not known.' }, at(3));
      expect(await store.reviveChanged(at(4))).toBe(0);
      await sources.change('desk', { ownActors: ['9'] }, at(5));
      expect(await store.reviveChanged(at(6))).toBe(1);
      expect(await claim(6)).toMatchObject([{ attempts: 0, askedAt: at(6).toISOString() }]);
    });

    it('of a source that is gone are left out, and go with it', async () => {
      await ask(0, { source: 'nobody' }, {});
      expect(ids(await claim(2))).toEqual(['desk 7']);
      expect([...(await store.standing('all')).keys()]).toEqual(['desk']);
    });

    it('are forgotten a while after they were given up, and where nothing is read any more', async () => {
      await ask(0, { externalId: '1' }, { source: 'other' });
      for (const completion of await claim(2, { except: ['other'] })) await store.failed(completion, { attempts: 9, dueAt: null, problem: 'x' }, at(3));
      await store.forget(at(3));
      expect([...(await store.standing('all')).keys()].sort()).toEqual(['desk', 'other']);
      await sources.change('other', { api: null, apiCredentials: null }, at(4));
      await store.forget(at(4));
      expect(await store.standing('all')).toEqual(new Map());
    });
  });
}
