import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK } from '@handoff/engines';
import { listPage, messagePage, problemPage, STYLE } from './mail-page.js';
import type { MailStore } from './mail-store.js';
import type { Listening } from './smtp-server.js';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly policy?: string;
}

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A mail's own HTML: no script, no network, an origin of its own. */
const MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/** Serves the mailbox page and its JSON on this machine. */
export async function startMailWeb(port: number, store: MailStore): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(request, store).then(
      (found) => send(response, found),
      (error: Error) => send(response, json(500, { code: 'internal', detail: error.message })),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A web page elsewhere can make a name of its own point to this machine; the name it used is in the Host header. */
export function isLocalHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '');
}

async function answer(request: IncomingMessage, store: MailStore): Promise<Answer> {
  if (!isLocalHost(request.headers.host)) return json(403, { code: 'foreign-host', detail: 'Use 127.0.0.1.' });
  const url = new URL(request.url ?? '/', 'http://localhost');
  const parts = url.pathname.split('/').filter(Boolean);
  if (request.method === 'DELETE' && url.pathname === '/api/messages') {
    return json(200, { deleted: await store.clear() });
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return json(405, { code: 'method-not-allowed', detail: 'Use GET, or DELETE /api/messages.' });
  }
  return parts[0] === 'api' ? apiAnswer(parts, url.searchParams, store) : pageAnswer(parts, url.searchParams, store);
}

async function apiAnswer(parts: readonly string[], query: URLSearchParams, store: MailStore): Promise<Answer> {
  const [, collection, id, ...rest] = parts;
  if (collection === 'messages' && rest.length === 0) {
    if (id === undefined) {
      const messages = store.list({ ...filterFrom(query) });
      return json(200, { total: messages.length, messages });
    }
    const message = await store.get(id);
    if (message !== undefined) return json(200, message);
  }
  return json(404, { code: 'not-found', detail: 'There is no such message.' });
}

async function pageAnswer(parts: readonly string[], query: URLSearchParams, store: MailStore): Promise<Answer> {
  const [first, id, view] = parts;
  if (first === undefined) return html(200, listPage(store.list(filterFrom(query)), query.get('q') ?? ''));
  if (first === 'style.css') return { status: 200, type: 'text/css; charset=utf-8', body: STYLE };
  const message = first === 'messages' && id !== undefined ? await store.get(id) : undefined;
  if (message === undefined) return html(404, problemPage('There is no such message'));
  if (view === undefined) return html(200, messagePage(message));
  if (view === 'html' && message.html !== null) return { ...html(200, message.html), policy: MAIL_POLICY };
  return html(404, problemPage('There is no such page'));
}

function filterFrom(query: URLSearchParams): { to?: string; subject?: string; q?: string } {
  const filter: { to?: string; subject?: string; q?: string } = {};
  for (const name of ['to', 'subject', 'q'] as const) {
    const value = query.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

function json(status: number, body: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}

function html(status: number, body: string): Answer {
  return { status, type: 'text/html; charset=utf-8', body };
}

function send(response: ServerResponse, found: Answer): void {
  response.writeHead(found.status, {
    'content-type': found.type,
    'content-security-policy': found.policy ?? PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(found.body);
}
