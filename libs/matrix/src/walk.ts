import type { CompiledMatrix, CompiledRow } from './compile.js';
import { readCondition } from './conditions.js';
import type { CompiledCondition, ConditionValue } from './conditions.js';
import type { Outcome, Row, Stage } from './matrix.js';
import type { Situation } from './situation.js';

/** What the rows say, and which of them said it. */
export type Walked = Readonly<{ outcome: Outcome; matched: readonly Row[] }>;

/** A row that was looked at, and why it did or did not match. */
export interface ConsideredRow {
  readonly id: string;
  readonly stage: Stage;
  readonly matched: boolean;
  /** In words: the first condition that failed, or that all held. */
  readonly because: string;
}

/** Receives every row that is looked at, in order. */
export type Observer = (considered: ConsideredRow) => void;

/** Before any row has spoken. Gate rows leave it so; an area row replaces the first two. */
const NOTHING_YET: Outcome = {
  responsible: 'csp-partner',
  firstContact: 'csp-partner',
  escalation: [],
  informed: [],
  handsOver: false,
  escalationContact: null,
  purpose: 'technical',
  informationOnly: false,
  stays: false,
  attach: false,
  queue: null,
};

/** Reads the stages in order; in each, the first row that matches overrides what its `then` names. */
export function walk(situation: Situation, matrix: CompiledMatrix, observe?: Observer): Walked {
  let outcome = NOTHING_YET;
  const matched: Row[] = [];
  for (const { rows } of matrix.stages) {
    const row = firstMatch(rows, { situation, outcome }, observe);
    if (row === null) continue;
    outcome = { ...outcome, ...row.then };
    matched.push(row);
    if (outcome.queue !== null) break;
  }
  return { outcome, matched };
}

type Reading = Readonly<{ situation: Situation; outcome: Outcome }>;

function firstMatch(rows: readonly CompiledRow[], reading: Reading, observe?: Observer): Row | null {
  for (const { row, conditions } of rows) {
    const failed = conditions.find((condition) => !condition.allowed.includes(valueOf(condition, reading)));
    observe?.({
      id: row.id,
      stage: row.stage,
      matched: failed === undefined,
      because: failed === undefined ? 'every condition holds' : mismatch(failed, valueOf(failed, reading)),
    });
    if (failed === undefined) return row;
  }
  return null;
}

function valueOf({ name }: CompiledCondition, { situation, outcome }: Reading): ConditionValue {
  return readCondition(name, situation, outcome);
}

function mismatch({ name, allowed }: CompiledCondition, actual: ConditionValue): string {
  return `${name} is ${actual === null ? 'not known' : String(actual)}; the row is for ${allowed.map(String).join(' or ')}`;
}
