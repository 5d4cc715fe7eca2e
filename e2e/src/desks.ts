import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Under which a desk knows Handoff, and a person who works there. */
export const HANDOFF_ACTOR = '900';
export const PERSON = '7';

export interface Note {
  readonly text: string;
  readonly isPublic: boolean;
  readonly by: string;
}

export interface DeskTicket {
  readonly id: number;
  readonly subject: string;
  readonly text: string;
  status: string;
  readonly notes: Note[];
}

/** A ticketing system on this machine, with the part of its interface that Handoff writes by. It posts a webhook for everything that happens, whoever did it. */
export interface Desk {
  readonly url: string;
  readonly tickets: readonly DeskTicket[];
  /** What it refused; nothing that Handoff asks for should be. */
  readonly refused: readonly string[];
  /** Where its webhooks go, and with which secret they are signed. */
  listener: { readonly url: string; readonly secret: string } | null;
  /** What is done by people there. */
  open(subject: string, text: string): Promise<DeskTicket>;
  write(ticket: DeskTicket, text: string, isPublic?: boolean): Promise<void>;
  set(ticket: DeskTicket, status: string): Promise<void>;
  /** Answers of the receiver of its webhooks, in order. */
  readonly answers: readonly { readonly status: number; readonly body: string }[];
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly json: unknown;
}

type Json = Readonly<Record<string, unknown>>;
type Happening = { readonly ticket: DeskTicket; readonly kind: 'created' | 'noted' | 'status'; readonly by: string; readonly note?: Note };

abstract class DeskServer implements Desk {
  readonly tickets: DeskTicket[] = [];
  readonly refused: string[] = [];
  readonly answers: { status: number; body: string }[] = [];
  listener: Desk['listener'] = null;
  url = '';
  private posting: Promise<void> = Promise.resolve();
  private readonly server = createServer((request, response) => {
    void this.serve(request).then(({ status, json }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json)));
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async open(subject: string, text: string): Promise<DeskTicket> {
    const ticket = this.add({ subject, text, status: 'new' });
    await this.happened({ ticket, kind: 'created', by: PERSON });
    return ticket;
  }

  async write(ticket: DeskTicket, text: string, isPublic = true): Promise<void> {
    await this.note(ticket, { text, isPublic, by: PERSON });
  }

  async set(ticket: DeskTicket, status: string): Promise<void> {
    ticket.status = status;
    await this.happened({ ticket, kind: 'status', by: PERSON });
  }

  protected add(parts: Pick<DeskTicket, 'subject' | 'text' | 'status'>): DeskTicket {
    const ticket = { id: this.firstId + this.tickets.length, ...parts, notes: [] };
    this.tickets.push(ticket);
    return ticket;
  }

  protected note(ticket: DeskTicket, note: Note): Promise<void> {
    ticket.notes.push(note);
    return this.happened({ ticket, kind: 'noted', by: note.by, note });
  }

  /** One after the other, as they happened. */
  protected happened(happening: Happening): Promise<void> {
    const { listener } = this;
    if (listener === null) return Promise.resolve();
    const body = JSON.stringify(this.webhookOf(happening));
    this.posting = this.posting.then(async () => {
      const response = await fetch(listener.url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...this.signed(body, listener.secret) } });
      this.answers.push({ status: response.status, body: await response.text() });
    });
    return this.posting;
  }

  private async serve(incoming: IncomingMessage): Promise<Reply> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { pathname, searchParams } = new URL(incoming.url ?? '', this.url);
    const reply = incoming.headers.authorization === this.authorization
      ? this.answer(`${incoming.method ?? ''} ${decodeURIComponent(pathname)}`, body === '' ? {} : JSON.parse(body) as Json, searchParams) : { status: 401, json: { error: 'not allowed' } };
    if (reply.status >= 400) this.refused.push(`${incoming.method ?? ''} ${incoming.url ?? ''} ${reply.status} ${JSON.stringify(reply.json)}`);
    return reply;
  }

  protected byId(id: string | undefined): DeskTicket | undefined {
    return this.tickets.find((one) => String(one.id) === id);
  }

  protected abstract readonly firstId: number;
  protected abstract readonly authorization: string;
  protected abstract answer(call: string, json: Json, query: URLSearchParams): Reply;
  protected abstract webhookOf(happening: Happening): unknown;
  protected abstract signed(body: string, secret: string): Record<string, string>;
}

