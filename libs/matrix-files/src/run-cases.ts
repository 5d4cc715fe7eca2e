import { applyOverlays, decide, factsOf } from '@handoff/matrix';
import type { CompiledMatrix, Decision } from '@handoff/matrix';
import { differencesOf } from './differences.js';
import type { Mismatch } from './differences.js';
import type { CaseStep, MatrixCase } from './parse-cases.js';

/** What was expected and did not come, and the row that decided. */
export type CaseDifference = Mismatch & Readonly<{ row: string; variations: readonly string[]; line: number }>;

export interface CaseResult {
  readonly name: string;
  readonly line: number;
  readonly passed: boolean;
  /** Empty where it passed. Paths are those of the decision, after the step where there are steps. */
  readonly differences: readonly CaseDifference[];
  /** The row that decided at the end, and the rows that varied its answer. */
  readonly row: string;
  readonly variations: readonly string[];
}

/** Decides every case by a matrix. `now` (RFC 3339) is the time of a case that names none. */
export function runCases(cases: readonly MatrixCase[], matrix: CompiledMatrix, now: string): CaseResult[] {
  return cases.map((one) => runCase(one, matrix, now));
}

function runCase({ name, line, overlays, steps }: MatrixCase, matrix: CompiledMatrix, now: string): CaseResult {
  const decided = steps.map((step) => {
    const facts = factsOf(step.given, step.at ?? now);
    return { step, decision: decide(overlays.length === 0 ? facts : applyOverlays(facts, overlays), matrix) };
  });
  const differences = decided.flatMap(({ step, decision }) => stepDifferences(step, decision));
  const { row = '', variations = [] } = decided.at(-1)?.decision ?? {};
  return { name, line, passed: differences.length === 0, differences, row, variations };
}

function stepDifferences({ path, line, expect }: CaseStep, decision: Decision): readonly CaseDifference[] {
  const { row, variations } = decision;
  return differencesOf(expect, decision).map((mismatch) => ({
    ...mismatch,
    path: path === '' ? mismatch.path : `${path}.${mismatch.path}`,
    row,
    variations,
    line,
  }));
}
