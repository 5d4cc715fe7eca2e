import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { basicOf, type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';

const comment = z.strictObject({ body: z.string().min(1).max(65_536), public: z.boolean().default(true) });
const fields = {
  priority: z.enum(['urgent', 'high', 'normal', 'low']).optional(), status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']).optional(),
  type: z.enum(['problem', 'incident', 'question', 'task']).optional(), tags: z.array(z.string().regex(/^\S+$/)).optional(),
  group_id: z.literal(7).optional(), brand_id: z.number().int().optional(), ticket_form_id: z.number().int().optional(),
  requester: z.strictObject({ name: z.string().min(1), email: z.email() }).optional(), custom_fields: z.array(z.strictObject({ id: z.number().int(), value: z.unknown() })).optional(),
};
const newTicket = z.strictObject({ ticket: z.strictObject({ subject: z.string().max(150).optional(), comment, external_id: z.string().max(255).optional(), ...fields }) });
const change = z.strictObject({ ticket: z.strictObject({ subject: z.string().optional(), comment: comment.optional(), ...fields }) });

interface Kept {
  readonly id: number;
  readonly external_id: string | null;
  readonly subject: string;
  readonly description: string;
  priority: string | null;
  status: string;
  readonly comments: { readonly id: number; readonly body: string; readonly public: boolean }[];
}

export const ZENDESK_CREDENTIALS = { email: 'agent@contoso.example', apiToken: 'an-api-token-of-zendesk' };
export const ZENDESK_CLIENT = { clientId: 'handoff-client', clientSecret: 'a-secret-of-the-client' };
const BEARER = 'Bearer a-token-from-zendesk';

/** Zendesk's ticketing API as far as tickets are opened by it. */
export async function openZendesk(): Promise<OpenDesk> {
  const tickets: Kept[] = [];
  const answers = new Map<string, { readonly body: string; readonly reply: DeskReply }>();
  let ids = 35_435;

  const create = ({ json, body, headers }: DeskRequest): DeskReply => {
    const key = String(headers['idempotency-key'] ?? '');
    const former = answers.get(key);
    if (former !== undefined) return former.body === body ? { ...former.reply, headers: { 'x-idempotency-lookup': 'hit' } } : { status: 400, json: { error: 'IdempotentRequestError' } };
    const given = newTicket.safeParse(json);
    if (!given.success) return invalid(given.error);
    const { subject = '', comment: opening, external_id = null, priority = null, status = 'new' } = given.data.ticket;
    ids += 1;
    const kept: Kept = { id: ids, external_id, subject, description: opening.body, priority, status, comments: [{ id: ids * 10, body: opening.body, public: opening.public }] };
    tickets.push(kept);
    const reply = { status: 201, json: { ticket: shown(kept) } };
    if (key !== '') answers.set(key, { body, reply });
    return { ...reply, headers: { 'x-idempotency-lookup': 'miss' } };
  };

  const update = (kept: Kept, { json }: DeskRequest): DeskReply => {
    const given = change.safeParse(json);
    if (!given.success) return invalid(given.error);
    if (kept.status === 'closed') return { status: 422, json: { error: 'RecordInvalid', description: 'Record validation errors', details: { status: [{ description: 'Status: closed prevents ticket update' }] } } };
    const { comment: added, priority, status } = given.data.ticket;
    if (added !== undefined) kept.comments.push({ id: kept.id * 10 + kept.comments.length, body: added.body, public: added.public });
    kept.priority = priority ?? kept.priority;
    kept.status = status ?? kept.status;
    return { status: 200, json: { ticket: shown(kept) } };
  };

  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, query, headers, json } = request;
    if (method === 'POST' && path === '/oauth/tokens') return token(request);
    if (![basicOf(`${ZENDESK_CREDENTIALS.email}/token`, ZENDESK_CREDENTIALS.apiToken), BEARER].includes(headers.authorization ?? '')) return { status: 401, json: { error: "Couldn't authenticate you" } };
    if (path === '/api/v2/tickets' && method === 'POST') return create(request);
    if (path === '/api/v2/tickets' && method === 'GET') return { status: 200, json: { tickets: tickets.filter(({ external_id }) => external_id === query.get('external_id')).map(shown), next_page: null, count: 1 } };
    const [, id, rest] = /^\/api\/v2\/tickets\/(\d+)(\/comments)?$/.exec(path) ?? [];
    const kept = tickets.find((one) => String(one.id) === id);
    if (kept === undefined) return { status: 404, json: { error: 'RecordNotFound', description: 'Not found' } };
    if (rest !== undefined && method === 'GET') return { status: 200, json: { comments: [...kept.comments].reverse().slice(0, Number(query.get('page[size]') ?? 100)), meta: { has_more: false } } };
    return method === 'PUT' && json !== undefined ? update(kept, request) : { status: 405 };
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => tickets.map(({ id, external_id, subject, description, priority, status, comments: [opening, ...notes] }) => ({
      id: String(id), reference: external_id ?? '', subject, text: description, priority, isClosed: status === 'solved' || status === 'closed',
      isTextPublic: opening?.public === true, notes: notes.map((note) => ({ text: note.body, isPublic: note.public })),
    })),
    remove: (id) => void tickets.splice(tickets.findIndex((one) => String(one.id) === id), 1),
  };
}

/** OAuth client credentials, in a body of JSON or of a form. */
function token({ body, json }: DeskRequest): DeskReply {
  const form = json === undefined ? Object.fromEntries(new URLSearchParams(body)) : json as Record<string, unknown>;
  const isKnown = form['grant_type'] === 'client_credentials' && form['client_id'] === ZENDESK_CLIENT.clientId && form['client_secret'] === ZENDESK_CLIENT.clientSecret;
  return isKnown ? { status: 200, json: { access_token: BEARER.slice(7), token_type: 'bearer', scope: 'read write', expires_in: 3_600 } } : { status: 401, json: { error: 'invalid_client' } };
}

function shown({ comments: _comments, ...ticket }: Kept): object {
  return { ...ticket, url: `https://contoso.zendesk.com/api/v2/tickets/${ticket.id}.json` };
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 422, json: { error: 'RecordInvalid', description: 'Record validation errors', details: error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`) } };
}
