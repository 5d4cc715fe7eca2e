import { aSource } from '../sources/source.store.contract.js';
import type { SourceStore } from '../sources/source.store.js';
import type { PollClaim } from './reconciliation.js';
import type { ReconciliationStore } from './reconciliation.store.js';

const START = Date.parse('2026-11-02T08:00:00.000Z');
const at = (seconds: number): Date => new Date(START + seconds * 1_000);
const CLAIM_SECONDS = 100;

interface Stores {
  readonly store: ReconciliationStore;
  readonly sources: SourceStore;
}

/** What holds for every store of how far sources were polled. Each test gets one with nothing in it. */
export function describeReconciliationStoreContract(name: string, makeStores: () => Promise<Stores>): void {
  describe(`how far sources were polled, kept in ${name}`, () => {
    let store: ReconciliationStore;
    let sources: SourceStore;
    const api = { baseUrl: 'https://api.example', auth: 'bearer' } as const;
    const claim = (seconds: number): Promise<PollClaim | null> => store.claim({ now: at(seconds), until: at(seconds + CLAIM_SECONDS), lookBack: at(seconds - 86_400) });
    const claimed = async (seconds: number): Promise<PollClaim> => {
      const found = await claim(seconds);
      if (found === null) throw new Error('Nothing was due.');
      return found;
    };
    const complete = async (seconds: number): Promise<void> => store.finish(await claimed(seconds), { kind: 'complete', readUpTo: at(seconds) }, at(seconds + 1));
    const standing = async (seconds = 0) => (await store.standing(['desk'], at(seconds))).get('desk');

    beforeEach(async () => {
      ({ store, sources } = await makeStores());
      await sources.add(aSource({ api, reconcileEverySeconds: 300 }), null);
    });

    it.each<[string, number, Date]>([['begins at the creation of its source', 60, at(0)], ['or a bounded time back', 90_000, at(3_600)]])('%s', async (_where, seconds, readUpTo) => {
      expect(await claim(seconds)).toEqual({ source: 'desk', readUpTo, everySeconds: 300, failures: 0, claim: '1' });
    });

    it('belongs to one claim at a time, which ends by itself when its process died', async () => {
      const claims = await Promise.all([claim(0), claim(0), claim(0)]);
      expect(claims.filter((each) => each !== null)).toHaveLength(1);
      expect([await claim(CLAIM_SECONDS - 1), (await claimed(CLAIM_SECONDS)).claim]).toEqual([null, '2']);
    });

    it('goes on from what was told when a process dies in the middle', async () => {
      const first = await claimed(0);
      expect(await store.keep(first, { readUpTo: at(-100), found: 2, until: at(50) })).toBe(true);
      expect(await store.keep(first, { readUpTo: at(40), found: 1, until: at(60) })).toBe(true);
      expect(await store.keep(first, { until: at(60) })).toBe(true);
      expect(await claim(59)).toBeNull();
      expect(await claimed(60)).toMatchObject({ readUpTo: at(40) });
      expect(await standing(100)).toMatchObject({ readUpTo: at(40).toISOString(), lagSeconds: 60, found: 3, lastSuccessAt: null });
    });

    it('is not changed by a claim that ended', async () => {
      const late = await claimed(0);
      await claimed(CLAIM_SECONDS);
      expect(await store.keep(late, { readUpTo: at(99), until: at(999) })).toBe(false);
      await store.finish(late, { kind: 'complete', readUpTo: at(99) }, at(500));
      expect(await standing()).toMatchObject({ readUpTo: at(0).toISOString(), lastSuccessAt: null });
    });

    it('is asked for after the interval of the source, and as that is now', async () => {
      await complete(0);
      expect(await standing(120)).toEqual({ readUpTo: at(0).toISOString(), lagSeconds: 120, lastSuccessAt: at(1).toISOString(), lastProblem: null, found: 0 });
      expect(await claim(299)).toBeNull();
      await sources.change('desk', { reconcileEverySeconds: 60 }, at(2));
      expect(await claim(59)).toBeNull();
      expect(await claim(60)).toMatchObject({ readUpTo: at(0), everySeconds: 60 });
    });

    it('is asked for when a poll that failed said, with the reason until then', async () => {
      await store.finish(await claimed(0), { kind: 'failed', problem: 'api.example answered HTTP 503.', retryAt: at(30) }, at(1));
      expect(await standing()).toMatchObject({ lastProblem: { at: at(1).toISOString(), problem: 'api.example answered HTTP 503.' } });
      expect([await claim(29), (await claimed(30)).failures]).toEqual([null, 1]);
    });

    it('counts failures one after another, and forgets them with a success', async () => {
      for (const seconds of [0, 10, 20]) await store.finish(await claimed(seconds), { kind: 'failed', problem: 'x', retryAt: at(seconds + 10) }, at(seconds));
      const last = await claimed(30);
      expect(last.failures).toBe(3);
      await store.finish(last, { kind: 'complete', readUpTo: at(30) }, at(30));
      expect([await standing(30), (await claimed(330)).failures]).toMatchObject([{ lastProblem: null, lagSeconds: 0 }, 0]);
    });

    it('goes on at once where it was interrupted', async () => {
      await store.finish(await claimed(0), { kind: 'interrupted' }, at(5));
      expect([await claim(4), (await claimed(5)).readUpTo]).toEqual([null, at(0)]);
    });

    it('is asked for at once when a source was changed that could not be polled', async () => {
      await store.finish(await claimed(0), { kind: 'failed', problem: 'The credentials are not known.', retryAt: at(9_000) }, at(1));
      await sources.change('desk', { ownActors: ['7'] }, at(2));
      expect(await claim(3)).toMatchObject({ failures: 1 });
    });

    it.each([['is paused', { pausedAt: at(1).toISOString() }], ['is not polled', { reconcileEverySeconds: null }], ['cannot be read', { api: null, apiCredentials: null }]])('is not asked for, nor shown, while its source %s', async (_why, change) => {
      await complete(0);
      await sources.change('desk', change, at(1));
      expect([await claim(1_000), await standing()]).toEqual([null, undefined]);
    });

    it('begins anew for a source that was not polled for a while, and not for one that was paused', async () => {
      await complete(0);
      for (const change of [{ pausedAt: at(1).toISOString() }, { pausedAt: null }, { reconcileEverySeconds: null }, { reconcileEverySeconds: 300 }]) {
        await sources.change('desk', change, at(1));
        await store.forget();
      }
      expect(await claim(200_000)).toMatchObject({ readUpTo: at(200_000 - 86_400) });
    });

    it('is asked for where it was longest ago, and first where never', async () => {
      await complete(0);
      await sources.add(aSource({ source: 'other', api, reconcileEverySeconds: 300 }), null);
      expect([(await claimed(400)).source, (await claimed(401)).source, await claim(402)]).toEqual(['other', 'desk', null]);
      expect([...(await store.standing('all', at(402))).keys()].sort()).toEqual(['desk', 'other']);
    });
  });
}
