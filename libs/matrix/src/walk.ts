import { candidatesFor, matches } from './candidate-rows.js';
import type { Candidate } from './candidate-rows.js';
import type { CompiledMatrix, CompiledRow } from './compile.js';
import { conditionHolds, readCondition } from './conditions.js';
import { mismatch } from './mismatch.js';
import type { Outcome, Stage } from './matrix.js';
import { say } from './messages/say.js';
import type { Params } from './messages/say.js';
import { NOTHING_YET, changed } from './outcome.js';
import type { Situation } from './situation.js';

/** What the rows say, and which of them said it. */
export type Walked = Readonly<{ outcome: Outcome; matched: readonly CompiledRow[] }>;

/** A row that was looked at, and why it did or did not match. */
export interface ConsideredRow {
  readonly id: string;
  readonly stage: Stage;
  readonly matched: boolean;
  /** In words: the first condition that failed, or that all held. */
  readonly because: string;
  /** By what the words can be said in another language, as in a reason. */
  readonly message: string;
  readonly params: Params;
}

/** Receives every row that is looked at, in order. */
export type Observer = (considered: ConsideredRow) => void;

/** Reads the rows in their order; in each stage, the first that matches overrides what its `then` names. */
export function walk(situation: Situation, { candidates }: CompiledMatrix, observe?: Observer): Walked {
  return observe === undefined
    ? walkOf(candidatesFor(candidates, situation), (candidate, outcome) => matches(candidate, situation, outcome))
    : walkOf(candidates.all, ({ compiled }, outcome) => matchesObserved(compiled, { situation, outcome }, observe));
}

type Matching = (candidate: Candidate, outcome: Outcome) => boolean;

function walkOf(candidates: readonly Candidate[], doesMatch: Matching): Walked {
  let outcome = NOTHING_YET;
  let answered: Stage | null = null;
  const matched: CompiledRow[] = [];
  for (const candidate of candidates) {
    const { stage, compiled } = candidate;
    if (stage === answered || !doesMatch(candidate, outcome)) continue;
    answered = stage;
    outcome = changed(outcome, compiled.change);
    matched.push(compiled);
    if (outcome.queue !== null) break;
  }
  return { outcome, matched };
}

type Reading = Readonly<{ situation: Situation; outcome: Outcome }>;

/** Whether a row matches, telling why it does or does not. */
function matchesObserved({ row, conditions }: CompiledRow, { situation, outcome }: Reading, observe: Observer): boolean {
  const failed = conditions.find((condition) => !conditionHolds(condition, situation, outcome));
  const said =
    failed === undefined
      ? say('considered.matched', {})
      : mismatch(row.when, failed.name, readCondition(failed.name, situation, outcome));
  const { text: because, message, params } = said;
  observe({ id: row.id, stage: row.stage, matched: failed === undefined, because, message, params });
  return failed === undefined;
}
