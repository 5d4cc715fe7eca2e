import { DEFAULT_MATRIX, compile } from '@handoff/matrix';
import fc from 'fast-check';
import { lintFile, parseCases, parseMatrix, parseOverlays, printMatrix } from './index.js';

const FILE = { file: 'house.yaml' };
const ROW = `  - id: house-rule
    stage: asker
    when: {area: [training], asker: [customer], country: {not: [DE]}}
    then: {firstContact: isv-publisher}
    code: matrix-row
    text: Agreed in the house.
    basis: default
    source: House rule 7
`;
const written = `${printMatrix(DEFAULT_MATRIX)}${ROW}`;
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
const placed = (text: string) => parseMatrix(text, FILE).findings.map(({ code, line, column }) => [code, line, column]);

describe('a matrix that somebody writes', () => {
  it('is read from YAML', () => {
    const { matrix, findings } = parseMatrix(written, FILE);
    expect(findings).toEqual([]);
    expect(matrix?.rows.at(-1)).toMatchObject({ id: 'house-rule', when: { country: { not: ['DE'] } } });
    expect(compile(matrix ?? DEFAULT_MATRIX).rows).toHaveLength(DEFAULT_MATRIX.rows.length + 1);
  });

  it('is read from JSON, with the same places', () => {
    const json = JSON.stringify(DEFAULT_MATRIX, null, 2);
    expect(parseMatrix(json, { file: 'house.json' })).toEqual({ matrix: DEFAULT_MATRIX, findings: [] });
    const broken = json.replace('"stage": "gate"', '"stage": "gait"');
    expect(parseMatrix(broken, { file: 'house.json' })).toMatchObject({
      matrix: null,
      findings: [{ code: 'value-unknown', file: 'house.json', line: lineOf(broken, '"gait"'), column: 16, remedy: "Did you mean 'gate'?" }],
    });
  });

  it.each([
    ['a slip in a key', 'firstContact: isv-publisher}', 'firstContcat: isv-publisher}', 'key-unknown', "Did you mean 'firstContact'?"],
    ['a slip in a value', '[training], asker', '[trainnig], asker', 'value-unknown', "Did you mean 'training'?"],
    ['a value where a list belongs', 'area: [training], asker', 'area: training, asker', 'type-wrong', 'Put it in brackets: [training].'],
    ['a number where text belongs', 'not: [DE]', 'not: [49]', 'type-wrong', "Put it in quotes: '49'."],
    ['a citation that is missing', '    source: House rule 7\n', '', 'key-missing', "Add 'source': what it rests on: the page, the contract, or who decided it."],
    ['a condition on nothing', '[training], asker', '[], asker', 'list-length', 'Add or remove entries.'],
  ])('is told of %s, with its place and a remedy', (_sentence, right, slip, code, remedy) => {
    const text = written.replace(ROW, ROW.replace(right, slip));
    const { matrix, findings } = parseMatrix(text, FILE);
    expect(matrix).toBeNull();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'error', code, remedy, file: 'house.yaml' });
    const line = findings[0]?.line ?? 0;
    expect(line).toBeGreaterThanOrEqual(lineOf(text, '  - id: house-rule'));
    expect(line).toBeLessThanOrEqual(text.split('\n').length);
  });

  it('points at the value itself', () => {
    expect(placed('version: 7\nrows: []\n')).toEqual([['type-wrong', 1, 10]]);
    const text = written.replace('[training], asker', '[training, gossip], asker');
    expect(placed(text)).toEqual([['value-unknown', lineOf(text, 'gossip'), 29]]);
  });

  it('is told what the rules themselves forbid, at its line', () => {
    const text = written.replace('{firstContact: isv-publisher}', '{disclose: {customer: {engineering: [email]}}}');
    const { matrix, findings } = parseMatrix(text, FILE);
    expect(matrix).toBeNull();
    expect(findings).toMatchObject([{ code: 'disclosure-widened', line: lineOf(text, 'engineering: [email]') }]);
  });

  it('stays usable with a warning', () => {
    const text = written.replace('text: Agreed in the house.', 'text: Ask boss@northwind.example.');
    expect(parseMatrix(text, FILE)).toMatchObject({ matrix: { version: 'default-1' }, findings: [{ severity: 'warning', code: 'contact-in-text' }] });
  });

  it('is compared with the directory and the agreements, where they are given', () => {
    const text = written.replace('country: {not: [DE]}', 'offerId: [payrol]');
    expect(lintFile(text, { ...FILE, directory: { offerIds: ['payroll'] } })).toMatchObject([{ code: 'reference-unknown', line: lineOf(text, 'payrol]') }]);
    const entry = { area: null, customerId: null, supportPlan: null, publisherId: null, offerId: null, kind: null, country: null, severity: null, accountable: null };
    const agreement = { id: 'a', providerId: '1', resellerId: '2', from: '2026-01-01', to: null };
    const agreements = [
      { ...agreement, entries: [{ ...entry, assignedTo: 'provider' as const }] },
      { ...agreement, id: 'b', entries: [{ ...entry, assignedTo: 'reseller' as const }] },
    ];
    expect(lintFile(written, { ...FILE, agreements })).toMatchObject([{ code: 'agreements-contradict', file: 'agreements' }]);
  });
});

