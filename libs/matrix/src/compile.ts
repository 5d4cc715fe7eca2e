import { compileConditions } from './conditions.js';
import type { CompiledCondition } from './conditions.js';
import type { Finding } from './findings.js';
import { lintMatrix } from './lint.js';
import { STAGES } from './matrix.js';
import type { Matrix, Row, Stage } from './matrix.js';

/** A row with its conditions unpacked, so that matching reads no data structure twice. */
export type CompiledRow = Readonly<{ row: Row; conditions: readonly CompiledCondition[] }>;

/** A checked matrix, its rows sorted by stage. Itself a matrix, so compiling it again changes nothing. */
export interface CompiledMatrix extends Matrix {
  readonly stages: readonly Readonly<{ stage: Stage; rows: readonly CompiledRow[] }>[];
}

/** The matrix has errors; `findings` lists all of them. */
export class MatrixError extends Error {
  override readonly name = 'MatrixError';

  constructor(readonly findings: readonly Finding[]) {
    super(`The matrix cannot be used. ${findings.map(({ path, message }) => `${path}: ${message}`).join(' ')}`);
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
  const stages = STAGES.map((stage) => ({
    stage,
    rows: rows.filter((row) => row.stage === stage).map((row) => ({ row, conditions: compileConditions(row.when) })),
  }));
  return { version, rows: stages.flatMap((stage) => stage.rows.map(({ row }) => row)), stages };
}