function unknownKeys(json: unknown, known: readonly string[]): string[] {
  return Object.keys(json as object).filter((key) => !known.includes(key));
}

const NOT_FOUND: Reply = { status: 404, json: { error: 'RecordNotFound' } };
const refusal = (what: readonly string[]): Reply => ({ status: 422, json: { error: `not known: ${what.join(', ')}` } });

class ZendeskDesk extends DeskServer {
  protected readonly firstId = 35_001;
  protected readonly authorization = `Basic ${Buffer.from('agent@desk.example/token:an-api-token').toString('base64')}`;
  private readonly references = new Map<string, DeskTicket>();

  protected answer(call: string, json: Json, query: URLSearchParams): Reply {
    const given = json['ticket'] as Json & { readonly comment?: { readonly body: string; readonly public: boolean } };
    if (call === 'GET /api/v2/tickets') return { status: 200, json: { tickets: [this.references.get(query.get('external_id') ?? '')].filter((one) => one !== undefined).map(this.shown) } };
    if (call === 'POST /api/v2/tickets') return this.create(given);
    const [, method, id, rest] = /^(GET|PUT) \/api\/v2\/tickets\/(\d+)(\/comments)?$/.exec(call) ?? [];
    const ticket = this.byId(id);
    if (ticket === undefined) return NOT_FOUND;
    if (method === 'GET') return rest === undefined ? { status: 200, json: { ticket: this.shown(ticket) } } : { status: 200, json: { comments: ticket.notes.map(({ text, isPublic }) => ({ body: text, public: isPublic })) } };
    return this.update(ticket, given);
  }

  private create(given: Json & { readonly comment?: { readonly body: string; readonly public: boolean } }): Reply {
    const unknown = unknownKeys(given, ['subject', 'external_id', 'comment', 'priority', 'tags', 'custom_fields']);
    if (unknown.length > 0 || given.comment === undefined) return refusal(unknown);
    const ticket = this.add({ subject: String(given['subject']), text: given.comment.body, status: 'new' });
    this.references.set(String(given['external_id']), ticket);
    void this.happened({ ticket, kind: 'created', by: HANDOFF_ACTOR });
    return { status: 201, json: { ticket: this.shown(ticket) } };
  }

  private update(ticket: DeskTicket, given: Json & { readonly comment?: { readonly body: string; readonly public: boolean } }): Reply {
    const unknown = unknownKeys(given, ['comment', 'priority', 'status']);
    if (unknown.length > 0) return refusal(unknown);
    if (ticket.status === 'closed') return refusal(['changes of a closed ticket']);
    if (given.comment !== undefined) void this.note(ticket, { text: given.comment.body, isPublic: given.comment.public, by: HANDOFF_ACTOR });
    if (given['status'] !== undefined) {
      ticket.status = String(given['status']);
      void this.happened({ ticket, kind: 'status', by: HANDOFF_ACTOR });
    }
    return { status: 200, json: { ticket: this.shown(ticket) } };
  }

  private readonly shown = ({ id, subject, text, status }: DeskTicket): object => ({ id, subject, description: text, status });

  protected webhookOf({ ticket, kind, by, note }: Happening): object {
    const now = new Date().toISOString();
    return {
      account_id: 4_711, id: randomUUID(), subject: `zen:ticket:${ticket.id}`, time: now, zendesk_event_version: '2022-11-06', type: `zen:event-type:ticket.${{ created: 'created', noted: 'comment_added', status: 'status_changed' }[kind]}`,
      detail: { id: String(ticket.id), subject: ticket.subject, description: ticket.text, status: ticket.status.toUpperCase(), priority: 'NORMAL', tags: [], actor_id: by, requester_id: PERSON, requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, created_at: now, updated_at: now },
      event: note === undefined ? {} : { actor_id: by, comment: { id: randomUUID(), body: note.text, is_public: note.isPublic, author: { id: by, name: by === PERSON ? 'Ada Brown' : 'Handoff' } } },
    };
  }

