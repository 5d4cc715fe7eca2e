import type { CompiledRow } from './compile.js';
import { readerOf } from './conditions.js';
import type { CompiledCondition, ConditionName, ConditionValue, Reader, Test } from './conditions.js';
import type { Outcome } from './matrix.js';
import type { Situation } from './situation.js';

/**
 * The rows of a stage, found by what they ask for, so that a decision looks only at rows that its ticket may
 * match. A row that asks for a selective fact stands under the values that it admits; the others stand under
 * the areas and the askers that they admit. There is one `Candidate` a row, however often it is listed, so
 * that all of them stay in the processor's cache.
 */
export interface CandidateRows {
  readonly selected: readonly Readonly<{ read: Reader; rows: Listed<readonly Candidate[]> }>[];
  readonly others: Listed<Listed<readonly Candidate[]>>;
}

/** By the values of a fact; a value that no row names leads to the rows that do not ask for the fact. */
type Listed<Rows> = Readonly<{ byValue: ReadonlyMap<ConditionValue, Rows>; rest: Rows }>;

/** `position` is the row's place in its stage: of several that match, the first one counts. */
type Candidate = Readonly<{ position: number; compiled: CompiledRow; checks: readonly Check[] }>;

/** A condition made ready: nearly all admit but one value, and a test takes the place of the values. */
type Check = Readonly<{
  read: Reader;
  /** Undefined where the row admits no value at all. */
  only: ConditionValue | undefined;
  /** Null where it admits no other. */
  more: readonly ConditionValue[] | null;
  test: Test | null;
}>;

/** Facts with many values, of which a condition admits few; the most selective one first. */
const SELECTIVE_FACTS: readonly ConditionName[] = [
  'offerId',
  'customerId',
  'publisherId',
  'providerId',
  'resellerId',
  'country',
];

export function candidateRows(rows: readonly CompiledRow[]): CandidateRows {
  const all = rows.map(candidateOf);
  const groups = SELECTIVE_FACTS.map((fact) => ({ fact, group: all.filter((one) => selectiveFact(one) === fact) }));
  const others = byFact(
    all.filter((one) => selectiveFact(one) === undefined),
    'area',
  );
  return {
    selected: groups
      .filter(({ group }) => group.length > 0)
      .map(({ fact, group }) => ({ read: readerOf(fact), rows: byFact(group, fact) })),
    others: {
      byValue: new Map([...others.byValue].map(([area, listed]) => [area, byFact(listed, 'asker')])),
      rest: byFact(others.rest, 'asker'),
    },
  };
}

/** The look-up has checked the selective fact, or area and asker; a row with the former still has the latter. */
function candidateOf(compiled: CompiledRow, position: number): Candidate {
  const { conditions } = compiled;
  const selective = SELECTIVE_FACTS.find((fact) => plainCondition(conditions, fact) !== undefined);
  const lookedUp = selective === undefined ? ['area', 'asker'] : [selective];
  const left = conditions.filter(({ name, test }) => test !== undefined || !lookedUp.includes(name));
  return { position, compiled, checks: left.map(checkOf) };
}

function checkOf({ name, allowed: [only, ...more], test }: CompiledCondition): Check {
  return { read: readerOf(name), only, more: more.length === 0 ? null : more, test: test ?? null };
}

function selectiveFact({ compiled }: Candidate): ConditionName | undefined {
  return SELECTIVE_FACTS.find((fact) => plainCondition(compiled.conditions, fact) !== undefined);
}

function byFact(candidates: readonly Candidate[], fact: ConditionName): Listed<readonly Candidate[]> {
  const allowedBy = ({ compiled }: Candidate) => plainCondition(compiled.conditions, fact)?.allowed;
  const values = new Set(candidates.flatMap((candidate) => allowedBy(candidate) ?? []));
  const leftBy = (value: ConditionValue) => candidates.filter((one) => allowedBy(one)?.includes(value) ?? true);
  return {
    byValue: new Map([...values].map((value) => [value, leftBy(value)])),
    rest: candidates.filter((candidate) => allowedBy(candidate) === undefined),
  };
}

/** The condition on a fact that a look-up can take the place of: one without a test of its own. */
function plainCondition(conditions: readonly CompiledCondition[], fact: ConditionName): CompiledCondition | undefined {
  return conditions.find(({ name, test }) => name === fact && test === undefined);
}

/** The first row of the stage that matches the ticket; null where none does. */
export function firstCandidate(rows: CandidateRows, situation: Situation, outcome: Outcome): CompiledRow | null {
  const { facts, asker } = situation;
  const ofArea = rows.others.byValue.get(facts.ticket.area) ?? rows.others.rest;
  let first = firstOf(ofArea.byValue.get(asker) ?? ofArea.rest, null, situation, outcome);
  for (const { read, rows: selected } of rows.selected) {
    const candidates = selected.byValue.get(read(situation, outcome));
    if (candidates !== undefined) first = firstOf(candidates, first, situation, outcome);
  }
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
