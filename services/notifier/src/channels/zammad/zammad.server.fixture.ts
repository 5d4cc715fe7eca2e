import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';

export const ZAMMAD_TOKEN = 'an-access-token-of-zammad';

const article = z.strictObject({ subject: z.string().optional(), body: z.string().min(1), content_type: z.enum(['text/plain', 'text/html']), type: z.literal('note'), internal: z.boolean().default(false) });
const priority = z.enum(['1 low', '2 normal', '3 high']);
const state = z.enum(['new', 'open', 'pending reminder', 'closed']);
const newTicket = z.strictObject({
  title: z.string().min(1).max(250), group: z.literal('Users', { error: "No such record: group" }), customer_id: z.string().regex(/^guess:[^\s@]+@[^\s@]+$/), note: z.string().max(250).optional(),
  priority: priority.default('2 normal'), state: state.default('new'), article, crm_team: z.string().optional(),
});
const change = z.strictObject({ state: state.optional(), priority: priority.optional(), article: article.optional() });

interface Kept extends Omit<z.output<typeof newTicket>, 'article'> {
  readonly id: number;
  readonly number: string;
  readonly articles: z.output<typeof article>[];
}

/** Zammad's REST API as far as tickets are opened by it. */
export async function openZammad(): Promise<OpenDesk> {
  const tickets: Kept[] = [];
  let ids = 0;

  const create = ({ json }: DeskRequest): DeskReply => {
    const given = newTicket.safeParse(json);
    if (!given.success) return invalid(given.error);
    ids += 1;
    const { article: first, ...rest } = given.data;
    const kept = { ...rest, id: ids, number: String(20_000 + ids), articles: [first] };
    tickets.push(kept);
    return { status: 201, json: shown(kept) };
  };
  const update = (kept: Kept, { json }: DeskRequest): DeskReply => {
    const given = change.safeParse(json);
    if (!given.success) return invalid(given.error);
    const { article: added, ...rest } = given.data;
    Object.assign(kept, rest);
    if (added !== undefined) kept.articles.push(added);
    return { status: 200, json: shown(kept) };
  };
  const search = (text: string): readonly Kept[] => {
    const words = text.replaceAll('"', '');
    return tickets.filter(({ title, articles }) => title.includes(words) || articles.some(({ body }) => body.includes(words)));
  };
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, query, headers } = request;
    if (headers.authorization !== `Token token=${ZAMMAD_TOKEN}`) return { status: 401, json: { error: 'Authentication required' } };
    if (path === '/api/v1/tickets' && method === 'POST') return create(request);
    if (path === '/api/v1/tickets/search') return { status: 200, json: search(query.get('query') ?? '').map(shown) };
    const [, articlesOf, ticketOf] = /^\/api\/v1\/(?:ticket_articles\/by_ticket\/(\d+)|tickets\/(\d+))$/.exec(path) ?? [];
    const kept = tickets.find(({ id }) => String(id) === (articlesOf ?? ticketOf));
    if (kept === undefined) return { status: 404, json: { error: "Couldn't find Ticket" } };
    if (articlesOf !== undefined && method === 'GET') return { status: 200, json: kept.articles.map((one, index) => ({ id: index, ticket_id: kept.id, ...one })) };
    return method === 'PUT' ? update(kept, request) : { status: 405, json: { error: 'Method not allowed' } };
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => tickets.map(({ id, note, title, priority: level, state: standing, articles: [first, ...notes] }) => ({
      id: String(id), reference: note ?? '', subject: title, text: first?.body ?? '', priority: level, isClosed: standing === 'closed',
      isTextPublic: first?.internal !== true, notes: notes.map(({ body, internal }) => ({ text: body, isPublic: !internal })),
    })),
    remove: (id) => void tickets.splice(tickets.findIndex((one) => String(one.id) === id), 1),
  };
}

function shown({ articles: _articles, ...ticket }: Kept): object {
  return ticket;
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 422, json: { error: error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ') } };
}
