import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { NEW_ROW, problemOf, rowsOf, withoutRow, withRow, withRowMoved } from './rows.decision.js';

const TEXT = `version: v1
# Before all rows.
rows:
  # The first.
  - id: china
    stage: gate
    when:
      cloud: [china]
    then:
      queue: unassigned
    code: cloud-not-served
    text: "Not here: elsewhere."
    basis: guidance
    source: Documentation
    before: [later]

  # The second, of
  # two lines.
  - id: billing
    stage: area
    when:
      area: [customer-billing, payment]
    then:
      responsible: csp-partner
    code: matrix-row
    text: The partner bills.
    basis: guidance
    source: Documentation
unless: later
`;
const idsIn = (text: string): string[] => (parse(text) as { rows: { id: string }[] }).rows.map(({ id }) => id);
const DEFAULT = readFileSync(path.join(import.meta.dirname, '../../../../../libs/matrix-files/default/matrix.yaml'), 'utf8');

describe('the rows in a text', () => {
  it('are read with their conditions and outcomes as YAML', () => {
    expect(rowsOf(TEXT)).toEqual({ problem: null, rows: [
      { id: 'china', stage: 'gate', when: 'cloud: [china]', then: 'queue: unassigned', text: 'Not here: elsewhere.', rest: 'code: cloud-not-served\nbasis: guidance\nsource: Documentation\nbefore: [later]' },
      { id: 'billing', stage: 'area', when: 'area: [customer-billing, payment]', then: 'responsible: csp-partner', text: 'The partner bills.', rest: 'code: matrix-row\nbasis: guidance\nsource: Documentation' },
    ] });
  });

  it.each([['rows: [', /flow/i], ['rows: 7', /^rows$/], ['rows: [{id: a}]', /^rows$/], ['', /^rows$/], ['rows:\n  - 7\n', /^rows$/]])('%j has none, and it is said why', (text, why) => {
    expect(rowsOf(text)).toMatchObject({ rows: [], problem: expect.stringMatching(why) });
    expect([withRow(text, 0, NEW_ROW), withoutRow(text, 0), withRowMoved(text, 0, 1)]).toEqual([text, text, text]);
  });

  it('say the same when each is written back as it was read', () => {
    for (const text of [TEXT, DEFAULT]) {
      const { rows } = rowsOf(text);
      expect(rows.length).toBeGreaterThan(1);
      for (const [index, row] of rows.entries()) expect(parse(withRow(text, index, row))).toEqual(parse(text));
    }
  });

  it('leave everything around them alone when one is changed', () => {
    const [, billing = NEW_ROW] = rowsOf(TEXT).rows;
    const changed = withRow(TEXT, 1, { ...billing, when: 'area: [payment]\nasker: [customer]', text: 'Pays: 7 %' });
    expect(changed).toContain('# Before all rows.\nrows:\n  # The first.\n  - id: china\n');
    expect(changed).toContain('  # The second, of\n  # two lines.\n  - id: billing\n    stage: area\n    when:\n      area: [payment]\n      asker: [customer]\n');
    expect(parse(changed)).toMatchObject({ unless: 'later', rows: [{ id: 'china' }, { id: 'billing', when: { area: ['payment'], asker: ['customer'] }, text: 'Pays: 7 %', source: 'Documentation' }] });
  });

  it('take a new one at their end', () => {
    const added = withRow(TEXT, 2, { ...NEW_ROW, id: 'new', when: '' });
    expect(parse(added)).toMatchObject({ unless: 'later', rows: [{ id: 'china' }, { id: 'billing' }, { id: 'new', stage: 'area', when: {}, then: { responsible: 'csp-partner' } }] });
  });

  it('go with the comments above them', () => {
    expect(withoutRow(TEXT, 0)).toBe(TEXT.slice(0, TEXT.indexOf('  # The first.')) + TEXT.slice(TEXT.indexOf('  # The second')));
    expect(idsIn(withoutRow(TEXT, 1))).toEqual(['china']);
    expect(withoutRow(TEXT, 1)).not.toContain('two lines');
    expect(withoutRow(TEXT, 7)).toBe(TEXT);
  });

  it('change places, with their comments', () => {
    const moved = withRowMoved(TEXT, 1, -1);
    expect(idsIn(moved)).toEqual(['billing', 'china']);
    expect(moved).toMatch(/two lines\.\n {2}- id: billing[^]*# The first\.\n {2}- id: china/);
    expect(idsIn(withRowMoved(moved, 0, 1))).toEqual(['china', 'billing']);
    expect([withRowMoved(TEXT, 0, -1), withRowMoved(TEXT, 1, 1)]).toEqual([TEXT, TEXT]);
    const all = idsIn(DEFAULT);
    expect(idsIn(withRowMoved(DEFAULT, all.length - 1, -1))).toEqual([...all.slice(0, -2), all.at(-1), all.at(-2)]);
  });
});

describe('a row', () => {
  it.each([[{ ...NEW_ROW, id: 'x' }, null], [NEW_ROW, 'id'], [{ ...NEW_ROW, id: 'x', when: 'area: [' }, expect.stringContaining('sequence')]])('%# that cannot be written says why', (row, problem) => {
    expect(problemOf(row)).toEqual(problem);
  });
});
