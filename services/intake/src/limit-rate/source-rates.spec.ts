import type { Problem } from '@handoff/platform';
import { MemoryRateStore } from './rate.store.memory.js';
import { RateSharing } from './rate-sharing.js';
import { SourceRates } from './source-rates.js';

interface World {
  nowMs: number;
  readonly instances: readonly { readonly rates: SourceRates; readonly sharing: RateSharing }[];
  isStoreAway: boolean;
  readonly warnings: string[];
}

/** Instances of intake that share a store. */
function aWorld(count = 1): World {
  const store = new MemoryRateStore(() => world.nowMs);
  const world: { -readonly [K in keyof World]: World[K] } = { nowMs: 0, isStoreAway: false, instances: [], warnings: [] };
  world.instances = Array.from({ length: count }, () => {
    const rates = new SourceRates({ perSecondDefault: 10, now: () => world.nowMs });
    const sharing = new RateSharing({ rates, store: { settle: (...given) => (world.isStoreAway ? Promise.reject(new Error('it is gone')) : store.settle(...given)), forget: () => store.forget() }, log: { warn: (_fields, message) => void world.warnings.push(message) } });
    return { rates, sharing };
  });
  return world;
}

/** How many of so many webhooks are taken. */
function taken(rates: SourceRates, count: number, { source = 'desk', perSecondMax = null as number | null } = {}): number {
  let accepted = 0;
  for (let sent = 0; sent < count; sent += 1) {
    try {
      rates.take(source, perSecondMax);
      accepted += 1;
    } catch {
      // It was one too many.
    }
  }
  return accepted;
}

/** Floods all instances for some seconds, in tenths, with an exchange each second; `demand` is what each gets in a tenth. */
async function flooded(world: World, seconds: number, demand: readonly number[]): Promise<readonly number[]> {
  const sums = world.instances.map(() => 0);
  for (let second = 0; second < seconds; second += 1) {
    for (let tenth = 0; tenth < 10; tenth += 1) {
      world.nowMs += 100;
      world.instances.forEach(({ rates }, index) => (sums[index] = (sums[index] ?? 0) + taken(rates, Math.floor((tenth + 1) * (demand[index] ?? 0)) - Math.floor(tenth * (demand[index] ?? 0)))));
    }
    for (const { sharing } of world.instances) await sharing.share();
  }
  return sums;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

describe('webhooks of a source', () => {
  it('are taken two seconds ahead, and then at the rate', () => {
    const world = aWorld();
    const [{ rates } = { rates: null as never }] = world.instances;
    expect(taken(rates, 100)).toBe(20);
    world.nowMs += 1_500;
    expect(taken(rates, 100)).toBe(15);
  });

  it('are refused with when to come again', () => {
    const [{ rates } = { rates: null as never }] = aWorld().instances;
    taken(rates, 100, { perSecondMax: 1 });
    const refusal = (): unknown => {
      try {
        return rates.take('desk', 1);
      } catch (error) {
        return error;
      }
    };
    expect(refusal()).toMatchObject({ status: 429, code: 'too-many-requests', retryAfterSeconds: 1, detail: expect.stringContaining('more than 1 webhooks a second') } satisfies Partial<Record<keyof Problem, unknown>>);
  });

  it('do not use up what other sources may send, and follow the limit of their own', () => {
    const [{ rates } = { rates: null as never }] = aWorld().instances;
    expect([taken(rates, 100), taken(rates, 100, { source: 'other', perSecondMax: 3 }), taken(rates, 100, { source: 'third' }), taken(rates, 100, { source: 'third', perSecondMax: 4 })]).toEqual([20, 6, 20, 8]);
  });
});

describe('the rate of a source over several instances', () => {
  it('holds for all together, whoever is flooded', async () => {
    for (const demand of [[5, 5, 5], [5, 0, 0], [5, 1, 5]]) {
      const world = aWorld(3);
      await flooded(world, 5, demand);
      // What each instance takes before it has heard of the others is made up for by now.
      expect(sum(await flooded(world, 20, demand))).toBeLessThanOrEqual(10 * 20 + 20);
      expect(sum(await flooded(world, 20, demand))).toBeGreaterThanOrEqual(10 * 20 - 20);
    }
  });

  it('leaves to a busy instance what a quiet one does not need', async () => {
    const world = aWorld(2);
    await flooded(world, 5, [0.1, 5]);
    const [quiet = 0, busy = 0] = await flooded(world, 20, [0.1, 5]);
    expect(quiet).toBeGreaterThan(0);
    expect(busy).toBeGreaterThanOrEqual(140);
  });

  it('is never overdrawn by more than each instance has at hand, and that is made up for', async () => {
    const world = aWorld(4);
    expect(sum(await flooded(world, 60, [5, 5, 5, 5]))).toBeLessThanOrEqual(10 * 60 + 4 * (20 + 10));
  });

  it('is kept by each instance for itself while the store is away, and together again afterwards', async () => {
    const world = aWorld(2);
    await flooded(world, 10, [5, 5]);
    world.isStoreAway = true;
    await flooded(world, 3, [5, 5]);
    expect(await flooded(world, 10, [5, 5])).toEqual([expect.closeTo(100, -1), expect.closeTo(100, -1)]);
    expect(world.warnings).toEqual(Array.from({ length: 2 }, () => 'The rates of sources cannot be shared now; each instance limits by itself.'));
    world.isStoreAway = false;
    await flooded(world, 5, [5, 5]);
    expect(sum(await flooded(world, 10, [5, 5]))).toBeLessThanOrEqual(100 + 20);
  });

  it('costs the store nothing where nothing comes', async () => {
    const world = aWorld();
    await flooded(world, 5, [5]);
    await flooded(world, 5, [0]);
    expect(world.instances[0]?.rates.drain()).toEqual([]);
  });
});
