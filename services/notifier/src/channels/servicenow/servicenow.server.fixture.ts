import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { basicOf, type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';
import { answerOfTokens } from '../ticketing/token-endpoint.fixture.js';

export const SERVICENOW_USER = { username: 'handoff.integration', password: 'a-password-of-servicenow' };
export const SERVICENOW_CLIENT = { clientId: '0123456789abcdef', clientSecret: 'a-secret-of-the-client' };
export const GROUP = 'd625dccec0a8016700a222a0f7900d06';
const BEARER = 'Bearer a-token-from-servicenow';

const level = z.enum(['1', '2', '3']);
const fields = {
  short_description: z.string().max(160).optional(), description: z.string().max(4_000).optional(), correlation_id: z.string().max(100).optional(), correlation_display: z.string().max(100).optional(),
  impact: level.optional(), urgency: level.optional(), caller_id: z.string().length(32).optional(), assignment_group: z.literal(GROUP).optional(), company: z.string().length(32).optional(),
  category: z.string().optional(), u_team: z.string().optional(), work_notes: z.string().optional(), comments: z.string().optional(), state: z.enum(['1', '2', '3', '6', '7', '8']).optional(), close_code: z.string().optional(), close_notes: z.string().optional(),
};
const values = z.strictObject(fields);

type Kept = { readonly sys_id: string; readonly number: string; readonly work_notes: string[]; readonly comments: string[] } & Record<string, unknown>;

/** The Table API for incidents, with the data policy that a resolved one has a code and notes. */
export async function openServiceNow(): Promise<OpenDesk> {
  const records: Kept[] = [];

  const write = (kept: Kept, { json }: DeskRequest): DeskReply | null => {
    const given = values.safeParse(json);
    if (!given.success) return failure(400, given.error.message);
    const { work_notes: note, comments: comment, ...rest } = given.data;
    const after = { ...kept, ...rest };
    if (after['short_description'] === undefined || after['short_description'] === '') return failure(403, 'Data Policy Exception: Short description is mandatory');
    if (after.state === '6' && (after.close_code === undefined || after.close_notes === undefined)) return failure(403, 'Data Policy Exception: The following fields are mandatory: Resolution code, Resolution notes');
    Object.assign(kept, rest);
    if (note !== undefined) kept.work_notes.unshift(note);
    if (comment !== undefined) kept.comments.unshift(comment);
    return null;
  };

  const create = (request: DeskRequest): DeskReply => {
    const kept: Kept = { sys_id: (records.length + 1).toString(16).padStart(32, '0'), number: `INC${String(10_001 + records.length).padStart(7, '0')}`, work_notes: [], comments: [], state: '1', impact: '3', urgency: '3' };
    const refused = write(kept, request);
    if (refused !== null) return refused;
    records.push(kept);
    return { status: 201, json: { result: shown(kept) }, headers: { location: `/api/now/table/incident/${kept.sys_id}` } };
  };

  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, query, headers } = request;
    if (method === 'POST' && path === '/oauth_token.do') return answerOfTokens(request, SERVICENOW_CLIENT, BEARER.slice(7));
    if (![basicOf(SERVICENOW_USER.username, SERVICENOW_USER.password), BEARER].includes(headers.authorization ?? '')) return failure(401, 'User Not Authenticated');
    const [, id] = /^\/api\/now\/table\/incident(?:\/([0-9a-f]{32}))?$/.exec(path) ?? [];
    if (!path.startsWith('/api/now/table/incident')) return failure(400, 'Invalid table');
    if (id === undefined && method === 'POST') return create(request);
    if (id === undefined && method === 'GET') return { status: 200, json: { result: records.filter((kept) => ['correlation_id', 'number', 'sys_id'].some((field) => `${field}=${String(kept[field])}` === query.get('sysparm_query'))).map(shown) } };
    const kept = records.find(({ sys_id }) => sys_id === id);
    if (kept === undefined) return failure(404, 'No Record found');
    if (method === 'GET') return { status: 200, json: { result: query.get('sysparm_display_value') === 'true' ? { work_notes: kept.work_notes.map((note) => `2026-11-02 09:00:00 - Handoff (Work notes)\n${note}\n\n`).join(''), comments: kept.comments.join('\n\n') } : shown(kept) } };
    if (method !== 'PATCH') return failure(405, 'Method not allowed');
    return write(kept, request) ?? { status: 200, json: { result: shown(kept) } };
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => records.map((kept) => ({
      id: kept.sys_id, nameInWebhooks: kept.number, reference: String(kept['correlation_id']), subject: String(kept['short_description']), text: String(kept['description']), priority: `${String(kept['impact'])}/${String(kept['urgency'])}`,
      isClosed: kept['state'] === '6', isTextPublic: kept.comments.length > 0, notes: kept.work_notes.map((text) => ({ text, isPublic: false })).reverse(),
    })),
    remove: (id) => void records.splice(records.findIndex(({ sys_id }) => sys_id === id), 1),
  };
}

function shown({ work_notes: _notes, comments: _comments, ...record }: Kept): object {
  return { ...record, work_notes: '', comments: '' };
}

function failure(status: number, detail: string): DeskReply {
  return { status, json: { error: { message: 'Operation Failed', detail }, status: 'failure' } };
}
