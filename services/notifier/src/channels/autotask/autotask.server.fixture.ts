import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';

export const AUTOTASK_USER = { username: 'handoff@contoso.example', secret: 'a-secret-of-autotask', integrationCode: 'A-TRACKING-CODE' };

const API = '/atservicesrest/v1.0';
const priority = z.number().int().min(1).max(4);
const status = z.union([z.literal(1), z.literal(5), z.literal(8)]);
const newTicket = z.strictObject({
  companyID: z.literal(0), title: z.string().min(1).max(255), description: z.string().max(8_000).optional(), externalID: z.string().max(50).optional(), status, priority, dueDateTime: z.iso.datetime(),
  queueID: z.literal(29_682_833).optional(), contactID: z.number().optional(), issueType: z.number().optional(),
});
const note = z.strictObject({ title: z.string().min(1).max(250), description: z.string().min(1).max(32_000), noteType: z.number().int(), publish: z.union([z.literal(1), z.literal(2)]) });
const change = z.strictObject({ id: z.number().int(), status: status.optional(), priority: priority.optional() });
const search = z.strictObject({ filter: z.array(z.strictObject({ op: z.enum(['eq', 'contains']), field: z.enum(['externalID', 'ticketID', 'description']), value: z.union([z.string(), z.number()]) })).min(1) });

interface Kept extends z.output<typeof newTicket> {
  readonly id: number;
  readonly ticketNumber: string;
  readonly notes: z.output<typeof note>[];
}

/** Autotask's REST API as far as tickets are opened by it. What it does not take it answers with 500, as the real one. */
export async function openAutotask(): Promise<OpenDesk> {
  const tickets: Kept[] = [];
  let ids = 7_000;

  const create = ({ json }: DeskRequest): DeskReply => {
    const given = newTicket.safeParse(json);
    if (!given.success) return invalid(given.error);
    ids += 1;
    tickets.push({ ...given.data, id: ids, ticketNumber: `T20261102.${ids}`, notes: [] });
    return { status: 200, json: { itemId: ids } };
  };
  const query = (entity: string, { query: given }: DeskRequest): DeskReply => {
    const parsed = search.safeParse(JSON.parse(given.get('search') ?? 'null'));
    if (!parsed.success) return invalid(parsed.error);
    const rows = entity === 'Tickets' ? tickets.map(shown) : tickets.flatMap(({ id, notes }) => notes.map((one) => ({ ticketID: id, ...one })));
    const fits = (row: Record<string, unknown>): boolean => parsed.data.filter.every(({ op, field, value }) => (op === 'eq' ? row[field] === value : String(row[field]).includes(String(value))));
    return { status: 200, json: { items: (rows as Record<string, unknown>[]).filter(fits), pageDetails: { count: 1, requestCount: 500, prevPageUrl: null, nextPageUrl: null } } };
  };
  const update = ({ json }: DeskRequest): DeskReply => {
    const given = change.safeParse(json);
    if (!given.success) return invalid(given.error);
    const kept = tickets.find(({ id }) => id === given.data.id);
    if (kept === undefined) return missing();
    Object.assign(kept, given.data);
    return { status: 200, json: { itemId: kept.id } };
  };
  const addNote = (kept: Kept, { json }: DeskRequest): DeskReply => {
    const given = note.safeParse(json);
    if (!given.success) return invalid(given.error);
    kept.notes.push(given.data);
    return { status: 200, json: { itemId: kept.notes.length } };
  };
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, headers } = request;
    const { username, secret, integrationCode } = AUTOTASK_USER;
    if (headers['username'] !== username || headers['secret'] !== secret || headers['apiintegrationcode'] !== integrationCode) return { status: 401, json: { errors: ['Login failed.'] } };
    const [, entity] = new RegExp(`^${API}/(Tickets|TicketNotes)/query$`).exec(path) ?? [];
    if (entity !== undefined) return query(entity, request);
    if (path === `${API}/Tickets`) return method === 'POST' ? create(request) : update(request);
    const [, id, notes] = new RegExp(`^${API}/Tickets/(\\d+)(/Notes)?$`).exec(path) ?? [];
    const kept = tickets.find((one) => String(one.id) === id);
    if (kept === undefined) return missing();
    return notes === undefined ? { status: 200, json: { item: shown(kept) } } : addNote(kept, request);
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => tickets.map((kept) => ({
      id: String(kept.id), reference: kept.externalID ?? '', subject: kept.title, text: kept.description ?? '', priority: String(kept.priority), isClosed: kept.status === 5,
      isTextPublic: false, notes: kept.notes.map(({ description, publish }) => ({ text: description, isPublic: publish !== 1 })),
    })),
    remove: (id) => void tickets.splice(tickets.findIndex((one) => String(one.id) === id), 1),
  };
}

function shown({ notes: _notes, ...ticket }: Kept): object {
  return ticket;
}

function missing(): DeskReply {
  return { status: 404, json: { errors: ['No matching records found.'] } };
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 500, json: { errors: error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`) } };
}
