import type { IncomingRecord, RecordBatch } from '../ports.js';
import { SecondLook } from './second-look.js';

const aRecord = (offset: number, timestampMs = 0): IncomingRecord => ({ topic: 't', partition: 0, offset: String(offset), key: 'k', keyBytes: null, value: null, headers: {}, timestampMs: String(timestampMs) });

/** A service that has committed up to an offset and has an outcome for some. */
function aLook({ committed = 100n, handled = new Set<string>(), onPause = () => undefined }: { committed?: bigint; handled?: Set<string>; onPause?: (ms: number) => void }) {
  const kept: string[] = [];
  const found: string[] = [];
  const errors: unknown[] = [];
  const commits: string[] = [];
  const facts = { committed, handled, nowMs: 60_000, isAbandoned: false, isAway: false };
  const look = new SecondLook({
    accounts: {
      unaccounted: (records) => (facts.isAway ? Promise.reject(new Error('away')) : Promise.resolve(records.filter(({ offset }) => !facts.handled.has(offset) && !kept.includes(offset)))),
      keep: (records) => Promise.resolve(void kept.push(...records.map(({ offset }) => offset))),
    },
    committedTo: () => Promise.resolve(facts.committed), graceMs: 1_000, now: () => facts.nowMs,
    pause: (ms) => {
      facts.nowMs += ms;
      onPause(ms);
      return Promise.resolve();
    },
    onError: (error) => errors.push(error), onFound: (records) => found.push(...records.map(({ offset }) => offset)),
  });
  const batch = (records: readonly IncomingRecord[]): RecordBatch => ({ topic: 't', partition: 0, records, heartbeat: () => Promise.resolve(), commit: (offset) => Promise.resolve(void commits.push(offset)), isAbandoned: () => facts.isAbandoned });
  return { look, batch, facts, kept, found, errors, commits };
}

describe('the second look at records', () => {
  it('passes what has an outcome', async () => {
    const { look, batch, commits, found } = aLook({ handled: new Set(['1', '2']) });
    await look.look(batch([aRecord(1), aRecord(2)]));
    expect([commits, found, look.oldestWaitingMs]).toEqual([['2'], [], null]);
  });

  it('finds what the service has passed without an outcome, keeps it, and goes on', async () => {
    const { look, batch, commits, kept, found } = aLook({ committed: 3n, handled: new Set(['1']) });
    await look.look(batch([aRecord(1), aRecord(2)]));
    expect([kept, found, commits]).toEqual([['2'], ['2'], ['2']]);
  });

  it('waits for what the service has not come to, says since when, and calls it no loss', async () => {
    const waited: (number | null)[] = [];
    const parts = aLook({ committed: 1n, onPause: () => {
      waited.push(parts.look.oldestWaitingMs);
      if (waited.length === 3) parts.facts.handled.add('1').add('2');
    } });
    await parts.look.look(parts.batch([aRecord(1, 5_000), aRecord(2, 6_000)]));
    expect(waited).toEqual([5_000, 5_000, 5_000]);
    expect([parts.kept, parts.commits, parts.look.oldestWaitingMs]).toEqual([[], ['2'], null]);
  });

  it('leaves the service its time first', async () => {
    const parts = aLook({ committed: 9n, onPause: () => void parts.facts.handled.add('1') });
    await parts.look.look(parts.batch([aRecord(1, 59_800)]));
    expect([parts.kept, parts.commits]).toEqual([[], ['1']]);
    expect(parts.facts.nowMs).toBeGreaterThanOrEqual(60_800);
  });

  it('passes nothing while the database is away', async () => {
    let pauses = 0;
    const parts = aLook({ onPause: () => {
      pauses += 1;
      if (pauses === 2) parts.facts.isAway = false;
    } });
    parts.facts.isAway = true;
    parts.facts.handled.add('1');
    await parts.look.look(parts.batch([aRecord(1)]));
    expect([parts.errors.length, parts.commits]).toEqual([2, ['1']]);
  });

  it('ends when its partition is taken away, and commits nothing then', async () => {
    const parts = aLook({ committed: 0n, onPause: () => (parts.facts.isAbandoned = true) });
    await parts.look.look(parts.batch([aRecord(1)]));
    expect([parts.commits, parts.kept, parts.look.oldestWaitingMs]).toEqual([[], [], null]);
  });
});
