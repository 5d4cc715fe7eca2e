import { compile, decide, DEFAULT_MATRIX, indexAgreements } from '@handoff/matrix';
import type { CompiledMatrix, Facts } from '@handoff/matrix';
import { median } from '../figures.js';
import { figuresOf } from '../runs.js';
import type { Stage, StageContext, StageFigures } from '../stage.js';
import { dice } from './dice.js';
import { measure } from './measure.js';
import { agreements, questions, widened } from './questions.js';

const SEED = 20_260_504;
const QUESTIONS = 4_000;
const ROWS = 200;
const AGREEMENTS_FEW = 100;
const AGREEMENTS_MANY = 10_000;
const DECISIONS_PER_SECOND_MIN = 500_000;

/** Decisions per second on one core, and how little rows and agreements matter to them. */
export const matrixStage: Stage = {
  name: 'matrix',
  measures: `decisions on one core with ${ROWS} rows and ${AGREEMENTS_MANY.toLocaleString('en-US')} agreements, over ${QUESTIONS.toLocaleString('en-US')} different questions`,
  run: (context) => Promise.resolve([measured(context)]),
};

function measured({ note }: StageContext): StageFigures {
  const [few, many] = [asked(AGREEMENTS_FEW), asked(AGREEMENTS_MANY)];
  const standard = compile(DEFAULT_MATRIX);
  const wide = compile(widened(DEFAULT_MATRIX, ROWS, dice(SEED)));
  const [standardMany, wideFew, wideMany] = [ratesOf(many, standard), ratesOf(few, wide), ratesOf(many, wide)];
  note(`  ${AGREEMENTS_FEW} against ${AGREEMENTS_MANY} agreements: ${timesAsFast(wideFew, wideMany)} times as fast`);
  note(`  ${standard.rows.length} against ${ROWS} rows: ${timesAsFast(standardMany, wideMany)} times as fast`);
  const runs = wideMany.map((value) => ({ variant: 'product', value }) as const);
  return figuresOf({ stage: 'matrix', unit: 'decisions/s', target: { figure: 'product', bound: 'at-least', value: DECISIONS_PER_SECOND_MIN } }, runs);
}

/** Questions about the pairs of `agreementCount` agreements, which are indexed once. */
function asked(agreementCount: number): readonly Facts[] {
  const agreementIndex = indexAgreements(agreements(agreementCount, dice(SEED + 1)));
  return questions(QUESTIONS, agreementCount, dice(SEED + 2)).map((facts) => ({ ...facts, agreementIndex }));
}

function ratesOf(facts: readonly Facts[], matrix: CompiledMatrix): readonly number[] {
  return measure(() => {
    // The answers are used, so that nobody's compiler can leave the work out.
    let letters = 0;
    for (const question of facts) letters += decide(question, matrix).queue.length;
    if (letters === 0) throw new Error('No decision has a queue.');
    return facts.length;
  });
}

function timesAsFast(one: readonly number[], other: readonly number[]): string {
  return ((median(one) ?? 0) / (median(other) ?? 1)).toFixed(2);
}
