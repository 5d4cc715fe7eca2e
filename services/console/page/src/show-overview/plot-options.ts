import type uPlot from 'uplot';
import uPlotLibrary from 'uplot';
import type { PlotKind } from './stacked.decision.js';

interface PlotFacts {
  readonly width: number;
  readonly kind: PlotKind;
  readonly labels: readonly string[];
  readonly textOf: (value: number | null) => string;
  /** How the axis writes a time, in epoch seconds. */
  readonly timeTextOf: (seconds: number) => string;
  readonly stepSeconds: number;
  /** Of the place that it is drawn in: the look's colours as custom properties. */
  readonly colours: Pick<CSSStyleDeclaration, 'getPropertyValue'>;
}

const HEIGHT = 200;
const LINE_COLOURS = ['--plot-1', '--plot-2', '--plot-3'] as const;

/** How uPlot draws it. Its own legend is off: the page has one that screen readers read. */
export function plotOptions({ width, kind, labels, textOf, timeTextOf, stepSeconds, colours }: PlotFacts): uPlot.Options {
  const colour = (name: string): string => colours.getPropertyValue(name).trim();
  const axis = { stroke: colour('--plot-text'), grid: { stroke: colour('--plot-grid'), width: 1 }, ticks: { stroke: colour('--plot-grid'), width: 1 }, font: '12px system-ui, sans-serif' };
  const bars = uPlotLibrary.paths.bars?.({ size: [0.7, 40], align: 0 });
  return {
    width, height: HEIGHT, legend: { show: false }, cursor: { show: false },
    scales: { x: { time: true, range: (_plot, min, max) => [min - stepSeconds / 2, max + stepSeconds / 2] }, y: kind === 'logarithmic' ? { distr: 3, log: 10 } : { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [{ ...axis, space: 70, values: (_plot, splits) => splits.map(timeTextOf) }, { ...axis, size: 74, values: (_plot, splits) => splits.map((split) => (split === null ? '' : kind === 'logarithmic' ? textOf(split) : Number.isInteger(split) ? textOf(split) : '')) }],
    series: [{}, ...labels.map((label, place): uPlot.Series => {
      const index = kind === 'bars' ? labels.length - 1 - place : place;
      const stroke = colour(LINE_COLOURS[index % LINE_COLOURS.length] ?? '--plot-1');
      return kind === 'bars' && bars !== undefined ? { label, stroke, fill: stroke, paths: bars, points: { show: false } } : { label, stroke, width: 2, spanGaps: true, points: { size: 5, fill: stroke } };
    })],
  };
}
