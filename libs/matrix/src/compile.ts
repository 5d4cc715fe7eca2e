import { candidateRows } from './candidate-rows.js';
import type { CandidateRows } from './candidate-rows.js';
import { compileConditions } from './conditions.js';
import type { CompiledCondition } from './conditions.js';
import type { Finding } from './findings.js';
import { lintMatrix } from './lint.js';
import { STAGES } from './matrix.js';
import type { Matrix, Row } from './matrix.js';
import { rowReason } from './messages/row-message.js';
import { changeOf } from './outcome.js';
import type { Change } from './outcome.js';
import type { Reason } from './reasons.js';

/** A row with its conditions, its change and its reason unpacked, so that deciding reads no data structure twice. */
export type CompiledRow = Readonly<{
  row: Row;
  conditions: readonly CompiledCondition[];
  change: Change;
  reason: Reason;
}>;

/** A checked matrix, its rows sorted by stage. Itself a matrix, so compiling it again changes nothing. */
export interface CompiledMatrix extends Matrix {
  readonly candidates: CandidateRows;
}

/** The matrix has errors; `findings` lists all of them. */
export class MatrixError extends Error {
  override readonly name = 'MatrixError';

  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(`The matrix cannot be used. ${findings.map(({ path, message }) => `${path}: ${message}`).join(' ')}`);
    this.findings = findings;
  }
}

/**
 * Checks and sorts a matrix, once, before any ticket is decided by it. Rows keep the order in which they were
 * written within their stage.
 * @throws MatrixError where `lintMatrix` finds an error.
 */
export function compile({ version, rows }: Matrix): CompiledMatrix {
  const errors = lintMatrix({ version, rows }).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new MatrixError(errors);
  const sorted = STAGES.flatMap((stage) => rows.filter((row) => row.stage === stage));
  return { version, rows: sorted, candidates: candidateRows(sorted.map(compileRow)) };
}

function compileRow(row: Row): CompiledRow {
  return { row, conditions: compileConditions(row.when), change: changeOf(row.then), reason: rowReason(row) };
}
