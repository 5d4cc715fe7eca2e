import { randomBytes } from 'node:crypto';
import { LOOPBACK } from '@handoff/engines';
import type { Press, Sent } from '../load/sender.js';
import { percentile } from '../figures.js';
import type { ProcessFigures } from '../process/probe.js';
import { reached } from '../rig/drain.js';
import { startFloor, startSender, startSink } from '../rig/floors.js';
import type { Database, Rig } from '../rig/rig.js';
import { FLOOR_TOPICS } from '../rig/topics.js';
import { figuresOf, inTurns, processRun } from '../runs.js';
import type { ProcessRun, Run, Stage, StageContext, Variant } from '../stage.js';
import { type Chain, delaysOf, type PathRun, prepare, requireAccepted, startProduct } from './whole-path.js';

const PACE_PER_SECOND = 500;
const PACE_WARM_UP_SECONDS = 5;
const TOP_PER_SECOND = 2_500;
/** The first tenth of the tickets is for warming up. */
const TOP_WARM_UP_SHARE = 0.1;
const TOP_MS_MAX = 300_000;

export const pathStage: Stage = {
  name: 'path',
  measures: 'the whole path of tickets, from the 202 to the arrival at the sink of the contact: the delay at 500 tickets a second, and the speed when tickets come as fast as they are taken',
  run: async (context) => {
    const rig = await context.rig();
    const delays: Run[] = [];
    const tops = await inTurns(context, async (variant) => {
      const { delay, top } = await measured(rig, variant, context);
      delays.push(delay);
      return top;
    });
    return [
      figuresOf({ stage: 'path-delay', unit: 'ms', target: { figure: 'ratio', bound: 'at-most', value: 2 } }, delays),
      figuresOf({ stage: 'path', unit: 'events/s', target: { figure: 'product', bound: 'at-least', value: TOP_PER_SECOND } }, tops),
    ];
  },
};

async function measured(rig: Rig, variant: Variant, context: StageContext): Promise<{ readonly delay: Run; readonly top: Run }> {
  await rig.topics.renew();
  const database = await rig.database();
  const sink = await startSink(rig);
  const chain = variant === 'floor' ? await startFloors(rig, database, sink.port) : await startProduct(rig, database, sink.port);
  const sender = await startSender(rig);
  const paced = (context.seconds + PACE_WARM_UP_SECONDS) * PACE_PER_SECOND;
  const pressed = context.seconds * TOP_PER_SECOND;
  const run: PathRun = { chain, sender, sink: sink.child };
  await prepare(run, paced + pressed);
  const delay = await pace(variant, run, paced);
  const top = await press(rig, variant, run, { before: paced, count: pressed });
  const { repeated } = await sink.child.ask<{ repeated: number }>('times');
  if (repeated > 0) throw new Error(`${repeated} messages arrived more than once.`);
  return { delay, top };
}

/** How long tickets take that come at an even pace. */
async function pace(variant: Variant, run: PathRun, count: number): Promise<Run> {
  const delays = (await delaysOf(run, { perSecond: PACE_PER_SECOND, from: 0, count })).slice(PACE_WARM_UP_SECONDS * PACE_PER_SECOND);
  return { variant, value: percentile(delays, 0.99) ?? 0, more: { p50Ms: percentile(delays, 0.5) ?? 0, maxMs: percentile(delays, 1) ?? 0 } };
}

/** How many arrive in a second when tickets come as fast as they are taken. */
async function press(rig: Rig, variant: Variant, run: PathRun, { before, count }: { readonly before: number; readonly count: number }): Promise<Run> {
  const { chain, sender, sink } = run;
  for (const child of Object.values(chain.processes)) await child.ask('beginFigures');
  const tookSince = await rig.engineCpu();
  requireAccepted(await sender.ask<Sent>('press', { countMax: count, msMax: TOP_MS_MAX } satisfies Press), before + count);
  await reached({ child: chain.processes.notifier, total: before + count, done: () => sink.ask<number>('count') });
  const { times } = await sink.ask<{ times: Float64Array }>('times');
  const warm = before + Math.ceil(count * TOP_WARM_UP_SHARE);
  const value = ((times.length - 1 - warm) / ((times.at(-1) ?? 0) - (times[warm] ?? 0))) * 1_000;
  const processes: Record<string, ProcessRun> = {};
  for (const [name, child] of Object.entries(chain.processes)) processes[name] = processRun(await child.ask<ProcessFigures>('figures'), count);
  return { variant, value, more: await tookSince(count), processes };
}

async function startFloors(rig: Rig, database: Database, sinkPort: number): Promise<Chain> {
  const { brokers } = rig;
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const notifier = startFloor(rig, 'notifier', { brokers, databaseUrl: database.url, from: FLOOR_TOPICS.routed, sinkUrl: `http://${LOOPBACK}:${sinkPort}` });
  const routing = startFloor(rig, 'routing', { brokers, databaseUrl: database.url, from: FLOOR_TOPICS.received, to: FLOOR_TOPICS.routed });
  const intake = startFloor(rig, 'intake', { brokers, topic: FLOOR_TOPICS.received, secret });
  await Promise.all([notifier.untilReady(), routing.untilReady()]);
  const { port } = await intake.untilReady<{ port: number }>();
  return { port, secret, processes: { intake, routing, notifier } };
}
