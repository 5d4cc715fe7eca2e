// Loaded into every process that is measured, before its own code (`node --import`), so that floor and product are looked at alike.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answer } from './answering.js';

/** What a process needed for its work. */
export interface ProcessFigures {
  /** Processor time since `beginFigures`, of all its threads. */
  readonly cpuMs: number;
  /** The most memory that it has had since its start. */
  readonly peakRssMib: number;
  /** How long the event loop kept its timers waiting since `beginFigures`. */
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
}

const LOOP_SAMPLE_MS = 10;
const NANOSECONDS_A_MS = 1e6;
const END_MS_MAX = 10_000;

const loopDelay = monitorEventLoopDelay({ resolution: LOOP_SAMPLE_MS });
loopDelay.enable();
let cpuAtBegin = process.cpuUsage();

answer({
  beginFigures: () => {
    loopDelay.reset();
    cpuAtBegin = process.cpuUsage();
  },
  figures: (): ProcessFigures => {
    const { user, system } = process.cpuUsage(cpuAtBegin);
    return {
      cpuMs: (user + system) / 1_000,
      peakRssMib: process.resourceUsage().maxRSS / 1_024,
      // The sample itself is part of what the histogram holds.
      loopDelayP99Ms: Math.max(0, loopDelay.percentile(99) / NANOSECONDS_A_MS - LOOP_SAMPLE_MS),
      loopDelayMaxMs: Math.max(0, loopDelay.max / NANOSECONDS_A_MS - LOOP_SAMPLE_MS),
    };
  },
});

// Nothing that the benchmark started outlives it, even where it was killed.
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), END_MS_MAX).unref();
  process.kill(process.pid, 'SIGTERM');
});
