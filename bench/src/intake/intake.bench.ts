import { randomBytes } from 'node:crypto';
import { TOPICS } from '@handoff/contracts';
import type { Preparation, Press, Sent } from '../load/sender.js';
import type { Child } from '../process/child.js';
import type { ProcessFigures } from '../process/probe.js';
import { startFloor, startSender } from '../rig/floors.js';
import type { Rig } from '../rig/rig.js';
import { Product } from '../rig/services.js';
import { FLOOR_TOPICS } from '../rig/topics.js';
import { figuresOf, inTurns, processRun } from '../runs.js';
import type { Run, Stage, StageContext, Variant } from '../stage.js';

interface Taker {
  readonly child: Child;
  readonly port: number;
  readonly secret: string;
  readonly topic: string;
}

const CONNECTIONS = 128;
const WARM_UP: Press = { countMax: 20_000, msMax: 30_000 };
const WEBHOOKS_PER_SECOND_MAX = 20_000;
/** Nothing listens there: intake notifies nobody. */
const NO_SINK = 9;

export const intakeStage: Stage = {
  name: 'intake',
  measures: 'signed webhooks over 128 keep-alive connections, each about another ticket, until they are stored and answered with 202',
  run: async (context) => {
    const rig = await context.rig();
    const runs = await inTurns(context, (variant) => measured(rig, variant, context));
    return [figuresOf({ stage: 'intake', unit: 'events/s', target: { figure: 'ratio', bound: 'at-least', value: 0.7 } }, runs)];
  },
};

async function measured(rig: Rig, variant: Variant, { seconds }: StageContext): Promise<Run> {
  await rig.topics.renew();
  const taker = variant === 'floor' ? await startFloorTaker(rig) : await startProductTaker(rig);
  const sender = await startSender(rig);
  await sender.ask('prepare', { port: taker.port, secret: taker.secret, connections: CONNECTIONS, count: WARM_UP.countMax + seconds * WEBHOOKS_PER_SECOND_MAX } satisfies Preparation);
  await sender.ask('press', WARM_UP);
  await taker.child.ask('beginFigures');
  const tookSince = await rig.engineCpu();
  const sent = await sender.ask<Sent>('press', { countMax: Number.MAX_SAFE_INTEGER, msMax: seconds * 1_000 } satisfies Press);
  const figures = await taker.child.ask<ProcessFigures>('figures');
  const engines = await tookSince(sent.accepted);
  await requireStored(rig, taker.topic, sent);
  return { variant, value: sent.perSecond, more: { ...engines, answerP50Ms: sent.p50Ms, answerP99Ms: sent.p99Ms }, processes: { intake: processRun(figures, sent.accepted) } };
}

/** A rate counts only when all was accepted, and all that was accepted is there. */
async function requireStored(rig: Rig, topic: string, { acceptedInAll, refused, ranOut }: Sent): Promise<void> {
  if (Object.keys(refused).length > 0) throw new Error(`Not all webhooks were accepted: ${JSON.stringify(refused)}.`);
  if (ranOut) throw new Error('The webhooks that were made beforehand did not suffice; the rate is higher than this benchmark can measure.');
  const stored = await rig.topics.recordsIn(topic);
  if (stored !== acceptedInAll) throw new Error(`${acceptedInAll} webhooks were accepted, and ${stored} are stored.`);
}

async function startFloorTaker(rig: Rig): Promise<Taker> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const topic = FLOOR_TOPICS.received;
  const child = startFloor(rig, 'intake', { brokers: rig.brokers, topic, secret });
  const { port } = await child.untilReady<{ port: number }>();
  return { child, port, secret, topic };
}

async function startProductTaker(rig: Rig): Promise<Taker> {
  const product = await Product.prepare(rig, await rig.database(), NO_SINK);
  const { child, port, untilReady } = await product.start('intake');
  await untilReady();
  return { child, port, secret: await product.secret(), topic: TOPICS.intake.name };
}
