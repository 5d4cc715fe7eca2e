import type { CompiledMatrix } from './compile.js';
import type { Decision } from './decision.js';
import { decideObserved } from './decide.js';
import type { Facts } from './facts.js';
import type { ConsideredRow } from './walk.js';

/** A decision, and every row that was looked at on the way to it. */
export type Explanation = Decision & Readonly<{ rows: readonly ConsideredRow[] }>;

/** The same decision as `decide`, with the rows that were considered and why each did or did not match. */
export function explain(facts: Facts, matrix: CompiledMatrix): Explanation {
  const rows: ConsideredRow[] = [];
  const decision = decideObserved(facts, matrix, (row) => rows.push(row));
  return { ...decision, rows };
}
