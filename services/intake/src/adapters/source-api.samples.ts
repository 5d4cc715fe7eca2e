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

export async function listed(tickets: AsyncIterable<ReadTicket> | undefined): Promise<ReadTicket[]> {
  const found: ReadTicket[] = [];
  if (tickets !== undefined) for await (const ticket of tickets) found.push(ticket);
  return found;
}
