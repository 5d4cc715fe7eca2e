import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { encodeEvent, type HandoffEvent, topicOf } from '@handoff/contracts';
import { LOOPBACK, projectRoot } from '@handoff/engines';
import { connectKafka, KafkaEventPublisher } from '@handoff/messaging';
import { SOURCE as SENDER } from '../load/tickets.js';
import { monotonicMs } from '../load/monotonic.js';
import type { Child } from '../process/child.js';
import type { ProcessFigures } from '../process/probe.js';
import { reached } from '../rig/drain.js';
import type { Database, Rig } from '../rig/rig.js';
import { NO_SINK, Product } from '../rig/services.js';
import { figuresOf } from '../runs.js';
import type { Run, Stage, StageContext, StageFigures, Target } from '../stage.js';
import { type Asked, eachKind, mixed, percentilesOf } from './asked.js';
import { type ListPage, Viewer } from './browser.js';
import { historyOf, ticketNow } from './history.js';
import { differingRows, keepRows, lostRows, ROWS_OF_TICKETS, writeLog, wrongNumbers } from './log.js';
import { questions } from './questions.js';
import { Streams } from './streams.js';

const TICKETS = 1_000_000;
const ASKED_EACH = 40;
const MIX_PER_SECOND = 20;
const STREAMS = 500;
const EVENTS_PER_SECOND = 200;
const ARRIVALS = 20;
const PAINTS = 5;
/** Tickets that the console takes from Kafka, before the others are put into its log. */
const LIVE_MAX = 40_000;
/** With more tickets a second rebuild would take too long; there the live ones alone are compared. */
const COMPARED_WHOLE_MAX = 100_000;

export const consoleStage: Stage = {
  name: 'console',
  measures: 'the console with a million tickets (`--tickets`): its read model rebuilt from the log, every kind of question of its pages, the list in a Chromium, and 500 who follow (one run)',
  isLong: true,
  run: async (context) => {
    const rig = await context.rig();
    try {
      return await measured(rig, context);
    } finally {
      await rig.endRun();
    }
  },
};

/** What is running, and what the measurements need of it. */
interface Bench {
  readonly rig: Rig;
  readonly context: StageContext;
  readonly database: Database;
  readonly tickets: number;
  readonly child: Child;
  readonly console: Asked;
  readonly intakePort: number;
}

async function measured(rig: Rig, context: StageContext): Promise<readonly StageFigures[]> {
  const tickets = context.tickets ?? TICKETS;
  await rig.topics.renew();
  const database = await rig.database();
  const product = await Product.prepare(rig, database, NO_SINK);
  const [intake, running] = [await product.start('intake'), await product.start('console')];
  await Promise.all([intake.untilReady(), running.untilReady()]);
  const bench: Bench = { rig, context, database, tickets, child: running.child, console: { port: running.port, token: product.token }, intakePort: intake.port };
  const rebuilt = await filled(bench);
  const answers = await answered(bench);
  const viewer = await Viewer.start(bench.console);
  try {
    const seen = await watched(bench, viewer);
    return [...rebuilt, ...answers, ...seen, ...(tickets > COMPARED_WHOLE_MAX ? [] : [await same(bench)])];
  } finally {
    await viewer.close();
  }
}

function figure(stage: string, unit: 'ms' | 'MiB' | 'rows', target: number, run: Omit<Run, 'variant'>): StageFigures {
  // What else the machine does is part of what was measured.
  const [loadAverage = 0] = loadavg();
  return figuresOf({ stage, unit, target: { figure: 'product', bound: 'at-most', value: target } satisfies Target }, [{ variant: 'product', ...run, more: { loadAverage, ...run.more } }]);
}

/** Fills the read model: from Kafka at first, and then from a log of the whole history, by the command that operators use. */
async function filled(bench: Bench): Promise<readonly StageFigures[]> {
  const { context: { note }, database, tickets, child } = bench;
  const [plan, live] = [{ tickets, until: new Date() }, Math.min(LIVE_MAX, Math.ceil(tickets / 2))];
  note(`  ${live} tickets come by Kafka …`);
  const liveEventsPerSecond = await projected(bench, [...historyOf(plan, { from: 0, before: live })]);
  await keepRows(database);
  note(`  writing the log of ${tickets - live} others …`);
  await writeLog(database, historyOf(plan, { from: live, before: tickets }));
  const events = await database.number('select count(*) from console.event');
  note(`  rebuilding from ${events} events …`);
  const seconds = await rebuildByCommand(bench);
  const { peakRssMib } = await child.ask<ProcessFigures>('figures');
  const stored = await database.number('select count(*) from console.ticket');
  if (stored !== tickets) throw new Error(`Of ${tickets} tickets ${stored} are in the read model.`);
  note(`  rebuilt in ${(seconds / 60).toFixed(1)} minutes, ${Math.round(peakRssMib)} MiB; comparing …`);
  const { rows, differing } = await lostRows(database, ROWS_OF_TICKETS);
  const wrong = await wrongNumbers(database);
  return [
    figure('console-rebuild', 'MiB', 512, { value: peakRssMib, more: { events, minutes: seconds / 60, eventsPerSecond: events / seconds, liveEventsPerSecond, ...(await sizes(database)) } }),
    figure('console-rebuilt-as-live', 'rows', 0, { value: differing + wrong, more: { liveRows: rows, differing, wrongNumbers: wrong } }),
  ];
}

