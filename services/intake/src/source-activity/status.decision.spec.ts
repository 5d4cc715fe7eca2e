import type { OutcomeTally, SourceActivity, Tally } from './activity.js';
import { statusOf } from './status.decision.js';

const tally = (count: number, lag: Partial<Tally['lag']> = {}): Tally => ({ count, lag: { count: 0, sumMs: 0, maxMs: 0, ...lag } });
const of = (outcome: OutcomeTally['outcome'], lastDay: number, lastHour: number, lately = 0): OutcomeTally => ({ outcome, lastDay: tally(lastDay), lastHour: tally(lastHour), lately });

const activity: SourceActivity = {
  tallies: [
    { outcome: 'accepted', lastDay: tally(30, { count: 30, sumMs: 60_000, maxMs: 9_000 }), lastHour: tally(11, { count: 4, sumMs: 2_700, maxMs: 2_000 }), lately: 4 },
    of('ignored', 1, 1, 1), of('duplicate', 2, 2), of('own', 5, 0), of('parked', 1, 0), of('refused:too-many-requests', 9, 0, 3), of('refused:signature-invalid', 3, 3, 2),
  ],
  last: [
    { outcome: 'accepted', at: '2026-11-02T11:59:00.000Z', lagMs: 420 }, { outcome: 'ignored', at: '2026-11-02T12:00:10.000Z', lagMs: null },
    { outcome: 'refused:signature-invalid', at: '2026-11-02T11:00:00.000Z', lagMs: null }, { outcome: 'refused:too-many-requests', at: '2026-11-02T11:30:00.000Z', lagMs: null },
  ],
};

describe('the status of a source', () => {
  it('has what came within an hour and a day by outcome, refusals by their code', () => {
    const { lastHour, lastDay } = statusOf(activity);
    expect(lastHour).toMatchObject({ accepted: 11, ignored: 1, duplicate: 2, own: 0, parked: 0, refused: { 'signature-invalid': 3 } });
    expect(Object.entries(lastDay.refused)).toEqual([['signature-invalid', 3], ['too-many-requests', 9]]);
    expect(lastDay).toMatchObject({ accepted: 30, own: 5, parked: 1 });
  });

  it('says how late events came', () => {
    expect(statusOf(activity)).toMatchObject({ lastLagMs: 420, lastHour: { lag: { meanMs: 675, maxMs: 2_000 } }, lastDay: { lag: { meanMs: 2_000, maxMs: 9_000 } } });
  });

  it('has a rate without what was refused', () => {
    expect(statusOf(activity).perMinute).toBe(1);
  });

  it('says when the last event came, and when and why the last was refused', () => {
    expect(statusOf(activity)).toMatchObject({ lastEventAt: '2026-11-02T12:00:10.000Z', lastAcceptedAt: '2026-11-02T11:59:00.000Z', lastRefused: { at: '2026-11-02T11:30:00.000Z', code: 'too-many-requests' } });
  });

  it('is empty where nothing ever came', () => {
    const none = { accepted: 0, duplicate: 0, ignored: 0, own: 0, parked: 0, refused: {}, lag: null };
    expect(statusOf(undefined)).toEqual({ lastEventAt: null, lastAcceptedAt: null, lastRefused: null, lastLagMs: null, perMinute: 0, lastHour: none, lastDay: none });
  });
});
