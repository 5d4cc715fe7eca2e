import { paintFor } from '../format.js';
import { caseLines, comparisonLines, findingLines, versionTable } from './matrix-text.js';

const PLAIN = paintFor(false);

describe('the matrix in words', () => {
  it('lists versions with when they are active', () => {
    const version = { state: 'tested', createdAt: '2026-11-01T09:00:00Z', createdBy: 'anna', activatesAt: null, activatedAt: null, retiredAt: null, note: null };
    expect(versionTable([
      { ...version, version: '2026-04', activatesAt: '2026-12-01T00:00:00Z' },
      { ...version, version: '2026-03', state: 'active', activatedAt: '2026-11-02T00:00:00Z' },
      { ...version, version: '2026-02', state: 'retired', activatedAt: '2026-11-01T00:00:00Z', retiredAt: '2026-11-02T00:00:00Z' },
    ])).toEqual([
      'VERSION  STATE    CREATED               BY    ACTIVE',
      '2026-04  tested   2026-11-01T09:00:00Z  anna  from 2026-12-01T00:00:00Z',
      '2026-03  active   2026-11-01T09:00:00Z  anna  since 2026-11-02T00:00:00Z',
      '2026-02  retired  2026-11-01T09:00:00Z  anna  2026-11-01T00:00:00Z to 2026-11-02T00:00:00Z',
    ]);
  });

  it('shows a finding with its place and its remedy', () => {
    expect(findingLines([{ severity: 'error', code: 'value-unknown', file: 'm.yaml', line: 7, column: 3, message: "'D' is not one of A, B, C.", remedy: 'Write one of them.' }], PLAIN)).toEqual([
      "m.yaml:7:3  error  'D' is not one of A, B, C. (value-unknown)", '    Write one of them.',
    ]);
  });

  it('shows of a failed case what was expected and what came', () => {
    const results = [{ name: 'ok', line: 1, passed: true, differences: [] }, { name: 'the reseller pays', line: 9, passed: false, differences: [{ path: 'queue', expected: 'partner/2002', actual: 'partner/1001' }], row: 'payment', variations: ['cloud-china'] }];
    expect(caseLines(results, { casesFile: 'cases.yaml', paint: PLAIN })).toEqual([
      'failed  the reseller pays  cases.yaml:9', '    queue', '      expected  "partner/2002"', '      actual    "partner/1001"', '    decided by row payment, varied by cloud-china', '', '1 of 2 cases failed.',
    ]);
    expect(caseLines(results.slice(0, 1), { casesFile: 'cases.yaml', paint: PLAIN })).toEqual(['ok  1 case passed.']);
  });

  it('shows a comparison by queue and by ticket', () => {
    const brief = (queue: string) => ({ queue, responsible: { role: 'microsoft' }, row: 'payment' });
    const comparison = {
      before: 'default-1', after: '2026-03', since: '2026-10-03T00:00:00Z', tickets: 10, changed: 3, isComplete: true,
      byQueue: [{ from: 'partner/1001', to: 'microsoft/payment', tickets: 2 }, { from: 'isv/contoso', to: 'isv/contoso', tickets: 1 }],
      byTicket: [{ ticketId: 't-1', source: 'jira-demo', externalId: 'SUP-1', area: 'payment', changed: ['responsible', 'queue'], before: brief('partner/1001'), after: brief('microsoft/payment') }],
    };
    expect(comparisonLines(comparison, PLAIN)).toEqual([
      '3 of 10 tickets since 2026-10-03T00:00:00Z would be decided otherwise by 2026-03 than by default-1.', '',
      'By queue', 'TICKETS  FROM          TO', '2        partner/1001  microsoft/payment', '1        isv/contoso   (the same)', '',
      'By ticket', 'jira-demo  SUP-1  payment  t-1', '    before  partner/1001, Microsoft by row payment', '    after   microsoft/payment, Microsoft by row payment', '    changed responsible, queue', '… and 2 more; see more with --limit',
    ]);
    expect(comparisonLines({ ...comparison, changed: 0 }, PLAIN)).toHaveLength(1);
  });
});
