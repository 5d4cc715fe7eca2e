import { median } from '../figures.js';
import type { Machine } from '../machine.js';
import type { ProcessRun, StageFigures, Variant } from '../stage.js';
import { type MeasuredStage, shown, spread, targetText } from './lines.js';

export interface Measured {
  readonly stages: readonly MeasuredStage[];
  /** What each stage measures, by its name. */
  readonly measures: Readonly<Record<string, string>>;
}

const VARIANTS: readonly Variant[] = ['floor', 'product'];

/** docs/performance.md, from what was measured and nothing else. */
export function performancePage(measured: Measured): string {
  return [
    '# Performance',
    'Written by `npm run bench -- --page` from what `npm run bench -- --json` measured; do not edit it by hand.',
    `Each stage runs beside its *floor*: the least code that does the same durable work without a framework, on plain node:http, kafkajs, pg and undici. Floor and product are processes of their own and run in turns on the same machine, with the same engines and the same load. Medians; in brackets the least and the most of the runs, and how many there were. A backlog's first tenth, and the first seconds of a load, are for warming up and do not count.`,
    ...new Set(measured.stages.map(({ machine }) => machineText(machine))),
    '## Speed', speedTable(measured.stages),
    '## What is measured', Object.entries(measured.measures).map(([name, text]) => `- **${name}**: ${text}.`).join('\n'),
    '## What the processes need',
    'Processor time for a thousand events, all threads together; the most memory that the process had since its start; and how late the event loop was with its timers, 99 of 100 times at most. Medians.',
    processTable(measured.stages),
    '## Further figures',
    'Each with its unit last. Processor time of the engines is for a thousand events. Medians.',
    furtherTable(measured.stages),
  ].join('\n\n').concat('\n');
}

function machineText({ cores, processor, memoryGib, system, node, kafka, postgres }: Machine): string {
  return `Measured on ${cores} cores of ${processor} with ${memoryGib} GiB, ${system}, shared by load, engines and services; Node ${node}, Kafka ${kafka ?? '–'}, PostgreSQL ${postgres ?? '–'}.`;
}

function speedTable(stages: readonly StageFigures[]): string {
  const rows = stages.map((figures) => {
    const { stage, unit, floor, product, ratio } = figures;
    const cell = (value: number | null, variant: Variant): string => (value === null ? '–' : `${shown(value, unit)} ${spread(figures, variant)}`);
    return [stage, cell(floor, 'floor'), cell(product, 'product'), ratio === null ? '–' : ratio.toFixed(2), targetText(figures) ?? '–', String(figures.runs.filter(({ variant }) => variant === 'product').length)];
  });
  return table(['stage', 'floor', 'product', 'ratio', 'target', 'runs'], rows);
}

function processTable(stages: readonly StageFigures[]): string {
  const rows = stages.flatMap((figures) => VARIANTS.flatMap((variant) => processRows(figures, variant)));
  return table(['stage', 'process', 'CPU ms a thousand', 'peak MiB', 'loop delay p99, ms'], rows);
}

function processRows({ stage, runs }: StageFigures, variant: Variant): string[][] {
  const processes = runs.filter((run) => run.variant === variant).map((run) => run.processes ?? {});
  const names = [...new Set(processes.flatMap((each) => Object.keys(each)))];
  return names.map((name) => {
    const of = (figure: (process: ProcessRun) => number): string => (median(processes.flatMap((each) => (each[name] === undefined ? [] : [figure(each[name])]))) ?? 0).toFixed(0);
    return [stage, variant === 'floor' ? `floor of ${name}` : name, of(({ cpuMsAThousand }) => cpuMsAThousand), of(({ peakRssMib }) => peakRssMib), of(({ loopDelayP99Ms }) => loopDelayP99Ms)];
  });
}

function furtherTable(stages: readonly StageFigures[]): string {
  const rows = stages.flatMap(({ stage, runs }) => {
    const names = [...new Set(runs.flatMap(({ more = {} }) => Object.keys(more)))];
    return names.map((name) => [stage, name, ...VARIANTS.map((variant) => medianOf(runs.filter((run) => run.variant === variant).flatMap(({ more = {} }) => more[name] ?? [])))]);
  });
  return table(['stage', 'figure', 'floor', 'product'], rows);
}

function medianOf(values: readonly number[]): string {
  return median(values)?.toLocaleString('en-US', { maximumFractionDigits: 1 }) ?? '–';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
