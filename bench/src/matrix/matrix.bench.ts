import { compile, decide, DEFAULT_MATRIX, indexAgreements } from '@handoff/matrix';
import type { CompiledMatrix, Facts } from '@handoff/matrix';
import { dice } from './dice.js';
import { measure, printed } from './measure.js';
import type { Rate } from './measure.js';
import { agreements, questions, widened } from './questions.js';

const SEED = 20_260_504;
const QUESTIONS = 4_000;
const ROWS = 200;
const AGREEMENTS_FEW = 100;
const AGREEMENTS_MANY = 10_000;
const DECISIONS_PER_SECOND_MIN = 500_000;

/** Decisions per second on one core, and how little rows and agreements matter to them. */
export function benchMatrix(): void {
  const [few, many] = [asked(AGREEMENTS_FEW), asked(AGREEMENTS_MANY)];
  const standard = compile(DEFAULT_MATRIX);
  const wide = compile(widened(DEFAULT_MATRIX, ROWS, dice(SEED)));
  console.log(`matrix: decisions on one core, over ${counted(QUESTIONS)} different questions; median (min–max)`);
  const standardMany = told(standard, AGREEMENTS_MANY, many);
  const wideFew = told(wide, AGREEMENTS_FEW, few);
  const wideMany = told(wide, AGREEMENTS_MANY, many);
  console.log(`  ${AGREEMENTS_FEW} against ${counted(AGREEMENTS_MANY)} agreements: ${ratio(wideFew, wideMany)} times as fast`);
  console.log(`  ${standard.rows.length} against ${ROWS} rows: ${ratio(standardMany, wideMany)} times as fast`);
  const reached = wideMany.median >= DECISIONS_PER_SECOND_MIN ? 'reached' : 'missed';
  console.log(`  target of ${counted(DECISIONS_PER_SECOND_MIN)}/s with ${ROWS} rows: ${reached}`);
}

/** Questions about the pairs of `agreementCount` agreements, which are indexed once. */
function asked(agreementCount: number): readonly Facts[] {
  const agreementIndex = indexAgreements(agreements(agreementCount, dice(SEED + 1)));
  return questions(QUESTIONS, agreementCount, dice(SEED + 2)).map((facts) => ({ ...facts, agreementIndex }));
}

function told(matrix: CompiledMatrix, agreementCount: number, facts: readonly Facts[]): Rate {
  const rate = rateOf(facts, matrix);
  console.log(`  ${matrix.rows.length} rows, ${counted(agreementCount)} agreements: ${printed(rate)}`);
  return rate;
}

function rateOf(facts: readonly Facts[], matrix: CompiledMatrix): Rate {
  return measure(() => {
    // The answers are used, so that nobody's compiler can leave the work out.
    let letters = 0;
    for (const question of facts) letters += decide(question, matrix).queue.length;
    if (letters === 0) throw new Error('No decision has a queue.');
    return facts.length;
  });
}

function ratio(one: Rate, other: Rate): string {
  return (one.median / other.median).toFixed(2);
}

function counted(value: number): string {
  return value.toLocaleString('en-US');
}
