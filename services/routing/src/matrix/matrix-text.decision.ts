import { compile, type CompiledMatrix, MatrixError } from '@handoff/matrix';
import { type CaseResult, type FileFinding, parseCases, parseMatrix, runCases } from '@handoff/matrix-files';
import type { MatrixText } from './matrix-version.js';

/** Whose finding it is: the field of the request, or of the stored version. */
const MATRIX = 'matrix';
const CASES = 'cases';

export interface ReadMatrix {
  /** `null`: `findings` has errors. */
  readonly matrix: CompiledMatrix | null;
  readonly findings: readonly FileFinding[];
}

/** The rules of a version, ready for use. The name under which they are stored stands in every decision. */
export function readMatrix(text: string, version: string): ReadMatrix {
  const { matrix, findings } = parseMatrix(text, { file: MATRIX });
  if (matrix === null || findings.some(isError)) return { matrix: null, findings };
  const renamed = matrix.version === version ? [] : [finding({ severity: 'warning', code: 'version-differs', file: MATRIX, path: 'version', message: `The text calls itself '${matrix.version}', and is stored as '${version}', which decisions will name.`, remedy: `Write version: ${version}.` })];
  try {
    return { matrix: compile({ ...matrix, version }), findings: [...findings, ...renamed] };
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    return { matrix: null, findings: [...findings, ...error.findings.map((found) => finding({ ...found, file: MATRIX }))] };
  }
}

export interface ReadVersion extends ReadMatrix {
  /** Runs the cases. `now` is the time of a case that names none. */
  readonly test: ((now: string) => readonly CaseResult[]) | null;
}

/** A version's rules and cases, with all that is wrong in them. */
export function readVersion({ matrix: text, cases: casesText }: MatrixText, version: string): ReadVersion {
  const { matrix, findings } = readMatrix(text, version);
  const { cases, findings: caseFindings } = parseCases(casesText, { file: CASES });
  const none = cases.length === 0 && !caseFindings.some(isError)
    ? [finding({ severity: 'error', code: 'cases-missing', file: CASES, path: 'cases', message: 'There is no case, so nothing would show whether the matrix answers as it should.', remedy: 'Write at least one case.' })]
    : [];
  const all = [...findings, ...caseFindings, ...none];
  if (matrix === null || all.some(isError)) return { matrix: null, findings: all, test: null };
  return { matrix, findings: all, test: (now) => runCases(cases, matrix, now) };
}

export function isError({ severity }: Pick<FileFinding, 'severity'>): boolean {
  return severity === 'error';
}

function finding(found: Omit<FileFinding, 'line' | 'column'>): FileFinding {
  return { ...found, line: 1, column: 1 };
}
