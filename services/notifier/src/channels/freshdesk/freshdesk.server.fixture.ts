import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { basicOf, type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';

export const FRESHDESK_KEY = 'a-key-of-an-agent';

const priority = z.number().int().min(1).max(4);
const status = z.number().int().min(2).max(5);
const newTicket = z.strictObject({
  email: z.email(), subject: z.string().min(1).max(255), description: z.string().min(1), status, priority, type: z.enum(['Incident', 'Question']).optional(),
  group_id: z.literal(77).optional(), product_id: z.number().int().optional(), tags: z.array(z.string().max(32)).optional(), custom_fields: z.strictObject({ cf_handoff: z.string().optional(), cf_team: z.string().optional() }).optional(),
});
const change = z.strictObject({ status: status.optional(), priority: priority.optional() });
const note = z.strictObject({ body: z.string().min(1), private: z.boolean().default(true) });

interface Kept extends z.output<typeof newTicket> {
  readonly id: number;
  readonly description_text: string;
  readonly notes: { readonly body_text: string; readonly private: boolean }[];
}

/** Freshdesk's API v2 as far as tickets are opened by it. `find` sees nothing older than the newest hundred, as there. */
export async function openFreshdesk(): Promise<OpenDesk> {
  const tickets: Kept[] = [];
  let ids = 20;

  const create = ({ json }: DeskRequest): DeskReply => {
    const given = newTicket.safeParse(json);
    if (!given.success) return invalid(given.error);
    ids += 1;
    const kept = { ...given.data, id: ids, description_text: textOf(given.data.description), notes: [] };
    tickets.push(kept);
    return { status: 201, json: shown(kept) };
  };
  const ofTicket = (kept: Kept, rest: string, { method, json, query }: DeskRequest): DeskReply => {
    if (method === 'GET' && rest === '/conversations') {
      const page = Number(query.get('page') ?? 1);
      return { status: 200, json: kept.notes.slice((page - 1) * 100, page * 100) };
    }
    if (method === 'POST' && rest === '/notes') {
      const given = note.safeParse(json);
      if (!given.success) return invalid(given.error);
      kept.notes.push({ body_text: textOf(given.data.body), private: given.data.private });
      return { status: 201, json: { id: kept.notes.length, ticket_id: kept.id } };
    }
    if (method !== 'PUT' || rest !== '') return { status: 405, json: { message: 'method not allowed' } };
    const given = change.safeParse(json);
    if (!given.success) return invalid(given.error);
    Object.assign(kept, given.data);
    return { status: 200, json: shown(kept) };
  };
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, query, headers } = request;
    if (headers.authorization !== basicOf(FRESHDESK_KEY, 'X')) return { status: 401, json: { code: 'invalid_credentials', message: 'You have to be logged in to perform this action.' } };
    if (path === '/api/v2/tickets' && method === 'POST') return create(request);
    if (path === '/api/v2/tickets' && query.get('order_type') === 'desc') return { status: 200, json: tickets.filter(({ email }) => email === query.get('email')).reverse().slice(0, Number(query.get('per_page'))).map(shown) };
    if (path === '/api/v2/search/tickets') return { status: 200, json: { total: 0, results: tickets.filter(({ custom_fields: fields }) => query.get('query') === `"cf_handoff:'${fields?.cf_handoff ?? ''}'"`).map(shown) } };
    const [, id, rest = ''] = /^\/api\/v2\/tickets\/(\d+)(\/conversations|\/notes)?$/.exec(path) ?? [];
    const kept = tickets.find((one) => String(one.id) === id);
    return kept === undefined ? { status: 404 } : ofTicket(kept, rest, request);
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => tickets.map((kept) => ({
      id: String(kept.id), reference: /handoff-[0-9a-f-]{36}/.exec(kept.description_text)?.[0] ?? '', subject: kept.subject, text: kept.description_text, priority: String(kept.priority), isClosed: kept.status >= 4,
      isTextPublic: false, notes: kept.notes.map(({ body_text: text, private: isPrivate }) => ({ text, isPublic: !isPrivate })),
    })),
    remove: (id) => void tickets.splice(tickets.findIndex((one) => String(one.id) === id), 1),
  };
}

function textOf(html: string): string {
  return html.replaceAll('<br>', '\n').replace(/<[^>]+>/g, '').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function shown({ notes: _notes, email: _email, ...ticket }: Kept): object {
  return ticket;
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 400, json: { description: 'Validation failed', errors: error.issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message, code: 'invalid_value' })) } };
}
