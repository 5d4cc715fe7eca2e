import { CommandFailure, type ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import type { Query, ServiceClient, Services } from '../http/service-client.js';
import { isRecord, type JsonRecord, listAt, textAt } from '../json-reading.js';
import { deadLetterLines, deadLetterTable } from '../texts/dead-letter-text.js';
import type { CommandContext } from './context.js';

/** The services that set events aside. */
export const CONSUMERS = ['routing', 'notifier', 'console'] as const;

export interface DeadLetterListOptions {
  readonly state?: string;
  readonly reason?: string;
  readonly topic?: string;
  readonly type?: string;
  readonly ticket?: string;
  readonly limit: number;
}

/** What each service set aside. A service that does not answer is told of, and hides nothing of the other. */
export async function listDeadLetters({ services, terminal, isJson, paint }: CommandContext, _args: readonly string[], { state, reason, topic, type, ticket, limit }: DeadLetterListOptions): Promise<ExitCode> {
  const query: Query = { state, reason, topic, type, ticket, limit };
  const pages = await Promise.allSettled(CONSUMERS.map((name) => services[name].get('/v1/dead-letters', query)));
  const failures = pages.flatMap((page) => (page.status === 'rejected' ? [failureOf(page.reason)] : []));
  const items = pages.flatMap((page, index) => (page.status === 'fulfilled' ? listAt(page.value, 'items').map((item) => withService(item, CONSUMERS[index] ?? '?')) : []));
  const hasMore = pages.some((page) => page.status === 'fulfilled' && textAt(page.value, 'next') !== null);
  const more = hasMore ? [paint.dim('There are more: narrow the list, or raise --limit.')] : [];
  terminal.write(isJson ? asJson({ items, hasMore, failures: failures.map(({ code, message }) => ({ code, message })) }) : asText([...deadLetterTable(items), ...more]));
  for (const { message } of failures) terminal.tell(`${message}\n`);
  return failures.length === 0 ? 0 : 1;
}

/** One whole. */
export async function showDeadLetter({ services, terminal, isJson, paint }: CommandContext, [id = '']: readonly string[]): Promise<ExitCode> {
  const { service, letter } = await foundLetter(services, id);
  const told = withService(letter, service.name);
  terminal.write(isJson ? asJson(told) : asText(deadLetterLines(told, paint)));
  return 0;
}

/** Gives one up for good. */
export async function discardDeadLetter({ services, terminal, isJson }: CommandContext, [id = '']: readonly string[], { by, note }: { readonly by: string; readonly note: string }): Promise<ExitCode> {
  const { service, letter } = await foundLetter(services, id);
  const discarded = await service.post(`${letterPath(id)}/discard`, { by, note });
  const behind = Number(textAt(letter, 'behind') ?? 0);
  terminal.write(isJson ? asJson(withService(discarded, service.name)) : `${id} is discarded.${behind > 0 ? ` ${behind} later ${behind === 1 ? 'event of its ticket goes' : 'events of its ticket go'} on.` : ''}\n`);
  return 0;
}

export const letterPath = (id: string): string => `/v1/dead-letters/${encodeURIComponent(id)}`;

/** @throws CommandFailure where no service has it. */
export async function foundLetter(services: Services, id: string): Promise<{ readonly service: ServiceClient; readonly letter: JsonRecord }> {
  for (const name of CONSUMERS) {
    const letter = await services[name].find(letterPath(id));
    if (isRecord(letter)) return { service: services[name], letter };
  }
  throw new CommandFailure(1, 'dead-letter-unknown', `None of the services has set an event aside under ${id}. One that was handled before it was given up is not kept. See what there is with: npx handoff dead-letters list`, 404);
}

export const withService = (letter: unknown, service: string): JsonRecord => ({ service, ...(isRecord(letter) ? letter : {}) });

function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  throw error;
}
