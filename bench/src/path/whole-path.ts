import type { Pace, Preparation, Sent } from '../load/sender.js';
import type { Child } from '../process/child.js';
import { reached } from '../rig/drain.js';
import type { Database, Rig } from '../rig/rig.js';
import { Product } from '../rig/services.js';

/** The processes between a webhook and its contact. */
export interface Chain {
  readonly port: number;
  readonly secret: string;
  readonly processes: Readonly<Record<'intake' | 'routing' | 'notifier', Child>>;
}

/** Webhooks on their way through a chain. */
export interface PathRun {
  readonly chain: Chain;
  readonly sender: Child;
  readonly sink: Child;
}

/** Which of the prepared webhooks, by number, and how fast they are sent. */
export interface Paced extends Pace {
  readonly from: number;
}

const CONNECTIONS = 64;

export async function startProduct(rig: Rig, database: Database, sinkPort: number): Promise<Chain> {
  const product = await Product.prepare(rig, database, sinkPort);
  const intake = await product.start('intake');
  const routing = await product.start('routing');
  const notifier = await product.start('notifier');
  for (const { untilReady } of [intake, routing, notifier]) await untilReady();
  return { port: intake.port, secret: await product.secret(), processes: { intake: intake.child, routing: routing.child, notifier: notifier.child } };
}

/** Makes webhooks for a chain, to be sent one after the other. */
export async function prepare({ chain, sender }: PathRun, count: number): Promise<void> {
  await sender.ask('prepare', { port: chain.port, secret: chain.secret, connections: CONNECTIONS, count } satisfies Preparation);
}

/** Sends the next webhooks at an even pace and waits for the last of them. @returns how long each took from its 202 to the sink, in ms. */
export async function delaysOf({ chain, sender, sink }: PathRun, { perSecond, from, count }: Paced): Promise<readonly number[]> {
  requireAccepted(await sender.ask<Sent>('pace', { perSecond, count } satisfies Pace), from + count);
  await reached({ child: chain.processes.notifier, total: from + count, done: () => sink.ask<number>('count') });
  const [acceptedAtMs, arrivedAtMs] = [await sender.ask<Float64Array>('acceptedAt'), await sink.ask<Float64Array>('byNumber', from + count)];
  // A message may overtake the answer to its webhook.
  return Array.from(arrivedAtMs, (at, number) => Math.max(0, at - (acceptedAtMs[number] ?? 0))).slice(from, from + count);
}

/** @param count since the preparation. */
export function requireAccepted({ acceptedInAll, refused }: Sent, count: number): void {
  if (acceptedInAll !== count) throw new Error(`Of ${count} webhooks ${acceptedInAll} were accepted: ${JSON.stringify(refused)}.`);
}
