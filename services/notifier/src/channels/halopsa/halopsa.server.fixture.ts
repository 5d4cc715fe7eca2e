import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';
import { answerOfTokens } from '../ticketing/token-endpoint.fixture.js';

export const HALO_CLIENT = { clientId: 'a-client-of-halo', clientSecret: 'a-secret-of-halo', tenant: 'contoso' };
const TOKEN = 'a-token-from-halo';
const CLOSED = 9;

const priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
const newTicket = z.tuple([z.strictObject({
  summary: z.string().min(1).max(255), details: z.string().min(1), details_html: z.string().optional(), tickettype_id: z.literal(21), third_party_id_string: z.string().max(255).optional(), client_id: z.literal(12).optional(),
  site_id: z.number().optional(), user_id: z.number().optional(), team_id: z.number().optional(), priority_id: priority.optional(), category_1: z.string().optional(),
})]);
const change = z.tuple([z.strictObject({ id: z.number(), status_id: z.union([z.literal(1), z.literal(2), z.literal(CLOSED)]).optional(), priority_id: priority.optional() })]);
const action = z.tuple([z.strictObject({ ticket_id: z.number(), outcome: z.literal('Private Note'), note: z.string().min(1), note_html: z.string().optional(), hiddenfromuser: z.boolean(), sendemail: z.boolean() })]);

type Kept = z.output<typeof newTicket>[0] & { readonly id: number; status_id: number; readonly actions: z.output<typeof action>[0][] };

/** @param isListedWhole whether lists have the reference, which versions do not agree on. */
export async function openHalo({ isListedWhole = true } = {}): Promise<OpenDesk> {
  const tickets: Kept[] = [];
  let ids = 2_000;

  const write = ({ json }: DeskRequest): DeskReply => {
    const isChange = Array.isArray(json) && typeof (json[0] as { id?: unknown } | undefined)?.id === 'number';
    if (!isChange) {
      const given = newTicket.safeParse(json);
      if (!given.success) return invalid(given.error);
      ids += 1;
      const kept: Kept = { ...given.data[0], id: ids, status_id: 1, actions: [] };
      tickets.push(kept);
      return { status: 201, json: shown(kept) };
    }
    const given = change.safeParse(json);
    if (!given.success) return invalid(given.error);
    const kept = tickets.find(({ id }) => id === given.data[0].id);
    if (kept === undefined) return { status: 404, json: { message: 'Ticket not found' } };
    Object.assign(kept, given.data[0]);
    return { status: 201, json: shown(kept) };
  };
  const actions = ({ method, json, query }: DeskRequest): DeskReply => {
    if (method === 'GET') return { status: 200, json: { actions: [...tickets.find(({ id }) => String(id) === query.get('ticket_id'))?.actions ?? []].reverse().map((one, id) => ({ id, ...one })) } };
    const given = action.safeParse(json);
    if (!given.success) return invalid(given.error);
    const kept = tickets.find(({ id }) => id === given.data[0].ticket_id);
    if (kept === undefined) return { status: 404, json: { message: 'Ticket not found' } };
    kept.actions.push(given.data[0]);
    return { status: 201, json: { id: kept.actions.length, ...given.data[0] } };
  };
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, query, headers } = request;
    if (path === '/auth/token') return query.get('tenant') === HALO_CLIENT.tenant ? answerOfTokens(request, { ...HALO_CLIENT, scope: 'all' }, TOKEN) : { status: 400, json: { error: 'invalid_tenant' } };
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401 };
    if (path === '/api/Actions') return actions(request);
    if (path === '/api/Tickets' && method === 'POST') return write(request);
    if (path === '/api/Tickets') {
      const found = tickets.filter(({ third_party_id_string: reference }) => reference === query.get('third_party_id_string'));
      return { status: 200, json: { record_count: found.length, tickets: found.map((kept) => (isListedWhole ? shown(kept) : { id: kept.id, summary: kept.summary })) } };
    }
    const kept = tickets.find(({ id }) => path === `/api/Tickets/${id}`);
    return kept === undefined || method !== 'GET' ? { status: 404 } : { status: 200, json: shown(kept) };
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => tickets.map((kept) => ({
      id: String(kept.id), reference: kept.third_party_id_string ?? '', subject: kept.summary, text: kept.details, priority: String(kept.priority_id), isClosed: kept.status_id === CLOSED,
      isTextPublic: false, notes: kept.actions.map(({ note, hiddenfromuser: isHidden }) => ({ text: note, isPublic: !isHidden })),
    })),
    remove: (id) => void tickets.splice(tickets.findIndex((one) => String(one.id) === id), 1),
  };
}

function shown({ actions: _actions, ...ticket }: Kept): object {
  return ticket;
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 400, json: { ClassName: 'System.Exception', Message: error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ') } };
}
