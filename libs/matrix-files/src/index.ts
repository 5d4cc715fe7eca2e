/** Matrices, overlays and cases as files that people write, in YAML or JSON. */
export type { FileFinding, FileOptions } from './file-finding.js';
export type { Schema } from './shape.js';
export { MATRIX_SCHEMA, ROWS_MAX } from './matrix-schema.js';
export { CASES_MAX, CASES_SCHEMA } from './cases-schema.js';
export { OVERLAYS_SCHEMA } from './overlay-schema.js';
export { parseMatrix } from './parse-matrix.js';
export type { ParsedMatrix } from './parse-matrix.js';
export { printMatrix } from './print-matrix.js';
export { parseOverlays } from './parse-overlays.js';
export type { ParsedOverlays } from './parse-overlays.js';
export { parseCases } from './parse-cases.js';
export type { CaseStep, MatrixCase, ParsedCases } from './parse-cases.js';
export { runCases } from './run-cases.js';
export type { CaseDifference, CaseResult } from './run-cases.js';
export { lintFile } from './lint-file.js';
export type { LintOptions } from './lint-file.js';
export { defaultCasesYaml, defaultMatrixYaml } from './default-files.js';
