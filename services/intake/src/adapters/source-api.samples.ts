import { aMapContext, RECEIVED_AT } from './webhook.samples.js';
import type { ReadContext, ReadTicket } from './source-api.js';

export interface AskedApi {
  readonly context: ReadContext;
  /** What was asked, in order, as `GET /tickets/7` or `POST /search {"after":"2"}`. */
  readonly asked: string[];
}

/** A system's interface that answers what a test says; `null` where it says nothing. */
export function anApi(answer: (path: string, body?: unknown) => unknown, parts: Partial<ReadContext> = {}): AskedApi {
  const asked: string[] = [];
  const answered = (call: string, path: string, body?: unknown): Promise<unknown> => {
    asked.push(decodeURIComponent(call.replaceAll('+', ' ')));
    return Promise.resolve(answer(path, body) ?? null);
  };
  const api = {
    get: (path: string) => answered(`GET ${path}`, path),
    post: (path: string, body: unknown) => answered(`POST ${path} ${JSON.stringify(body)}`, path, body),
  };
  return { asked, context: { ...aMapContext(), api, now: RECEIVED_AT, ...parts } };
}

export interface ApiCall {
  /** What stands in the groups of the route's path, decoded. */
  readonly at: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One documented call of a system's interface, and what the system does with it. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST';
  /** The whole path, without the query. */
  readonly path: RegExp;
  /** The parameters that the vendor documents for it; a value must look like this. */
  readonly parameters?: Readonly<Record<string, RegExp>>;
  readonly answer: (call: ApiCall) => unknown;
}

/** A system's interface that refuses what its vendor does not document, and a path that is not encoded. */
export function aDocumentedApi(routes: readonly ApiRoute[], parts: Partial<ReadContext> = {}): AskedApi {
  return anApi((target, body) => {
    const url = new URL(target, 'https://api.example');
    if (`${url.pathname}${url.search}` !== target) throw new Error(`'${target}' is not an encoded path with its query.`);
    const method = body === undefined ? 'GET' : 'POST';
    const route = routes.find((candidate) => candidate.method === method && candidate.path.test(url.pathname));
    if (route === undefined) throw new Error(`${method} ${url.pathname} is not documented.`);
    const unknown = [...url.searchParams].find(([name, value]) => route.parameters?.[name]?.test(value) !== true);
    if (unknown !== undefined) throw new Error(`${method} ${url.pathname} does not take ${unknown.join('=')}.`);
    const at = (route.path.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent);
    return structuredClone(route.answer({ at, parameters: Object.fromEntries(url.searchParams), body: structuredClone(body) }));
  }, parts);
}

export async function listed(tickets: AsyncIterable<ReadTicket> | undefined): Promise<ReadTicket[]> {
  const found: ReadTicket[] = [];
  if (tickets !== undefined) for await (const ticket of tickets) found.push(ticket);
  return found;
}
