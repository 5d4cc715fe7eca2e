import type { CompiledMatrix } from './compile.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import type { Facts } from './facts.js';

/** What of a decision matters to the people it reaches; reasons and versions differ between matrices anyway. */
export const COMPARED_FIELDS = [
  'responsible',
  'firstContact',
  'accountable',
  'informed',
  'handsOver',
  'escalation',
  'contacts',
  'queue',
  'attachedTo',
  'stays',
  'informationOnly',
] as const satisfies readonly (keyof Decision)[];
export type ComparedField = (typeof COMPARED_FIELDS)[number];

/** A ticket that two matrices decide differently. */
export interface Difference {
  readonly facts: Facts;
  readonly changed: readonly ComparedField[];
  readonly before: Decision;
  readonly after: Decision;
}

/** Which of the tickets a new matrix would decide differently, and in what; in the order given. */
export function compare(
  before: CompiledMatrix,
  after: CompiledMatrix,
  tickets: readonly Facts[],
): readonly Difference[] {
  return tickets
    .map((facts) => differenceOf(facts, decide(facts, before), decide(facts, after)))
    .filter(({ changed }) => changed.length > 0);
}

function differenceOf(facts: Facts, before: Decision, after: Decision): Difference {
  // Both sides are built by the same code, so equal values have equal text.
  const changed = COMPARED_FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return { facts, changed, before, after };
}
