import { lintAgreements } from '@handoff/matrix';
import type { Agreement, KnownIds } from '@handoff/matrix';
import type { FileFinding, FileOptions } from './file-finding.js';
import { parseMatrix } from './parse-matrix.js';

/** What a matrix is checked against, beside itself. */
export type LintOptions = FileOptions & Readonly<{ agreements?: readonly Agreement[]; directory?: KnownIds }>;

/** Everything that is wrong with a matrix in a file, and with the agreements that it will meet. Never throws. */
export function lintFile(text: string, options: LintOptions): readonly FileFinding[] {
  const contradictions = lintAgreements(options.agreements ?? []);
  return [
    ...parseMatrix(text, options).findings,
    ...contradictions.map((finding) => ({ ...finding, file: 'agreements', line: 1, column: 1 })),
  ];
}