/** Lets the console take events as they come. @returns how many a second. */
async function projected({ rig, database, child }: Bench, events: readonly HandoffEvent[]): Promise<number> {
  const beganAtMs = monotonicMs();
  await rig.topics.fill(events.map((event) => ({ topic: topicOf(event.type), ...encodeEvent(event) })));
  const { atMs } = await reached({ child, total: events.length, done: () => database.number('select count(*) from console.event') });
  return (events.length / (atMs - beganAtMs)) * 1_000;
}

/** @returns seconds. */
async function rebuildByCommand({ console: { port, token } }: Bench): Promise<number> {
  const beganAtMs = monotonicMs();
  await promisify(execFile)(process.execPath, [path.join(projectRoot(), 'tools/cli/bin/handoff.mjs'), 'console', 'rebuild', '--url-console', `http://${LOOPBACK}:${port}`], { env: { ...process.env, HANDOFF_TOKEN: token }, maxBuffer: 64 * 1_024 * 1_024 });
  return (monotonicMs() - beganAtMs) / 1_000;
}

async function sizes(database: Database): Promise<Readonly<Record<string, number>>> {
  const mib = (table: string): Promise<number> => database.number(`select pg_total_relation_size('console.${table}') / 1048576.0`);
  return { ticketMib: await mib('ticket'), eventMib: await mib('event'), ticketMeasureMib: await mib('ticket_measure') };
}

/** Each kind of question alone, and all together. */
async function answered({ context: { note, seconds }, console, tickets }: Bench): Promise<readonly StageFigures[]> {
  note('  asking …');
  const all = questions(tickets);
  const alone = await eachKind(console, all, ASKED_EACH);
  for (const [kind, { p50, p95, p99 }] of Object.entries(alone)) note(`    ${kind.padEnd(22)} ${p50.toFixed(1)} / ${p95.toFixed(1)} / ${p99.toFixed(1)} ms`);
  const together = await mixed(console, all, { perSecond: MIX_PER_SECOND, seconds });
  const worst = Math.max(...Object.values(alone).map(({ p95 }) => p95));
  const more = Object.fromEntries(Object.entries(alone).flatMap(([kind, { p50, p95, p99 }]) => [[`${kind}-p50Ms`, p50], [`${kind}-p95Ms`, p95], [`${kind}-p99Ms`, p99]]));
  return [
    figure('console-questions', 'ms', 100, { value: worst, more: { askedEach: ASKED_EACH, ...more } }),
    figure('console-mix', 'ms', 100, { value: together.p95, more: { perSecond: MIX_PER_SECOND, p50Ms: together.p50, p99Ms: together.p99 } }),
  ];
}

/** The list as a person sees it, while others follow as well. */
async function watched(bench: Bench, viewer: Viewer): Promise<readonly StageFigures[]> {
  const { context: { note }, console } = bench;
  const paints = await painted(viewer);
  note(`  ${STREAMS} follow …`);
  const streams = await Streams.follow(console, STREAMS);
  const list = await viewer.open('/tickets');
  try {
    await list.untilLive();
    const arrivals = await arrived(bench, list);
    const flood = await flooded(bench, list, streams);
    return [...paints, ...arrivals, ...flood];
  } finally {
    streams.close();
    await list.close();
  }
}

async function painted(viewer: Viewer): Promise<readonly StageFigures[]> {
  const all: Awaited<ReturnType<ListPage['paints']>>[] = [];
  for (let n = 0; n < PAINTS; n += 1) {
    const list = await viewer.open('/tickets');
    all.push(await list.paints());
    await list.close();
  }
  const rows = all.map(({ firstRowMs }) => firstRowMs).sort((a, b) => a - b);
  return [figure('console-first-rows', 'ms', 1_000, { value: rows[PAINTS >> 1] ?? 0, more: { leastMs: rows[0] ?? 0, mostMs: rows.at(-1) ?? 0, firstPaintMs: Math.max(...all.map(({ firstPaintMs }) => firstPaintMs)), encodedKb: (all[0]?.bytes ?? 0) / 1_000 } })];
}

