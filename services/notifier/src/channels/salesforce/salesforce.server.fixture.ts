import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';
import { answerOfTokens } from '../ticketing/token-endpoint.fixture.js';

export const SALESFORCE_APP = { clientId: 'a-connected-app', clientSecret: 'a-secret-of-salesforce' };
const TOKEN = '00D000000000001!a-session';
const DATA = '/services/data/v62.0';

const values = z.strictObject({
  Subject: z.string().max(255).optional(), Description: z.string().max(32_000).optional(), Priority: z.enum(['High', 'Medium', 'Low']).optional(), Status: z.enum(['New', 'Working', 'Escalated', 'Closed']).optional(),
  Origin: z.enum(['Web', 'Email', 'Phone']).optional(), AccountId: z.string().optional(),
});
const comment = z.strictObject({ ParentId: z.string(), CommentBody: z.string().min(1).refine((text) => Buffer.byteLength(text) <= 4_000, 'data value too large'), IsPublished: z.boolean() });

interface Kept extends z.output<typeof values> {
  readonly Id: string;
  readonly CaseNumber: string;
  readonly reference: string;
  readonly comments: z.output<typeof comment>[];
}

/** Salesforce's REST API for cases, with the external id `Handoff_Reference__c`. */
export async function openSalesforce(): Promise<OpenDesk> {
  const cases: Kept[] = [];

  const upsert = (reference: string, { json }: DeskRequest): DeskReply => {
    const given = values.safeParse(json);
    if (!given.success) return invalid(given.error);
    const known = cases.find((one) => one.reference === reference);
    if (known !== undefined) {
      Object.assign(known, given.data);
      return { status: 200, json: { id: known.Id, success: true, errors: [], created: false } };
    }
    const made: Kept = { Status: 'New', ...given.data, Id: `500${String(cases.length + 1).padStart(15, '0')}`, CaseNumber: String(1_026 + cases.length).padStart(8, '0'), reference, comments: [] };
    cases.push(made);
    return { status: 201, json: { id: made.Id, success: true, errors: [], created: true } };
  };
  const addComment = ({ json }: DeskRequest): DeskReply => {
    const given = comment.safeParse(json);
    if (!given.success) return invalid(given.error);
    const kept = cases.find(({ Id }) => Id === given.data.ParentId);
    if (kept === undefined) return failure(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    kept.comments.push(given.data);
    return { status: 201, json: { id: `00a${String(kept.comments.length).padStart(15, '0')}`, success: true, errors: [] } };
  };
  const query = ({ query: given }: DeskRequest): DeskReply => {
    const [, id] = /^SELECT CommentBody FROM CaseComment WHERE ParentId = '(500\w{15})' ORDER BY CreatedDate DESC LIMIT 50$/.exec(given.get('q') ?? '') ?? [];
    if (id === undefined) return failure(400, 'MALFORMED_QUERY', 'unexpected token');
    const records = [...cases.find(({ Id }) => Id === id)?.comments ?? []].reverse().slice(0, 50).map(({ CommentBody }) => ({ attributes: { type: 'CaseComment' }, CommentBody }));
    return { status: 200, json: { totalSize: records.length, done: true, records } };
  };
  const shown = ({ comments: _comments, reference: _reference, ...fields }: Kept): object => ({ attributes: { type: 'Case' }, ...fields });
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, headers, json } = request;
    if (path === '/services/oauth2/token') return answerOfTokens(request, SALESFORCE_APP, TOKEN);
    if (headers.authorization !== `Bearer ${TOKEN}`) return failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    if (path === `${DATA}/query`) return query(request);
    if (path === `${DATA}/sobjects/CaseComment` && method === 'POST') return addComment(request);
    const [, field, key] = /^\/services\/data\/v62\.0\/sobjects\/Case\/(?:(\w+__c)\/)?([\w-]+)$/.exec(path) ?? [];
    if (field !== undefined && field !== 'Handoff_Reference__c') return failure(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible');
    if (field !== undefined && method === 'PATCH') return upsert(key ?? '', request);
    const kept = cases.find((one) => (field === undefined ? one.Id : one.reference) === key);
    if (kept === undefined) return failure(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (method === 'GET') return { status: 200, json: shown(kept) };
    const given = values.safeParse(json);
    if (!given.success) return invalid(given.error);
    Object.assign(kept, given.data);
    return { status: 204 };
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => cases.map((kept) => ({
      id: kept.Id, reference: kept.reference, subject: kept.Subject ?? '', text: kept.Description ?? '', priority: kept.Priority ?? null, isClosed: kept.Status === 'Closed',
      isTextPublic: false, notes: kept.comments.map(({ CommentBody: text, IsPublished: isPublic }) => ({ text, isPublic })),
    })),
    remove: (id) => void cases.splice(cases.findIndex(({ Id }) => Id === id), 1),
  };
}

function failure(status: number, errorCode: string, message: string): DeskReply {
  return { status, json: [{ message, errorCode }] };
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 400, json: error.issues.map(({ path, message }) => ({ message, errorCode: 'INVALID_FIELD', fields: path.map(String) })) };
}
