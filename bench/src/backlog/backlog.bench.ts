import { TOPICS } from '@handoff/contracts';
import { receivedRecords } from '../load/backlog.js';
import { monotonicMs } from '../load/monotonic.js';
import type { ProcessFigures } from '../process/probe.js';
import { reached } from '../rig/drain.js';
import type { Rig } from '../rig/rig.js';
import { NO_SINK, Product } from '../rig/services.js';
import { figuresOf, processRun } from '../runs.js';
import type { Run, Stage } from '../stage.js';
import { insertOldRows, oldRowsLeft, tableSizes } from './old-rows.js';

/** A million at the default of ten seconds. */
const EVENTS_PER_SECOND = 100_000;
const MIB_MAX = 512;

export const backlogStage: Stage = {
  name: 'backlog',
  measures: 'the most memory that routing takes while it drains a backlog of a million ticket events, and deletes as many old rows meanwhile (one run)',
  isLong: true,
  run: async (context) => {
    const rig = await context.rig();
    const total = context.seconds * EVENTS_PER_SECOND;
    try {
      return [figuresOf({ stage: 'backlog', unit: 'MiB', target: { figure: 'product', bound: 'at-most', value: MIB_MAX } }, [await measured(rig, total, context.note)])];
    } finally {
      await rig.endRun();
    }
  },
};

async function measured(rig: Rig, total: number, note: (line: string) => void): Promise<Run> {
  await rig.topics.renew();
  const database = await rig.database();
  const product = await Product.prepare(rig, database, NO_SINK);
  await makeTables(product);
  note(`  writing ${total} events, and old rows …`);
  const old = await insertOldRows(database, total);
  await rig.topics.fill(receivedRecords(total));
  note('  draining …');
  const { child } = await product.start('routing');
  await child.ask('beginFigures');
  const beganAtMs = monotonicMs();
  const { atMs } = await reached({ child, total, done: () => rig.topics.recordsIn(TOPICS.routing.name) });
  const figures = await child.ask<ProcessFigures>('figures');
  const stored = await database.number('select count(*) from routing.decision where ticket_id in (select id from routing.ticket where source <> \'old\')');
  if (stored !== total) throw new Error(`Of ${total} tickets ${stored} decisions are stored.`);
  const left = await oldRowsLeft(database);
  return {
    variant: 'product', value: figures.peakRssMib, processes: { routing: processRun(figures, total) },
    more: { events: total, eventsPerSecond: (total / (atMs - beganAtMs)) * 1_000, oldRows: old.inbox + old.tickets, oldRowsLeft: left, ...(await tableSizes(database)) },
  };
}

/** A first start makes the tables. */
async function makeTables(product: Product): Promise<void> {
  const { child, untilReady } = await product.start('routing');
  await untilReady();
  await child.stop();
}
