import { setTimeout as delay } from 'node:timers/promises';
import { TOPICS } from '@handoff/contracts';
import { percentile } from '../figures.js';
import { poisonRecord } from '../load/backlog.js';
import { delaysOf, type PathRun, prepare, startProduct } from '../path/whole-path.js';
import type { ProcessFigures } from '../process/probe.js';
import { reached } from '../rig/drain.js';
import { startSender, startSink } from '../rig/floors.js';
import type { Database, Rig } from '../rig/rig.js';
import { figuresOf, processRun } from '../runs.js';
import type { Run, Stage, StageContext } from '../stage.js';

const PACE_PER_SECOND = 500;
const WARM_UP_SECONDS = 5;
const POISON_INTERVAL_MS = 500;
const DELAY_MS_MAX = 1_000;

interface PoisonRun extends PathRun {
  readonly rig: Rig;
  readonly database: Database;
}

/** The delays of tickets from the 202 to the sink, in ms. */
interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export const poisonStage: Stage = {
  name: 'poison',
  measures: `how much longer the slowest of the other tickets takes, from the 202 to the arrival at the sink, while twice a second an event comes that routing can never store; ${PACE_PER_SECOND} tickets a second, all partitions`,
  run: async (context) => {
    const rig = await context.rig();
    const runs: Run[] = [];
    for (let run = 0; run < context.runs; run += 1) {
      try {
        runs.push(await measured(rig, context));
        context.note(`  run ${run + 1}: ${runs.at(-1)?.value.toFixed(1)}`);
      } finally {
        await rig.endRun();
      }
    }
    return [figuresOf({ stage: 'poison', unit: 'ms', target: { figure: 'product', bound: 'at-most', value: DELAY_MS_MAX } }, runs)];
  },
};

async function measured(rig: Rig, { seconds }: StageContext): Promise<Run> {
  const run = await start(rig, (WARM_UP_SECONDS + 2 * seconds) * PACE_PER_SECOND);
  await delays(run, { from: 0, count: WARM_UP_SECONDS * PACE_PER_SECOND });
  const count = seconds * PACE_PER_SECOND;
  const clean = await delays(run, { from: WARM_UP_SECONDS * PACE_PER_SECOND, count });
  await run.chain.processes.routing.ask('beginFigures');
  const stop = new AbortController();
  const poisoning = poison(run, stop.signal);
  const poisoned = await delays(run, { from: WARM_UP_SECONDS * PACE_PER_SECOND + count, count });
  stop.abort();
  const events = await poisoning;
  await requireParked(run, events);
  return {
    variant: 'product', value: Math.max(0, poisoned.max - clean.max),
    more: { poisonEvents: events, cleanP50Ms: clean.p50, cleanP99Ms: clean.p99, cleanMaxMs: clean.max, poisonedP50Ms: poisoned.p50, poisonedP99Ms: poisoned.p99, poisonedMaxMs: poisoned.max },
    processes: { routing: processRun(await run.chain.processes.routing.ask<ProcessFigures>('figures'), count) },
  };
}

async function start(rig: Rig, count: number): Promise<PoisonRun> {
  await rig.topics.renew();
  const database = await rig.database();
  const sink = await startSink(rig);
  const chain = await startProduct(rig, database, sink.port);
  const run = { rig, database, chain, sender: await startSender(rig), sink: sink.child };
  await prepare(run, count);
  return run;
}

/** Sends the next tickets at an even pace and waits for the last of them. */
async function delays(run: PoisonRun, numbers: { readonly from: number; readonly count: number }): Promise<Delays> {
  const all = await delaysOf(run, { perSecond: PACE_PER_SECOND, ...numbers });
  const at = (share: number): number => percentile(all, share) ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Appends events that fail whenever they are handled, until it is stopped; each is about another ticket, so that all partitions get some. */
async function poison({ rig }: PoisonRun, stop: AbortSignal): Promise<number> {
  let events = 0;
  for (; !stop.aborted; events += 1) {
    await rig.topics.fill([poisonRecord(events)]);
    await delay(POISON_INTERVAL_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return events;
}

/** The figures count only when each of these events was set aside, with a reason that can be seen, and the topic was read to its end. */
async function requireParked({ rig, database, chain }: PoisonRun, events: number): Promise<void> {
  await reached({ child: chain.processes.routing, total: 0, done: async () => -(await rig.topics.behind('handoff-routing', TOPICS.intake.name)) });
  const parked = await database.number("select count(distinct key) from routing.parked where detail <> ''");
  if (parked !== events) throw new Error(`Of ${events} events that cannot be stored ${parked} are set aside.`);
}