/** Tickets one by one, from the 202 of intake until their row is on the screen. */
async function arrived({ console: { token }, intakePort }: Bench, list: ListPage): Promise<readonly StageFigures[]> {
  const delays: number[] = [];
  for (let n = 0; n < ARRIVALS; n += 1) {
    const answer = await fetch(`http://${LOOPBACK}:${intakePort}/v1/tickets`, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ source: SENDER, externalId: `SCREEN-${n}`, subject: `On the screen ${n}`, area: 'break-fix', severity: 'B', asker: 'customer', offerId: 'offer-1', customerId: 'customer-1' }),
    });
    const acceptedAtMs = Date.now();
    const body = (await answer.json()) as { ticketId?: string };
    if (answer.status !== 202 || body.ticketId === undefined) throw new Error(`A ticket was answered with ${answer.status}: ${JSON.stringify(body)}`);
    delays.push(Math.max(0, (await list.cameAt(body.ticketId)) - acceptedAtMs));
    // Not in step with what the console does in intervals.
    await delay(300 + n * 37);
  }
  const { p50, p95 } = percentilesOf(delays);
  return [figure('console-on-screen', 'ms', 500, { value: p95, more: { p50Ms: p50, mostMs: Math.max(...delays), tickets: ARRIVALS } })];
}

/** New tickets at an even pace, which every stream must hear of. */
async function flooded({ rig, context: { note, seconds }, child }: Bench, list: ListPage, streams: Streams): Promise<readonly StageFigures[]> {
  note(`  ${EVENTS_PER_SECOND} events a second …`);
  await child.ask('beginFigures');
  const beganAtMs = Date.now();
  const publishedAtMs = await published(rig, seconds);
  const ids = [...publishedAtMs.keys()];
  const heardAtMs = await streams.untilAllHeard(ids);
  const last = percentilesOf(heardAtMs.map((at, index) => at - (publishedAtMs.get(ids[index] ?? '') ?? at)));
  const { cpuMs, loopDelayP99Ms } = await child.ask<ProcessFigures>('figures');
  const tasks = await list.longTasksSince(beganAtMs);
  const more = { eventsPerSecond: EVENTS_PER_SECOND, events: ids.length };
  return [
    figure('console-long-task', 'ms', 100, { value: Math.max(0, ...tasks), more: { ...more, over50Ms: tasks.length, over100Ms: tasks.filter((ms) => ms > 100).length } }),
    figure('console-streams', 'ms', 1_000, { value: last.p95, more: { ...more, streams: STREAMS, p50Ms: last.p50, p99Ms: last.p99, consoleCpuShare: cpuMs / (seconds * 1_000), loopDelayP99Ms } }),
  ];
}

/** @returns when each ticket was published, on the clock of this process. */
async function published(rig: Rig, seconds: number): Promise<ReadonlyMap<string, number>> {
  const publisher = new KafkaEventPublisher(connectKafka({ brokers: rig.brokers, clientId: 'bench', log: () => undefined }));
  const at = new Map<string, number>();
  const beganAtMs = monotonicMs();
  const each = EVENTS_PER_SECOND / 20;
  try {
    for (let n = 0; n < seconds * EVENTS_PER_SECOND; n += each) {
      await delay(Math.max(0, beganAtMs + (n * 1_000) / EVENTS_PER_SECOND - monotonicMs()));
      const events = Array.from({ length: each }, (_, index) => ticketNow(n + index, new Date()));
      for (const { data: { ticketId } } of events) at.set(ticketId, monotonicMs());
      await publisher.publish(events.map((event) => ({ topic: topicOf(event.type), ...encodeEvent(event) })));
    }
  } finally {
    await publisher.close();
  }
  return at;
}

/** What the console projected while it lived, and what it makes anew from its log: the same, row by row. */
async function same(bench: Bench): Promise<StageFigures> {
  const { context: { note }, database } = bench;
  note('  rebuilding once more, and comparing row by row …');
  await keepRows(database);
  const seconds = await rebuildByCommand(bench);
  const { rows, differing } = await differingRows(database);
  return figure('console-same-rows', 'rows', 0, { value: differing, more: { rows, minutes: seconds / 60 } });
}
