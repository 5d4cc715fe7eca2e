import { TOPICS } from '@handoff/contracts';
import { receivedRecords } from '../load/backlog.js';
import type { Child } from '../process/child.js';
import type { ProcessFigures } from '../process/probe.js';
import { drained, reached } from '../rig/drain.js';
import { startFloor } from '../rig/floors.js';
import type { Database, Rig } from '../rig/rig.js';
import { NO_SINK, Product } from '../rig/services.js';
import { FLOOR_TOPICS } from '../rig/topics.js';
import { figuresOf, inTurns, processRun } from '../runs.js';
import type { Run, Stage, Variant } from '../stage.js';

interface Router {
  readonly child: Child;
  readonly group: string;
  readonly topic: string;
  /** Counts the decisions that are stored. */
  readonly decisions: string;
}

const EVENTS_PER_SECOND = 10_000;

export const routingStage: Stage = {
  name: 'routing',
  measures: 'a backlog of ticket events until each is decided, the decision stored, and what follows from it published',
  run: async (context) => {
    const rig = await context.rig();
    const total = context.seconds * EVENTS_PER_SECOND;
    await rig.topics.renew();
    await rig.topics.fill(receivedRecords(total));
    const runs = await inTurns(context, (variant) => measured(rig, variant, total));
    return [figuresOf({ stage: 'routing', unit: 'events/s', target: { figure: 'ratio', bound: 'at-least', value: 0.6 } }, runs)];
  },
};

async function measured(rig: Rig, variant: Variant, total: number): Promise<Run> {
  await rig.topics.forgetGroups();
  const database = await rig.database();
  const topic = variant === 'floor' ? FLOOR_TOPICS.routed : TOPICS.routing.name;
  const before = await rig.topics.recordsIn(topic);
  const router = variant === 'floor' ? startFloorRouter(rig, database) : await startProductRouter(rig, database);
  const { perSecond, measured, engines } = await drained(rig, { child: router.child, total, done: async () => (await rig.topics.recordsIn(topic)) - before });
  const figures = await router.child.ask<ProcessFigures>('figures');
  await requireDone(rig, { ...router, database, total, published: (await rig.topics.recordsIn(topic)) - before });
  return { variant, value: perSecond, more: engines, processes: { routing: processRun(figures, measured) } };
}

interface Done extends Router {
  readonly database: Database;
  readonly total: number;
  readonly published: number;
}

/** A rate counts only when each event was decided once, published once, and committed. */
async function requireDone(rig: Rig, { child, group, decisions, database, total, published }: Done): Promise<void> {
  const stored = await database.number(decisions);
  if (published !== total || stored !== total) throw new Error(`Of ${total} tickets ${stored} decisions are stored and ${published} published.`);
  await reached({ child, total: 0, done: async () => -(await rig.topics.behind(group, TOPICS.intake.name)) });
}

function startFloorRouter(rig: Rig, database: Database): Router {
  const topic = FLOOR_TOPICS.routed;
  const child = startFloor(rig, 'routing', { brokers: rig.brokers, databaseUrl: database.url, from: TOPICS.intake.name, to: topic });
  return { child, topic, group: 'bench-floor-routing', decisions: 'select count(*) from decision' };
}

async function startProductRouter(rig: Rig, database: Database): Promise<Router> {
  const product = await Product.prepare(rig, database, NO_SINK);
  const { child } = await product.start('routing');
  return { child, topic: TOPICS.routing.name, group: 'handoff-routing', decisions: 'select count(*) from routing.decision' };
}
