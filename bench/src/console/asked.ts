import { setTimeout as delay } from 'node:timers/promises';
import { LOOPBACK } from '@handoff/engines';
import { percentile } from '../figures.js';
import { monotonicMs } from '../load/monotonic.js';
import { dice } from '../matrix/dice.js';
import type { Question } from './questions.js';

/** The console under measurement. */
export interface Asked {
  readonly port: number;
  readonly token: string;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const SEED = 20_260_911;

/** Asks one question and reads its whole answer. @returns ms. @throws Error where it is refused. */
async function asked({ port, token }: Asked, path: string): Promise<number> {
  const beganAtMs = monotonicMs();
  const answer = await fetch(`http://${LOOPBACK}:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${text.slice(0, 500)}`);
  return monotonicMs() - beganAtMs;
}

/** One question after another, so that nothing waits for another question. */
export async function eachKind(console: Asked, questions: readonly Question[], times: number): Promise<Readonly<Record<string, Percentiles>>> {
  const chance = dice(SEED);
  const found: Record<string, Percentiles> = {};
  for (const { kind, path } of questions) {
    await asked(console, path(chance));
    const ms: number[] = [];
    for (let n = 0; n < times; n += 1) ms.push(await asked(console, path(chance)));
    found[kind] = percentilesOf(ms);
  }
  return found;
}

/** All kinds by their weight, so many a second, whether or not the answers have come. */
export async function mixed(console: Asked, questions: readonly Question[], { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number }): Promise<Percentiles> {
  const chance = dice(SEED + 1);
  const drawn = questions.flatMap((question) => Array<Question>(question.weight).fill(question));
  const beganAtMs = monotonicMs();
  const answers: Promise<number>[] = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    await delay(Math.max(0, beganAtMs + (n * 1_000) / perSecond - monotonicMs()));
    const answer = asked(console, chance.pick(drawn).path(chance));
    answer.catch(() => undefined);
    answers.push(answer);
  }
  return percentilesOf(await Promise.all(answers));
}

export function percentilesOf(ms: readonly number[]): Percentiles {
  return { p50: percentile(ms, 0.5) ?? 0, p95: percentile(ms, 0.95) ?? 0, p99: percentile(ms, 0.99) ?? 0 };
}