  protected signed(body: string, secret: string): Record<string, string> {
    const at = new Date().toISOString();
    return { 'x-zendesk-webhook-signature-timestamp': at, 'x-zendesk-webhook-signature': createHmac('sha256', secret).update(`${at}${body}`).digest('base64') };
  }
}

class ZammadDesk extends DeskServer {
  protected readonly firstId = 61;
  protected readonly authorization = 'Token token=an-access-token';
  private readonly references = new Map<number, string>();
  private articles = 0;
  private clockMs = Date.now();

  protected answer(call: string, json: Json, query: URLSearchParams): Reply {
    if (call === 'GET /api/v1/tickets/search') return { status: 200, json: this.tickets.filter(({ id }) => `"${this.references.get(id) ?? ''}"` === query.get('query')).map(this.shown) };
    if (call === 'POST /api/v1/tickets') return this.create(json);
    const [, articlesOf, changed] = /^(?:GET \/api\/v1\/ticket_articles\/by_ticket\/(\d+)|PUT \/api\/v1\/tickets\/(\d+))$/.exec(call) ?? [];
    const ticket = this.byId(articlesOf ?? changed);
    if (ticket === undefined) return NOT_FOUND;
    return articlesOf === undefined ? this.update(ticket, json) : { status: 200, json: [{ body: ticket.text }, ...ticket.notes.map(({ text }) => ({ body: text }))] };
  }

  private create(json: Json): Reply {
    const unknown = unknownKeys(json, ['title', 'group', 'customer_id', 'note', 'priority', 'article']);
    if (unknown.length > 0 || json['group'] !== 'Users') return refusal(unknown);
    const ticket = this.add({ subject: String(json['title']), text: (json['article'] as { body: string }).body, status: 'new' });
    this.references.set(ticket.id, String(json['note']));
    void this.happened({ ticket, kind: 'created', by: HANDOFF_ACTOR });
    return { status: 201, json: this.shown(ticket) };
  }

  private update(ticket: DeskTicket, json: Json): Reply {
    const unknown = unknownKeys(json, ['state', 'priority', 'article']);
    if (unknown.length > 0) return refusal(unknown);
    const article = json['article'] as { body: string; internal: boolean } | undefined;
    if (json['state'] !== undefined) ticket.status = String(json['state']);
    if (article !== undefined) void this.note(ticket, { text: article.body, isPublic: !article.internal, by: HANDOFF_ACTOR });
    else if (json['state'] !== undefined) void this.happened({ ticket, kind: 'status', by: HANDOFF_ACTOR });
    return { status: 200, json: this.shown(ticket) };
  }

  private readonly shown = ({ id, subject, status }: DeskTicket): object => ({ id, number: String(20_000 + id), title: subject, state: status, note: this.references.get(id) ?? null });

  /** One webhook a change, with the article where there is a new one; nobody is named who did it. */
  protected webhookOf({ ticket, kind, note }: Happening): object {
    this.articles += 1;
    this.clockMs = Math.max(this.clockMs + 1, Date.now());
    const at = new Date(this.clockMs).toISOString();
    const body = kind === 'created' ? ticket.text : note?.text;
    return {
      ticket: { id: ticket.id, number: String(20_000 + ticket.id), title: ticket.subject, state: ticket.status, priority: { name: '2 normal' }, article_count: kind === 'created' ? 1 : ticket.notes.length + 2, created_at: kind === 'created' ? at : '2026-01-02T08:00:00.000Z', updated_at: at },
      article: body === undefined ? {} : { id: this.articles, body, content_type: 'text/plain', internal: note?.isPublic !== true, sender: 'Agent', from: 'Ben Field', type: 'note', created_at: at, attachments: note === undefined ? [] : [{ filename: 'log.txt', url: `${this.url}/api/v1/attachments/${this.articles}` }] },
    };
  }

  protected signed(body: string, secret: string): Record<string, string> {
    return { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`, 'x-zammad-delivery': randomUUID() };
  }
}

export const openZendeskDesk = (): Promise<Desk> => new ZendeskDesk().listen();
export const openZammadDesk = (): Promise<Desk> => new ZammadDesk().listen();
