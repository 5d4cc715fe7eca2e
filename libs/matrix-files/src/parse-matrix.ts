import { lintMatrix } from '@handoff/matrix';
import type { KnownIds, Matrix } from '@handoff/matrix';
import type { FileFinding, FileOptions } from './file-finding.js';
import { MATRIX_SCHEMA } from './matrix-schema.js';
import { checkShape } from './shape.js';
import { readDocument } from './written-document.js';

/** A matrix that compiles, or null where a finding is an error. Warnings leave it usable. */
export type ParsedMatrix = Readonly<{ matrix: Matrix | null; findings: readonly FileFinding[] }>;

/**
 * Reads a matrix from YAML or JSON, and lints it. Never throws: whatever is wrong is a finding with its place.
 * `directory` lists ids to check the conditions against.
 */
export function parseMatrix(text: string, options: FileOptions & Readonly<{ directory?: KnownIds }>): ParsedMatrix {
  const document = readDocument(text, options);
  if (document.value === undefined) return { matrix: null, findings: document.findings };
  const shape = checkShape(document.value, MATRIX_SCHEMA);
  if (shape.length > 0) return { matrix: null, findings: shape.map(document.place) };
  const { version, rows } = document.value as Matrix;
  const matrix: Matrix = { version, rows };
  const findings = lintMatrix(matrix, options.directory).map(document.place);
  return { matrix: findings.some(({ severity }) => severity === 'error') ? null : matrix, findings };
}