describe('text that is no matrix', () => {
  it.each([
    ['nothing', '', 1],
    ['a bracket that is not closed', 'version: a\nrows: [\n', 2],
    ['a key that is written twice', 'version: a\nrows: []\nversion: b\n', 3],
    ['two documents', 'version: a\n---\nversion: b\n', 2],
    ['JSON that breaks off', '{"version": "a",\n "rows": [', 2],
  ])('is a finding for %s', (_sentence, text, line) => {
    const { matrix, findings } = parseMatrix(text, FILE);
    expect(matrix).toBeNull();
    expect(findings[0]).toMatchObject({ severity: 'error', code: 'syntax', file: 'house.yaml', remedy: expect.stringContaining('Correct') });
    expect(findings[0]?.line).toBeGreaterThanOrEqual(line);
  });

  it('is refused where it is nested without end, grows by aliases, or is longer than anybody writes', () => {
    const laughs = `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [${'*a, '.repeat(60)}]\nc: &c [${'*b, '.repeat(60)}]\nversion: [${'*c, '.repeat(60)}]\n`;
    expect(parseMatrix('['.repeat(50_000), FILE).findings.length).toBeLessThanOrEqual(6);
    expect(parseMatrix(laughs, FILE)).toMatchObject({ matrix: null, findings: [{ code: 'syntax' }] });
    expect(parseMatrix(`# ${'x'.repeat(2_100_000)}`, FILE)).toMatchObject({ matrix: null, findings: [{ code: 'file-too-long' }] });
  });

  it('never makes a reader throw, and always has a place', () => {
    const pieces = fc.constantFrom('version: a\n', 'rows:\n', '  - id: x\n', '    when: {area: [', ']}\n', '- ', ': ', '{', '}', '[', '"', '&a ', '*a', '!!map ', '\t', 'cases:\n', 'overlays: [{owner: 7}]');
    const text = fc.oneof(fc.string(), fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 14 }).map((parts) => parts.join('')));
    fc.assert(
      fc.property(text, (source) => {
        const all = [parseMatrix, parseCases, parseOverlays].flatMap((parse) => [...parse(source, FILE).findings]);
        for (const { line, column, remedy, message } of all) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(remedy).not.toBe('');
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('overlays that somebody writes', () => {
  it('are read, and refused where a wish is not the owner’s to have', () => {
    const text = 'overlays:\n  - owner: partner/2002\n    prefer: {partnerFirst: [{publisherId: contoso}], contactOrder: [csp-program]}\n';
    expect(parseOverlays(text, FILE)).toMatchObject({ overlays: [{ owner: 'partner/2002' }], findings: [] });
    expect(parseOverlays(text.replace('partner/2002', 'publisher/contoso'), FILE)).toMatchObject({ overlays: [], findings: [{ code: 'preference-not-owners', line: 3 }] });
    expect(parseOverlays(text.replace('csp-program', 'engineering'), FILE)).toMatchObject({ overlays: [], findings: [{ code: 'value-unknown' }] });
  });
});
