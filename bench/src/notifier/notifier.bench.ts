import { TOPICS } from '@handoff/contracts';
import { LOOPBACK } from '@handoff/engines';
import { routedRecords } from '../load/backlog.js';
import type { Child } from '../process/child.js';
import type { ProcessFigures } from '../process/probe.js';
import { drained, reached } from '../rig/drain.js';
import { startFloor, startSink } from '../rig/floors.js';
import type { Database, Rig } from '../rig/rig.js';
import { Product } from '../rig/services.js';
import { figuresOf, inTurns, processRun } from '../runs.js';
import type { Run, Stage, Variant } from '../stage.js';

interface Deliverer {
  readonly child: Child;
  readonly group: string;
  /** Counts the attempts that are recorded. */
  readonly attempts: string;
}

const EVENTS_PER_SECOND = 5_000;

export const notifierStage: Stage = {
  name: 'notifier',
  measures: 'a backlog of routed tickets for 140 destinations until each is posted, signed, to its receiver, and the attempt recorded',
  run: async (context) => {
    const rig = await context.rig();
    const total = context.seconds * EVENTS_PER_SECOND;
    await rig.topics.renew();
    await rig.topics.fill(routedRecords(total));
    const runs = await inTurns(context, (variant) => measured(rig, variant, total));
    return [figuresOf({ stage: 'notifier', unit: 'events/s', target: { figure: 'ratio', bound: 'at-least', value: 0.6 } }, runs)];
  },
};

async function measured(rig: Rig, variant: Variant, total: number): Promise<Run> {
  await rig.topics.forgetGroups();
  const database = await rig.database();
  const sink = await startSink(rig);
  const { child, group, attempts } = variant === 'floor' ? startFloorDeliverer(rig, database, sink.port) : await startProductDeliverer(rig, database, sink.port);
  const { perSecond, measured, engines } = await drained(rig, { child, total, done: () => sink.child.ask<number>('count') });
  const figures = await child.ask<ProcessFigures>('figures');
  // A rate counts only when each was delivered once, recorded and committed.
  const { repeated } = await sink.child.ask<{ repeated: number }>('times');
  if (repeated > 0) throw new Error(`${repeated} of ${total} messages arrived more than once.`);
  await reached({ child, total, done: () => database.number(attempts) });
  await reached({ child, total: 0, done: async () => -(await rig.topics.behind(group, TOPICS.routing.name)) });
  return { variant, value: perSecond, more: engines, processes: { notifier: processRun(figures, measured) } };
}

function startFloorDeliverer(rig: Rig, database: Database, sinkPort: number): Deliverer {
  const child = startFloor(rig, 'notifier', { brokers: rig.brokers, databaseUrl: database.url, from: TOPICS.routing.name, sinkUrl: `http://${LOOPBACK}:${sinkPort}` });
  return { child, group: 'bench-floor-notifier', attempts: 'select count(*) from attempt' };
}

async function startProductDeliverer(rig: Rig, database: Database, sinkPort: number): Promise<Deliverer> {
  const product = await Product.prepare(rig, database, sinkPort);
  const { child } = await product.start('notifier');
  return { child, group: 'handoff-notifier', attempts: 'select count(*) from notifier.attempt' };
}
