import { readFileSync } from 'node:fs';
import { AREAS, DEFAULT_MATRIX, compile } from '@handoff/matrix';
import { DEFAULT_FOLDER } from './default-files.js';
import { CASES_SCHEMA, MATRIX_SCHEMA, OVERLAYS_SCHEMA, defaultCasesYaml, defaultMatrixYaml, parseCases, parseMatrix, printMatrix, runCases } from './index.js';

const NOW = '2026-05-04T09:30:00Z';
const ANEW = 'Written anew by: npm run build && node libs/matrix-files/write-default.mjs';
const { cases, findings } = parseCases(defaultCasesYaml(), { file: 'cases.yaml' });
const results = runCases(cases, compile(DEFAULT_MATRIX), NOW);

describe('the default matrix as a file', () => {
  it('is the one in the code, or is to be written anew', () => {
    const isCurrent = defaultMatrixYaml() === printMatrix(DEFAULT_MATRIX);
    expect(isCurrent ? ANEW : `matrix.yaml differs. ${ANEW}`).toBe(ANEW);
  });

  it('reads as the matrix in the code, with nothing to complain about', () => {
    expect(parseMatrix(defaultMatrixYaml(), { file: 'matrix.yaml' })).toEqual({ matrix: DEFAULT_MATRIX, findings: [] });
  });

  it.each([
    ['matrix', MATRIX_SCHEMA],
    ['cases', CASES_SCHEMA],
    ['overlays', OVERLAYS_SCHEMA],
  ])('comes with the schema of %s as it is in the code, or it is to be written anew', (name, schema) => {
    const shipped: unknown = JSON.parse(readFileSync(new URL(`${name}.schema.json`, DEFAULT_FOLDER), 'utf8'));
    const isCurrent = JSON.stringify(shipped) === JSON.stringify(schema);
    expect(isCurrent ? ANEW : `${name}.schema.json differs. ${ANEW}`).toBe(ANEW);
  });
});

describe('the cases of the default matrix', () => {
  it('can be read', () => {
    expect(findings).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });

  it.each(results.map((result) => [result.name, result.differences] as const))('%s', (_name, differences) => {
    expect(differences).toEqual([]);
  });

  it('reach every area, and every row of the matrix', () => {
    const reached = new Set(cases.flatMap((one) => runCases(one.steps.map((step) => ({ ...one, steps: [step] })), compile(DEFAULT_MATRIX), NOW)).flatMap(({ row, variations }) => [row, ...variations]));
    expect(AREAS.filter((area) => !reached.has(area))).toEqual([]);
    expect(DEFAULT_MATRIX.rows.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual([]);
  });
});
