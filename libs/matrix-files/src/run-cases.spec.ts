import { DEFAULT_MATRIX, compile } from '@handoff/matrix';
import { parseCases, runCases } from './index.js';

const NOW = '2026-05-04T09:30:00Z';
const FILE = { file: 'cases.yaml' };
const matrix = compile(DEFAULT_MATRIX);

const HEAD = `directory:
  offers:
    crm: {id: crm, publisherId: contoso, contacts: {customerSupport: {email: a@contoso.example}}}
  subscriptions:
    direct: {partner: {model: direct-bill, partnerId: "3100"}}
cases:
`;
const run = (cases: string) => {
  const parsed = parseCases(`${HEAD}${cases}`, FILE);
  expect(parsed.findings).toEqual([]);
  return runCases(parsed.cases, matrix, NOW);
};
const faults = (text: string) => parseCases(text, FILE).findings.map(({ code, line }) => [code, line]);

describe('a case', () => {
  it('passes where the decision has what is expected', () => {
    expect(run('  - name: Fault\n    given: {ticket: {area: break-fix}, offer: crm, subscription: direct}\n    expect: {responsible: isv-publisher/contoso, informed: [{partyId: "3100"}], reasons: [matrix-row]}\n')).toEqual([
      { name: 'Fault', line: 7, passed: true, differences: [], row: 'break-fix', variations: [] },
    ]);
  });

  it('tells each difference with its path, both values, and the row that decided', () => {
    const [result] = run(
      '  - name: Fault\n    given: {ticket: {area: break-fix, asker: partner}, offer: crm, subscription: direct}\n    expect: {responsible: microsoft, informed: [microsoft], reasons: [already-there], contacts: [{kind: engineering}], stays: false}\n',
    );
    const decided = { row: 'break-fix', variations: ['partner-asks-publisher'], line: 7 };
    expect(result).toMatchObject({ passed: false, row: 'break-fix' });
    expect(result?.differences).toEqual([
      { path: 'responsible', expected: 'microsoft', actual: { role: 'isv-publisher', partyId: 'contoso' }, ...decided },
      { path: 'informed', expected: ['microsoft'], actual: [], ...decided },
      { path: 'reasons[0]', expected: 'already-there', actual: expect.arrayContaining(['matrix-row', 'asked-by-partner']), ...decided },
      { path: 'contacts[0].kind', expected: 'engineering', actual: 'customer-support', ...decided },
    ]);
  });

  it('goes on in steps, each of which says only what changed', () => {
    const [result] = run(`  - name: Over time
    at: 2026-05-04T09:30:00Z
    given:
      ticket: {area: break-fix}
      offer: crm
      subscription: direct
      openHealthNotices: [{id: n-1, startedAt: 2026-05-04T08:00:00Z, endedAt: 2026-05-04T10:00:00Z}]
    expect: {attachedTo: n-1}
    steps:
      - {at: 2026-05-04T10:00:00Z, expect: {attachedTo: null}}
      - {at: 2026-05-04T09:00:00Z, expect: {attachedTo: wrong}}
      - {given: {ticket: {area: payment}, subscription: null}, expect: {row: payment, queue: unassigned}}
`);
    expect(result?.differences).toMatchObject([{ path: 'steps[1].attachedTo', expected: 'wrong', actual: 'n-1', row: 'break-fix', line: 17 }]);
  });

  it('is judged at the time of the run where it names none', () => {
    const { cases } = parseCases(`${HEAD}  - name: Now\n    given: {ticket: {area: break-fix}, offer: crm, openHealthNotices: [{id: n, endedAt: 2026-05-05T00:00:00Z}]}\n    expect: {attachedTo: n}\n`, FILE);
    expect(runCases(cases, matrix, NOW)[0]?.passed).toBe(true);
    expect(runCases(cases, matrix, '2026-05-06T00:00:00Z')[0]?.passed).toBe(false);
  });
});

describe('cases that cannot be run', () => {
  it.each([
    ['expect nothing', 'cases:\n  - name: A\n    given: {}\n', ['expect-missing', 2]],
    ['are called the same', 'cases:\n  - {name: A, given: {}, expect: {queue: triage}}\n  - {name: A, given: {}, expect: {queue: triage}}\n', ['name-repeated', 3]],
    ['name an offer that is not there', 'cases:\n  - name: A\n    given: {offer: none}\n    expect: {queue: triage}\n', ['reference-unknown', 3]],
    ['name a time that is none', 'cases:\n  - name: A\n    at: some day soon\n    given: {}\n    expect: {queue: triage}\n', ['instant-invalid', 3]],
    ['ask for a part that no decision has', 'cases:\n  - name: A\n    given: {}\n    expect: {quee: triage}\n', ['key-unknown', 4]],
    ['have facts that no ticket has', 'cases:\n  - name: A\n    given: {ticket: {area: brek-fix}}\n    expect: {queue: triage}\n', ['value-unknown', 3]],
    ['have an overlay of nobody', 'cases:\n  - name: A\n    given: {}\n    overlays: [{owner: me, prefer: {}}]\n    expect: {queue: triage}\n', ['owner-unknown', 4]],
  ])('are told so where they %s', (_sentence, text, finding) => {
    expect(faults(text)).toEqual([finding]);
    expect(parseCases(text, FILE).cases).toEqual([]);
  });
});
