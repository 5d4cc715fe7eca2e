import type { CompletionAsk } from './completion.js';
import { CompletionAsks } from './completion-asks.js';
import { anAsk } from './completion.store.contract.js';

const now = new Date('2026-11-02T08:00:00.000Z');

function aWorld(): { asks: CompletionAsks; noted: CompletionAsk[][]; isAway: (away: boolean) => void; tried: () => number } {
  const noted: CompletionAsk[][] = [];
  let [away, tries] = [false, 0];
  const asks = new CompletionAsks({
    store: {
      ask: (given, { dueAt }) => {
        tries += 1;
        expect(dueAt.getTime()).toBeGreaterThan(now.getTime());
        return away ? Promise.reject(new Error('PostgreSQL is away.')) : Promise.resolve(void noted.push([...given]));
      },
    },
    clock: { now: () => now }, log: { warn: () => undefined },
  });
  return { asks, noted, isAway: (is) => void (away = is), tried: () => tries };
}

describe('tickets that are to be completed', () => {
  it('are noted before their webhook is answered', async () => {
    const { asks, noted } = aWorld();
    await asks.ask([anAsk({ externalId: '1' }), anAsk({ externalId: '2' })]);
    await asks.ask([]);
    expect(noted.map((each) => each.map(({ externalId }) => externalId))).toEqual([['1', '2']]);
  });

  it('are kept while PostgreSQL is away, one entry a ticket, and no webhook waits for it twice', async () => {
    const { asks, noted, isAway, tried } = aWorld();
    isAway(true);
    await asks.ask([anAsk({ change: 'created' })]);
    await asks.ask([anAsk(), anAsk({ externalId: '8' })]);
    expect(tried()).toBe(1);
    isAway(false);
    await asks.close();
    expect(noted).toEqual([[anAsk({ change: 'created' }), anAsk({ externalId: '8' })]]);
  });

  it('do not fill the memory: the oldest give way', async () => {
    const { asks, noted, isAway } = aWorld();
    isAway(true);
    await asks.ask(Array.from({ length: 10_002 }, (_, index) => anAsk({ externalId: String(index) })));
    isAway(false);
    await asks.close();
    expect([noted[0]?.length, noted[0]?.[0]?.externalId]).toEqual([10_000, '2']);
  });
});
