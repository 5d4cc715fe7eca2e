import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';
import { answerOfTokens } from '../ticketing/token-endpoint.fixture.js';

export const DYNAMICS_APP = { tenantId: 'contoso.example', clientId: 'an-app-registration', clientSecret: 'a-secret-of-the-app' };
export const ACCOUNT = '475b158c-541c-e511-80d3-3863bb347ba8';
const TOKEN = 'a-token-from-entra';
const API = '/api/data/v9.2';

const prioritycode = z.union([z.literal(1), z.literal(2), z.literal(3)]);
const columns = {
  title: z.string().min(1).max(200).optional(), description: z.string().max(2_000).optional(), prioritycode: prioritycode.optional(), caseorigincode: z.number().optional(),
  'customerid_account@odata.bind': z.literal(`/accounts(${ACCOUNT})`).optional(), statecode: z.union([z.literal(0), z.literal(2)]).optional(), statuscode: z.number().optional(),
};
const values = z.strictObject(columns);
const annotation = z.strictObject({ subject: z.string().max(500), notetext: z.string().min(1).max(100_000), 'objectid_incident@odata.bind': z.string().regex(/^\/incidents\([0-9a-f-]{36}\)$/) });
const closing = z.strictObject({
  IncidentResolution: z.strictObject({ '@odata.type': z.literal('Microsoft.Dynamics.CRM.incidentresolution').optional(), subject: z.string().min(1), 'incidentid@odata.bind': z.string().regex(/^\/incidents\([0-9a-f-]{36}\)$/) }), Status: z.union([z.literal(5), z.literal(-1)]),
});

interface Kept {
  readonly incidentid: string;
  readonly ticketnumber: string;
  title?: string | undefined;
  description?: string | undefined;
  prioritycode?: number | undefined;
  statecode: number;
  statuscode: number;
  readonly notes: string[];
}

/** The Web API of Dataverse for cases: a PATCH without a condition creates what is not there, and a resolved case takes nothing but its opening. */
export async function openDynamics(): Promise<OpenDesk> {
  const cases: Kept[] = [];
  const byPath = (text: string): Kept | undefined => cases.find(({ incidentid }) => text.includes(`incidents(${incidentid})`));

  const patch = (id: string, { json, headers }: DeskRequest): DeskReply => {
    const kept = cases.find(({ incidentid }) => incidentid === id);
    if (kept !== undefined && headers['if-none-match'] === '*') return failure(412, '0x80060892', 'A record with matching key values already exists.');
    if (kept === undefined && headers['if-match'] === '*') return failure(404, '0x80040217', `incident With Id = ${id} Does Not Exist`);
    const given = values.safeParse(json);
    if (!given.success) return invalid(given.error);
    const { 'customerid_account@odata.bind': customer, ...rest } = given.data;
    if (kept === undefined) {
      if (customer === undefined) return failure(400, '0x80040203', 'You should specify a parent contact or account.');
      const made: Kept = { incidentid: id, ticketnumber: `CAS-${String(1_000 + cases.length).padStart(5, '0')}-X1Y2Z3`, notes: [], ...definedOf(rest), statecode: 0, statuscode: 1 };
      cases.push(made);
      return headers['prefer'] === 'return=representation' ? { status: 201, json: shown(made) } : { status: 204 };
    }
    if (kept.statecode === 1 && rest.statecode !== 0) return failure(400, '0x80040203', 'This case has already been resolved. Close and reopen the case record to see the updates.');
    Object.assign(kept, definedOf(rest));
    return { status: 204 };
  };
  const close = ({ json }: DeskRequest): DeskReply => {
    const given = closing.safeParse(json);
    if (!given.success) return invalid(given.error);
    const kept = byPath(given.data.IncidentResolution['incidentid@odata.bind']);
    if (kept === undefined) return failure(404, '0x80040217', 'incident Does Not Exist');
    if (kept.statecode === 1) return failure(400, '0x80048544', 'The case has already been resolved.');
    Object.assign(kept, { statecode: 1, statuscode: 5 });
    return { status: 204 };
  };
  const annotations = ({ method, json, query }: DeskRequest): DeskReply => {
    if (method === 'GET') {
      const [, id, mark] = /^_objectid_value eq ([0-9a-f-]{36}) and contains\(notetext,'([^']+)'\)$/.exec(query.get('$filter') ?? '') ?? [];
      if (id === undefined || mark === undefined) return failure(400, '0x0', 'The $filter is not understood.');
      return { status: 200, json: { value: (cases.find(({ incidentid }) => incidentid === id)?.notes ?? []).filter((text) => text.includes(mark)).map((_text, index) => ({ annotationid: String(index) })) } };
    }
    const given = annotation.safeParse(json);
    if (!given.success) return invalid(given.error);
    const kept = byPath(given.data['objectid_incident@odata.bind']);
    if (kept === undefined) return failure(404, '0x80040217', 'incident Does Not Exist');
    kept.notes.push(given.data.notetext);
    return { status: 204 };
  };
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, headers } = request;
    if (path === `/${DYNAMICS_APP.tenantId}/oauth2/v2.0/token`) return answerOfTokens(request, { ...DYNAMICS_APP, scope: `${server.url}/.default` }, TOKEN);
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401 };
    if (headers['odata-version'] !== '4.0') return failure(400, '0x0', 'OData-Version');
    if (path === `${API}/annotations`) return annotations(request);
    if (path === `${API}/CloseIncident` && method === 'POST') return close(request);
    const [, id] = /^\/api\/data\/v9\.2\/incidents\(([0-9a-f-]{36})\)$/.exec(path) ?? [];
    if (id === undefined) return failure(404, '0x8006088a', 'Resource not found for the segment.');
    if (method === 'PATCH') return patch(id, request);
    const kept = cases.find(({ incidentid }) => incidentid === id);
    return kept === undefined ? failure(404, '0x80040217', `incident With Id = ${id} Does Not Exist`) : { status: 200, json: shown(kept) };
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => cases.map((kept) => ({
      id: kept.incidentid, reference: `handoff-${kept.incidentid}`, subject: kept.title ?? '', text: kept.description ?? '', priority: String(kept.prioritycode), isClosed: kept.statecode === 1,
      isTextPublic: false, notes: kept.notes.map((text) => ({ text, isPublic: false })),
    })),
    remove: (id) => void cases.splice(cases.findIndex(({ incidentid }) => incidentid === id), 1),
  };
}

function definedOf<T extends object>(given: T): T {
  return JSON.parse(JSON.stringify(given)) as T;
}

function shown({ notes: _notes, ...record }: Kept): object {
  return { '@odata.etag': 'W/"1"', ...record };
}

function failure(status: number, code: string, message: string): DeskReply {
  return { status, json: { error: { code, message } } };
}

function invalid(error: z.ZodError): DeskReply {
  return failure(400, '0x80048d19', `Error identified in Payload provided by the user for Entity :'', ${error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ')}`);
}
