import { candidatesFor, firstCandidate } from './candidate-rows.js';
import type { CompiledMatrix, CompiledRow, CompiledStage } from './compile.js';
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

/** Reads the stages in order; in each, the first row that matches overrides what its `then` names. */
export function walk(situation: Situation, matrix: CompiledMatrix, observe?: Observer): Walked {
  const candidates = candidatesFor(matrix.candidates, situation);
  let outcome = NOTHING_YET;
  const matched: CompiledRow[] = [];
  for (const stage of matrix.stages) {
    const found =
      observe === undefined
        ? firstCandidate(candidates, stage.place, situation, outcome)
        : firstObserved(stage, { situation, outcome }, observe);
    if (found === null) continue;
    outcome = changed(outcome, found.change);
    matched.push(found);
    if (outcome.queue !== null) break;
  }
  return { outcome, matched };
}

type Reading = Readonly<{ situation: Situation; outcome: Outcome }>;

/** The first row of the stage that matches, by looking at one after the other, telling of each why it did or did not match. */
function firstObserved({ rows }: CompiledStage, reading: Reading, observe: Observer): CompiledRow | null {
  const { situation, outcome } = reading;
  for (const compiled of rows) {
    const { row, conditions } = compiled;
    const failed = conditions.find((condition) => !conditionHolds(condition, situation, outcome));
    const said =
      failed === undefined
        ? say('considered.matched', {})
        : mismatch(row.when, failed.name, readCondition(failed.name, situation, outcome));
    const { text: because, message, params } = said;
    observe({ id: row.id, stage: row.stage, matched: failed === undefined, because, message, params });
    if (failed === undefined) return compiled;
  }
  return null;
}
