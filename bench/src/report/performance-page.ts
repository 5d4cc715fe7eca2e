import { median } from '../figures.js';
import type { Machine } from '../machine.js';
import type { ProcessRun, StageFigures, Variant } from '../stage.js';
import { shown, spread, targetText } from './lines.js';

export interface Measured {
  readonly machine: Machine;
  readonly stages: readonly StageFigures[];
  /** What each stage measures, by its name. */
  readonly measures: Readonly<Record<string, string>>;
  readonly runs: number;
  readonly seconds: number;
}

const VARIANTS: readonly Variant[] = ['floor', 'product'];

/** docs/performance.md, from what was measured and nothing else. */
export function performancePage(measured: Measured): string {
  return [
    '# Performance',
    'Written by `npm run bench -- --write`; do not edit it by hand.',
    `Each stage runs beside its *floor*: the least code that does the same durable work without a framework, on plain node:http, kafkajs, pg and undici. Floor and product are processes of their own and run in turns on the same machine, with the same engines and the same load. Medians of ${measured.runs} runs; in brackets the least and the most. A backlog's first tenth, and the first seconds of a load, are for warming up and do not count.`,
    machineText(measured.machine),
    '## Speed', speedTable(measured.stages),
    '## What is measured', Object.entries(measured.measures).map(([name, text]) => `- **${name}**: ${text}.`).join('\n'),
    '## What the processes need',
    'Processor time for a thousand events, all threads together; the most memory that the process had since its start; and how late the event loop was with its timers, 99 of 100 times at most. Medians.',
    processTable(measured.stages),
  ].join('\n\n').concat('\n');
}

function machineText({ cores, processor, memoryGib, system, node, kafka, postgres }: Machine): string {
  return `Measured on ${cores} cores of ${processor} with ${memoryGib} GiB, ${system}, shared by load, engines and services; Node ${node}, Kafka ${kafka ?? '–'}, PostgreSQL ${postgres ?? '–'}.`;
}

function speedTable(stages: readonly StageFigures[]): string {
  const rows = stages.map((figures) => {
    const { stage, unit, floor, product, ratio } = figures;
    const cell = (value: number | null, variant: Variant): string => (value === null ? '–' : `${shown(value, unit)} ${spread(figures, variant)}`);
    return [stage, cell(floor, 'floor'), cell(product, 'product'), ratio === null ? '–' : ratio.toFixed(2), targetText(figures) ?? '–'];
  });
  return table(['stage', 'floor', 'product', 'ratio', 'target'], rows);
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
