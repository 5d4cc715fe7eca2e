import type { ProcessFigures } from './process/probe.js';
import type { Rig } from './rig/rig.js';

/** Which of two is measured: the least code that does the same work, or Handoff. */
export type Variant = 'floor' | 'product';

export type Unit = 'events/s' | 'decisions/s' | 'ms' | 'MiB' | 'rows';

/** What one process needed. */
export interface ProcessRun extends ProcessFigures {
  /** Processor time for a thousand events: less at the mercy of whatever else the machine does than a rate. */
  readonly cpuMsAThousand: number;
}

/** One run of one variant. */
export interface Run {
  readonly variant: Variant;
  /** In the unit of its stage. */
  readonly value: number;
  /** Further figures by name, each with its unit last. */
  readonly more?: Readonly<Record<string, number>>;
  readonly processes?: Readonly<Record<string, ProcessRun>>;
}

/** What is meant to be reached. */
export interface Target {
  readonly figure: 'ratio' | 'product';
  readonly bound: 'at-least' | 'at-most';
  readonly value: number;
}

/** What a stage measured; one line of `--json`. */
export interface StageFigures {
  readonly stage: string;
  readonly unit: Unit;
  /** Medians over the runs; `null` where a stage has no floor. */
  readonly floor: number | null;
  readonly product: number | null;
  /** Product by floor. */
  readonly ratio: number | null;
  readonly target: Target | null;
  readonly runs: readonly Run[];
}

export interface StageContext {
  readonly runs: number;
  /** How long a run measures, or how much it measures: a backlog is as long as it would take for so many seconds. */
  readonly seconds: number;
  /** Tickets in the read model of the console, where another number than its own is asked for. */
  readonly tickets?: number | undefined;
  /** Starts the engines when first asked. */
  readonly rig: () => Promise<Rig>;
  readonly note: (line: string) => void;
}

export interface Stage {
  readonly name: string;
  /** What is measured, as a phrase. */
  readonly measures: string;
  /** It takes so long that it runs only when it is named. */
  readonly isLong?: true;
  readonly run: (context: StageContext) => Promise<readonly StageFigures[]>;
}
