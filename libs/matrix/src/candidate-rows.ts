import type { CompiledRow, CompiledStage } from './compile.js';
import { readerOf } from './conditions.js';
import type { CompiledCondition, ConditionName, ConditionValue, Reader, Test } from './conditions.js';
import type { Outcome } from './matrix.js';
import { NOTHING_YET } from './outcome.js';
import type { Situation } from './situation.js';

/**
 * The rows of a matrix, found by what they ask for, so that a decision looks only at rows that its ticket may
 * match. Each row is in one group: that of the most selective fact it asks for, else that of the asker. There it
 * stands under the values and then the areas that it admits. There is one `Candidate` a row, however often it
 * is listed, so that all of them stay in the processor's cache.
 */
export type CandidateRows = readonly Group[];

type Group = Readonly<{ read: Reader; rows: Listed<Listed<ByStage>> }>;

/** By the values of a fact; a value that no row names leads to the rows that do not ask for the fact. */
type Listed<Rows> = Readonly<{ byValue: ReadonlyMap<ConditionValue, Rows>; rest: Rows }>;

/** The candidates of each stage, by its place among the stages; empty where no stage has any. */
export type ByStage = readonly (readonly Candidate[])[];

type Candidate = Readonly<{
  compiled: CompiledRow;
  /** Of its stage among the stages. */
  place: number;
  /** Of the row in its stage: of several that match, the first one counts. */
  position: number;
  /** By which it is grouped. */
  fact: ConditionName;
  checks: readonly Check[];
}>;

const NO_ROWS: readonly Candidate[] = [];
const NO_STAGES: ByStage = [];

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

export function candidateRows(stages: readonly CompiledStage[]): CandidateRows {
  const all = stages.flatMap(({ rows, place }) => rows.map((compiled, position) => candidateOf(compiled, place, position)));
  const byStage = (group: readonly Candidate[]) =>
    group.length === 0 ? NO_STAGES : stages.map(({ place }) => group.filter((one) => one.place === place));
  return GROUPING_FACTS.map((fact) => ({ fact, group: all.filter((one) => one.fact === fact) }))
    .filter(({ group }) => group.length > 0)
    .map(({ fact, group }) => ({
      read: readerOf(fact),
      rows: listedBy(group, fact, (ofValue) => listedBy(ofValue, 'area', byStage)),
    }));
}

/** The look-up has checked the fact of the group, and the area. */
function candidateOf(compiled: CompiledRow, place: number, position: number): Candidate {
  const { conditions } = compiled;
  const fact = GROUPING_FACTS.find((name) => plainCondition(conditions, name) !== undefined) ?? 'asker';
  const left = conditions.filter(({ name, test }) => test !== undefined || (name !== fact && name !== 'area'));
  return { compiled, place, position, fact, checks: left.map(checkOf) };
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

/** The rows that the ticket may match, group by group: what they are found by depends on no outcome. */
export function candidatesFor(groups: CandidateRows, situation: Situation): readonly ByStage[] {
  const { area } = situation.facts.ticket;
  return groups.map(({ read, rows }) => {
    const ofValue = rows.byValue.get(read(situation, NOTHING_YET)) ?? rows.rest;
    return ofValue.byValue.get(area) ?? ofValue.rest;
  });
}

/** The first row of a stage that matches the ticket; null where none does. */
export function firstCandidate(
  found: readonly ByStage[],
  place: number,
  situation: Situation,
  outcome: Outcome,
): CompiledRow | null {
  let first: Candidate | null = null;
  for (const byStage of found) first = firstOf(byStage[place] ?? NO_ROWS, first, situation, outcome);
  return first === null ? null : first.compiled;
}

/** The first that matches and stands before `known`; else `known`. */
function firstOf(
  candidates: readonly Candidate[],
  known: Candidate | null,
  situation: Situation,
  outcome: Outcome,
): Candidate | null {
  for (const candidate of candidates) {
    if (known !== null && candidate.position > known.position) return known;
    if (matches(candidate, situation, outcome)) return candidate;
  }
  return known;
}

function matches({ checks }: Candidate, situation: Situation, outcome: Outcome): boolean {
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
