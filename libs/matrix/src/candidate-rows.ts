import type { CompiledRow } from './compile.js';
import { readerOf } from './conditions.js';
import type { CompiledCondition, ConditionName, ConditionValue, Reader, Test } from './conditions.js';
import type { Outcome, Stage } from './matrix.js';
import { NOTHING_YET } from './outcome.js';
import type { Situation } from './situation.js';

/**
 * The rows of a matrix, found by what they ask for, so that a decision looks only at rows that its ticket may
 * match. Each row is in one group: that of the most selective fact it asks for, else that of the asker. There it
 * stands under the values and then the areas that it admits. There is one `Candidate` a row, however often it
 * is listed, so that all of them stay in the processor's cache.
 */
export interface CandidateRows {
  readonly groups: readonly Group[];
  /** All of them, in the order in which they are read. */
  readonly all: readonly Candidate[];
}

type Group = Readonly<{ read: Reader; rows: Listed<Listed<readonly Candidate[]>> }>;

/** By the values of a fact; a value that no row names leads to the rows that do not ask for the fact. */
type Listed<Rows> = Readonly<{ byValue: ReadonlyMap<ConditionValue, Rows>; rest: Rows }>;

/** A row, and what of it is to be checked still. */
export type Candidate = Readonly<{
  compiled: CompiledRow;
  stage: Stage;
  /** The row's place among all rows. */
  position: number;
  /** By which it is grouped. */
  fact: ConditionName;
  checks: readonly Check[];
}>;

/** A condition made ready: nearly all admit but one value, and a test takes the place of the values. */
type Check = Readonly<{
  read: Reader;
  /** Undefined where the row admits no value at all. */
  only: ConditionValue | undefined;
  /** Null where it admits no other. */
  more: readonly ConditionValue[] | null;
  test: Test | null;
}>;

/** The facts that rows are grouped by: those with many values, of which a condition admits few, come first. */
const GROUPING_FACTS: readonly ConditionName[] = [
  'offerId',
  'customerId',
  'publisherId',
  'providerId',
  'resellerId',
  'country',
  'asker',
];

export function candidateRows(rows: readonly CompiledRow[]): CandidateRows {
  const all = rows.map(candidateOf);
  const groups = GROUPING_FACTS.map((fact) => ({ fact, group: all.filter((one) => one.fact === fact) }))
    .filter(({ group }) => group.length > 0)
    .map(({ fact, group }) => ({
      read: readerOf(fact),
      rows: listedBy(group, fact, (ofValue) => listedBy(ofValue, 'area', (ofArea) => ofArea)),
    }));
  return { groups, all };
}

/** The look-up has checked the fact of the group, and the area. */
function candidateOf(compiled: CompiledRow, position: number): Candidate {
  const { conditions, row } = compiled;
  const fact = GROUPING_FACTS.find((name) => plainCondition(conditions, name) !== undefined) ?? 'asker';
  const left = conditions.filter(({ name, test }) => test !== undefined || (name !== fact && name !== 'area'));
  return { compiled, stage: row.stage, position, fact, checks: left.map(checkOf) };
}

function checkOf({ name, allowed: [only, ...more], test }: CompiledCondition): Check {
  return { read: readerOf(name), only, more: more.length === 0 ? null : more, test: test ?? null };
}

function listedBy<Rows>(
  candidates: readonly Candidate[],
  fact: ConditionName,
  inner: (candidates: readonly Candidate[]) => Rows,
): Listed<Rows> {
  const allowedBy = ({ compiled }: Candidate) => plainCondition(compiled.conditions, fact)?.allowed;
  const values = new Set(candidates.flatMap((candidate) => allowedBy(candidate) ?? []));
  const leftBy = (value: ConditionValue) => candidates.filter((one) => allowedBy(one)?.includes(value) ?? true);
  return {
    byValue: new Map([...values].map((value) => [value, inner(leftBy(value))])),
    rest: inner(candidates.filter((candidate) => allowedBy(candidate) === undefined)),
  };
}

/** The condition on a fact that a look-up can take the place of: one without a test of its own. */
function plainCondition(conditions: readonly CompiledCondition[], fact: ConditionName): CompiledCondition | undefined {
  return conditions.find(({ name, test }) => name === fact && test === undefined);
}

/** The rows that a ticket may match, in their order: what they are found by depends on no outcome. */
export function candidatesFor({ groups }: CandidateRows, situation: Situation): readonly Candidate[] {
  const { area } = situation.facts.ticket;
  let found: readonly Candidate[] = [];
  for (const { read, rows } of groups) {
    const ofValue = rows.byValue.get(read(situation, NOTHING_YET)) ?? rows.rest;
    found = inOrder(found, ofValue.byValue.get(area) ?? ofValue.rest);
  }
  return found;
}

/** Two ordered lists as one. Mostly one of them is empty. */
function inOrder(some: readonly Candidate[], others: readonly Candidate[]): readonly Candidate[] {
  if (some.length === 0) return others;
  if (others.length === 0) return some;
  const all: Candidate[] = [];
  let next = 0;
  for (const one of some) {
    for (let other = others[next]; other !== undefined && other.position < one.position; other = others[next]) {
      all.push(other);
      next += 1;
    }
    all.push(one);
  }
  for (let other = others[next]; other !== undefined; other = others[next]) {
    all.push(other);
    next += 1;
  }
  return all;
}

/** Whether a candidate's row matches the ticket, after the rows that made `outcome`. */
export function matches({ checks }: Candidate, situation: Situation, outcome: Outcome): boolean {
  for (const { read, only, more, test } of checks) {
    if (test !== null) {
      if (!test(situation)) return false;
      continue;
    }
    const value = read(situation, outcome);
    if (value !== only && (more === null || !more.includes(value))) return false;
  }
  return true;
}
