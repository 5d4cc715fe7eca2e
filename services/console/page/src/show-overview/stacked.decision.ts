/** `bars`: of several lines one stands on the other. */
export type PlotKind = 'bars' | 'logarithmic';

/** What uPlot draws of the lines. Bars that stand on others are drawn first, from the ground up, and those they stand on over them. */
export function drawnLines(kind: PlotKind, lines: readonly (readonly (number | null)[])[]): (number | null)[][] {
  if (kind !== 'bars') return lines.map((values) => [...values]);
  const stacked = lines.map((values, line) => values.map((_, at) => lines.slice(0, line + 1).reduce((sum, below) => sum + (below[at] ?? 0), 0)));
  return stacked.reverse();
}
