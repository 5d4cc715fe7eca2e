import { setTimeout as delay } from 'node:timers/promises';
import { LOOPBACK } from '@handoff/engines';
import { percentile } from '../figures.js';
import { routedRecords } from '../load/backlog.js';
import { destinations, directory } from '../load/directory.js';
import { monotonicMs } from '../load/monotonic.js';
import { SICK_PATHS } from '../load/sick-paths.js';
import type { Child } from '../process/child.js';
import { reached } from '../rig/drain.js';
import { startSickSink, startSink } from '../rig/floors.js';
import type { Rig } from '../rig/rig.js';
import { Product } from '../rig/services.js';
import { figuresOf, inTurns } from '../runs.js';
import type { Run, Stage, Variant } from '../stage.js';

const DESTINATIONS = 50;
const TICKETS = 5_000;
const PER_SECOND = 500;
const TICKETS_A_BATCH = 25;
/** A service lives for days: its first tickets only warm it up. */
const WARM_UP_TICKETS = 1_000;

export const destinationsStage: Stage = {
  name: 'destinations',
  measures: '5,000 tickets for 50 destinations: the delay (p99) from Kafka to the receiver of the 46 that are well while one of the others hangs, one fails, one is throttled and one resets; its floor is their delay while all are well. Afterwards everything must arrive',
  run: async (context) => {
    const rig = await context.rig();
    await rig.topics.renew();
    const runs = await inTurns(context, (variant) => measured(rig, variant));
    return [figuresOf({ stage: 'destinations', unit: 'ms', target: { figure: 'ratio', bound: 'at-most', value: 2 } }, runs)];
  },
};

async function measured(rig: Rig, variant: Variant): Promise<Run> {
  await rig.topics.renew();
  const database = await rig.database();
  const [well, sick] = [await startSink(rig), await startSickSink(rig)];
  if (variant === 'floor') await sick.child.ask('recover');
  const queues = destinations(directory()).slice(0, DESTINATIONS);
  const product = await Product.prepare(rig, database, (destination) => {
    const path = SICK_PATHS[queues.indexOf(destination)];
    return path === undefined ? `http://${LOOPBACK}:${well.port}/${destination}` : `http://${LOOPBACK}:${sick.port}/${path}`;
  });
  const { child, untilReady } = await product.start('notifier');
  await untilReady();
  const publishedAtMs = await publish(rig, queues);

  const numbers = Array.from({ length: TICKETS }, (_, number) => number).filter((number) => number % DESTINATIONS >= SICK_PATHS.length);
  await reached({ child, total: numbers.length, done: () => well.child.ask<number>('count') });
  const arrivedAtMs = await well.child.ask<Float64Array>('byNumber', TICKETS);
  const delays = numbers.filter((number) => number >= WARM_UP_TICKETS).map((number) => (arrivedAtMs[number] ?? 0) - (publishedAtMs[number] ?? 0));
  const recoveredMs = await recovered({ child, sick: sick.child, well: well.child, total: TICKETS - numbers.length });
  return { variant, value: percentile(delays, 0.99) ?? 0, more: { p50Ms: percentile(delays, 0.5) ?? 0, maxMs: percentile(delays, 1) ?? 0, recoveredMs } };
}

/** Publishes what routing would have, at an even pace. Returns when each was handed to Kafka. */
async function publish(rig: Rig, queues: readonly string[]): Promise<Float64Array> {
  const atMs = new Float64Array(TICKETS);
  const records = [...routedRecords(TICKETS, queues)];
  const startedMs = monotonicMs();
  for (let number = 0; number < TICKETS; number += TICKETS_A_BATCH) {
    await delay(Math.max(0, startedMs + (number / PER_SECOND) * 1_000 - monotonicMs()));
    atMs.fill(monotonicMs(), number, number + TICKETS_A_BATCH);
    await rig.topics.fill(records.slice(number, number + TICKETS_A_BATCH));
  }
  return atMs;
}

/** Waits until all has arrived. Returns how long that took after the sick ones were well again. */
async function recovered({ child, sick, well, total }: { readonly child: Child; readonly sick: Child; readonly well: Child; readonly total: number }): Promise<number> {
  const startedMs = monotonicMs();
  await sick.ask('recover');
  const { atMs } = await reached({ child, total, done: () => sick.ask<number>('count') });
  const { repeated } = await well.ask<{ repeated: number }>('times');
  const again = repeated + await sick.ask<number>('repeated');
  if (again > 0) throw new Error(`${again} messages that were taken were sent again.`);
  return atMs - startedMs;
}
