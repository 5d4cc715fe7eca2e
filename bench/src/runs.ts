import { median } from './figures.js';
import type { ProcessFigures } from './process/probe.js';
import type { ProcessRun, Run, StageContext, StageFigures, Variant } from './stage.js';

const ORDERS: readonly (readonly Variant[])[] = [['floor', 'product'], ['product', 'floor']];

/** Measures floor and product in turns, and in the other order each time, so that a machine that grows slower treats both alike. */
export async function inTurns({ runs, rig, note }: StageContext, measure: (variant: Variant) => Promise<Run>): Promise<readonly Run[]> {
  const measured: Run[] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const variant of ORDERS[run % 2] ?? []) {
      try {
        const result = await measure(variant);
        measured.push(result);
        note(`  run ${run + 1}, ${variant}: ${result.value.toFixed(1)}`);
      } finally {
        await (await rig()).endRun();
      }
    }
  }
  return measured;
}

export function figuresOf(stage: Pick<StageFigures, 'stage' | 'unit' | 'target'>, runs: readonly Run[]): StageFigures {
  const of = (variant: Variant): number | null => median(runs.filter((run) => run.variant === variant).map(({ value }) => value));
  const [floor, product] = [of('floor'), of('product')];
  return { ...stage, floor, product, ratio: floor === null || product === null ? null : product / floor, runs };
}

export function processRun(figures: ProcessFigures, events: number): ProcessRun {
  return { ...figures, cpuMsAThousand: (figures.cpuMs / events) * 1_000 };
}

/** Whether the target was reached; `null` where there is none. */
export function isReached({ target, ...figures }: StageFigures): boolean | null {
  const value = target === null ? null : figures[target.figure];
  if (target === null || value === null) return null;
  return target.bound === 'at-least' ? value >= target.value : value <= target.value;
}
