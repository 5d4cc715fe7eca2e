import { AREAS, BASES, CLOUDS, DEFAULT_MATRIX, REASON_CODES, STAGES } from '@handoff/matrix';
import type { Matrix, Row } from '@handoff/matrix';
import fc from 'fast-check';
import { parse } from 'yaml';
import { MATRIX_SCHEMA, parseMatrix, printMatrix } from './index.js';
import { checkShape } from './shape.js';

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
/** Words that YAML is fond of taking for something else, among any other text. */
const words = fc.oneof(
  oneOf(['no', 'null', '0x1F', '1e3', '2026-05-04', '- a', 'a: b', '# note', '"', "'", '&a', '*a', '|', '>', '~', ' x ', 'a\nb', 'Ölçü', '{', '[', '%', '@']),
  fc.string({ minLength: 1, maxLength: 200 }).filter((text) => text.trim() !== ''),
);
const values = fc.oneof(fc.array(words, { minLength: 1, maxLength: 3 }), fc.record({ not: fc.array(words, { minLength: 1, maxLength: 2 }) }));

const row: fc.Arbitrary<Row> = fc.record(
  {
    id: words,
    stage: oneOf(STAGES),
    when: fc.record({ area: fc.subarray([...AREAS], { minLength: 1 }), cloud: fc.subarray([...CLOUDS], { minLength: 1 }), country: values, offerId: values, from: words, classified: fc.boolean() }, { requiredKeys: [] }),
    then: fc.record(
      { firstContact: fc.constant('microsoft' as const), escalation: fc.constant([]), escalationContact: fc.constant(null), disclose: fc.constant({ customer: { 'customer-support': [] } }) },
      { requiredKeys: [] },
    ),
    code: oneOf(REASON_CODES),
    text: words,
    texts: fc.dictionary(oneOf(['tr', 'de-AT']), words),
    basis: oneOf(BASES),
    source: words,
    before: fc.array(words, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['id', 'stage', 'when', 'then', 'code', 'text', 'basis', 'source'] },
);

describe('a printed matrix', () => {
  it('is the same matrix when it is read again', () => {
    expect(parseMatrix(printMatrix(DEFAULT_MATRIX), { file: 'm.yaml' })).toEqual({ matrix: DEFAULT_MATRIX, findings: [] });
  });

  it('is the same for whatever people write into rows, and has the shape of the schema', () => {
    fc.assert(
      fc.property(words, fc.array(row, { maxLength: 4 }), (version, rows) => {
        const matrix: Matrix = JSON.parse(JSON.stringify({ version, rows })) as Matrix;
        const again: unknown = parse(printMatrix(matrix));
        expect(again).toEqual(matrix);
        expect(checkShape(again, MATRIX_SCHEMA)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('has a block for each row and its lists on one line', () => {
    const [first] = DEFAULT_MATRIX.rows;
    expect(printMatrix({ version: 'draft', rows: first === undefined ? [] : [first] })).toMatch(
      /^version: draft\nrows:\n {2}- id: cloud-china\n {4}stage: gate\n {4}when:\n {6}cloud: \[china\]\n {4}then:\n {6}queue: unassigned\n/,
    );
  });
});
