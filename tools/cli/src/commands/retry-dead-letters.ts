import { setTimeout as delay } from 'node:timers/promises';
import { type ExitCode, wrongUse } from '../failure.js';
import { asJson, asText } from '../format.js';
import type { ServiceClient } from '../http/service-client.js';
import { jsonObject, placeName, readBytes } from '../input.js';
import { type JsonRecord, isRecord, textAt, valueAt } from '../json-reading.js';
import { CONSUMERS, foundLetter, letterPath, withService } from './dead-letters.js';
import type { CommandContext } from './context.js';

export interface RetryOptions {
  readonly reason?: string;
  readonly value?: string;
  readonly by?: string;
  readonly note?: string;
  /** Seconds. */
  readonly wait: number;
}

const POLL_INTERVAL_MS = 200;

/** Has one tried again and waits for what comes of it, or has all of a reason tried. */
export async function retryDeadLetters(context: CommandContext, [id]: readonly string[], options: RetryOptions): Promise<ExitCode> {
  const { reason } = options;
  if ((id === undefined) === (reason === undefined)) throw wrongUse('wrong-use', 'Give the id of one, or --reason for all that failed so.');
  if (id !== undefined) return retryOne(context, id, options);
  if (options.value !== undefined) throw wrongUse('wrong-use', '--value is for one event; give its id.');
  return retryAll(context, { reason, ...askedBy(options) });
}

async function retryAll({ services, terminal, isJson }: CommandContext, body: JsonRecord): Promise<ExitCode> {
  const counts: Record<string, number> = {};
  for (const name of CONSUMERS) counts[name] = await retryAllOf(services[name], body);
  terminal.write(isJson ? asJson({ retrying: counts }) : asText(Object.entries(counts).map(([name, count]) => `${name}: ${count === 0 ? 'none failed so' : `${count} will be tried within seconds, the earliest first`}`)));
  return 0;
}

async function retryAllOf(service: ServiceClient, body: JsonRecord): Promise<number> {
  let count = 0;
  for (;;) {
    const answer = await service.post('/v1/dead-letters/retry', body);
    count += Number(textAt(answer, 'retrying') ?? 0);
    if (valueAt(answer, 'hasMore') !== true) return count;
  }
}

async function retryOne({ services, terminal, isJson }: CommandContext, id: string, options: RetryOptions): Promise<ExitCode> {
  const { service, letter } = await foundLetter(services, id);
  const value = options.value === undefined ? undefined : jsonObject(await readBytes(terminal, options.value), placeName(options.value));
  await service.post(`${letterPath(id)}/retry`, { ...(value === undefined ? {} : { value }), ...askedBy(options) });
  const after = await outcomeOf(service, id, { attempts: Number(textAt(letter, 'attempts') ?? 0), waitMs: options.wait * 1_000 });
  const { outcome, text } = told(after, id, options.wait);
  terminal.write(isJson ? asJson({ ...withService(after ?? { id }, service.name), outcome }) : `${text}\n`);
  return outcome === 'failed' ? 1 : 0;
}

/** Its state once it was tried, or when the time is over; `null` when it was handled and is not kept. */
async function outcomeOf(service: ServiceClient, id: string, { attempts, waitMs }: { readonly attempts: number; readonly waitMs: number }): Promise<JsonRecord | null> {
  const deadlineMs = performance.now() + waitMs;
  for (;;) {
    const letter = await service.find(letterPath(id));
    if (!isRecord(letter)) return null;
    if (textAt(letter, 'state') === 'retried' || Number(textAt(letter, 'attempts') ?? 0) > attempts || performance.now() >= deadlineMs) return { ...letter, wasTried: Number(textAt(letter, 'attempts') ?? 0) > attempts };
    await delay(POLL_INTERVAL_MS);
  }
}

function told(letter: JsonRecord | null, id: string, waitSeconds: number): { readonly outcome: 'handled' | 'failed' | 'pending'; readonly text: string } {
  if (letter === null || letter['state'] === 'retried') return { outcome: 'handled', text: `${id} was handled; later events of its ticket follow.` };
  if (letter['wasTried'] === true) return { outcome: 'failed', text: `${id} failed again, with ${textAt(letter, 'reason') ?? '?'}: ${textAt(letter, 'detail') ?? ''} It stays set aside.` };
  return { outcome: 'pending', text: `${id} was not tried within ${waitSeconds} s. Look at it with: npx handoff dead-letters show ${id}` };
}

function askedBy({ by, note }: RetryOptions): JsonRecord {
  return { ...(by === undefined ? {} : { by }), ...(note === undefined ? {} : { note }) };
}
