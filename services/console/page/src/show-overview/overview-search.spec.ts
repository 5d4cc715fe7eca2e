import { durationParts } from './duration.decision.js';
import { overviewCsv } from './overview-csv.js';
import { drawnLines } from './stacked.decision.js';
import { overviewSearchOf, periodOf } from './overview-search.js';

describe('the period of an overview in an address', () => {
  it('keeps what it knows, and leaves out what there is not', () => {
    expect(overviewSearchOf({ days: 30, queue: 'isv/contoso', partner: 'partner/1001' })).toEqual({ days: 30, queue: 'isv/contoso' });
    expect(overviewSearchOf({ days: 12, from: '2026-11-03', to: '2026-11-02' })).toEqual({});
    expect(overviewSearchOf({ from: '2026-11-02', to: '2026-11-03' })).toEqual({ from: '2026-11-02', to: '2026-11-03' });
  });

  it('is a week up to now where nothing is said, and whole days where dates are', () => {
    expect(periodOf({}, Date.parse('2026-11-08T08:00:00Z'))).toEqual({ from: '2026-11-01T08:00:00.000Z', to: '2026-11-08T08:00:00.000Z' });
    const { from, to } = periodOf({ from: '2026-11-02', to: '2026-11-03' }, 0);
    expect(Date.parse(to) - Date.parse(from)).toBe(2 * 86_400_000);
  });
});

describe('a duration for people', () => {
  it.each([[0, [0, 'millisecond']], [980, [980, 'millisecond']], [1_500, [1.5, 'second']], [90_000, [1.5, 'minute']], [5_400_000, [1.5, 'hour']], [180_000_000, [2.1, 'day']]])('of %i ms is %j', (ms, expected) => {
    expect(durationParts(ms)).toEqual(expected);
  });
});

describe('an overview as CSV', () => {
  it('has a line for each hour or day, and nothing that a spreadsheet would run', () => {
    const durations = { tickets: 1, medianMs: 1_000, p95Ms: 2_000 };
    const measures = { tickets: 3, routed: durations, delivered: { tickets: 0, medianMs: null, p95Ms: null }, acknowledged: durations, targets: { met: 2, missed: 1 } };
    const overview = { from: '', to: '', step: 'day', total: { ...measures, overdue: 0 }, series: [{ at: '2026-11-02T00:00:00.000Z', ...measures }], queues: [{ key: '=isv/"x"', overdue: 1, ...measures }], partners: [] } as const;
    expect(overviewCsv(overview).split('\r\n')).toEqual([
      'scope,at,key,tickets,decided_median_ms,decided_p95_ms,delivered_median_ms,delivered_p95_ms,acknowledged_median_ms,acknowledged_p95_ms,targets_met,targets_missed,overdue',
      'time,2026-11-02T00:00:00.000Z,,3,1000,2000,,,1000,2000,2,1,', `queue,,"'=isv/""x""",3,1000,2000,,,1000,2000,2,1,1`, '',
    ]);
  });
});

describe('bars of several lines', () => {
  it('stand on each other, the upper ones drawn first', () => {
    expect(drawnLines('bars', [[1, null], [2, 3]])).toEqual([[3, 3], [1, 0]]);
    expect(drawnLines('logarithmic', [[1, null], [2, 3]])).toEqual([[1, null], [2, 3]]);
  });
});
