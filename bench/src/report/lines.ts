import type { Machine } from '../machine.js';
import { isReached } from '../runs.js';
import type { StageFigures, Unit, Variant } from '../stage.js';

const DIGITS = 5;

/** One line of `--json`. Numbers have five digits that count; more would say more than was measured. */
export function jsonLine(figures: StageFigures, machine: Machine): string {
  return JSON.stringify({ ...figures, reached: isReached(figures), machine }, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value));
}

/** A line of `--json`. */
export interface MeasuredStage extends StageFigures {
  readonly machine: Machine;
}

/**
 * The stages in lines of `--json`, each where it stands last; what is no such line is passed over, as the words of npm.
 * @throws SyntaxError where a line begins as JSON and is none.
 */
export function measuredIn(text: string): readonly MeasuredStage[] {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return [...new Map(lines.map((line) => JSON.parse(line) as MeasuredStage).map((measured) => [measured.stage, measured])).values()];
}

/** A stage for a person at a terminal. */
export function textOf(figures: StageFigures): string {
  const { stage, unit, floor, ratio, product } = figures;
  const rows = [
    ...(floor === null ? [] : [`  floor    ${shown(floor, unit)} ${spread(figures, 'floor')}`]),
    ...(product === null ? [] : [`  product  ${shown(product, unit)} ${spread(figures, 'product')}`]),
    ...(ratio === null ? [] : [`  ratio    ${ratio.toFixed(2)}`]),
  ];
  return [stage, ...rows, ...targetLine(figures)].join('\n');
}

export function shown(value: number, unit: Unit): string {
  return `${whole(value, unit)} ${unit}`;
}

/** The least and the most of the runs. */
export function spread({ runs, unit }: StageFigures, variant: Variant): string {
  const values = runs.filter((run) => run.variant === variant).map(({ value }) => value);
  return `(${whole(Math.min(...values), unit)}–${whole(Math.max(...values), unit)})`;
}

/** What is meant to be reached, and whether it was. */
export function targetText(figures: StageFigures): string | null {
  const { target, unit } = figures;
  if (target === null) return null;
  const value = target.figure === 'ratio' ? target.value.toString() : shown(target.value, unit);
  return `${target.bound === 'at-least' ? 'at least' : 'at most'} ${value}: ${isReached(figures) === true ? 'reached' : 'missed'}`;
}

function targetLine(figures: StageFigures): string[] {
  const text = targetText(figures);
  return text === null ? [] : [`  target   ${figures.target?.figure} ${text}`];
}

function whole(value: number, unit: Unit): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: unit === 'ms' ? 1 : 0 });
}
