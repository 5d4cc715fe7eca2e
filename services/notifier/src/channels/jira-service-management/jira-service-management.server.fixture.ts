import { z } from 'zod';
import type { OpenDesk } from '../ticketing/ticketing-system.contract.js';
import { basicOf, type DeskReply, type DeskRequest, openDeskServer } from '../ticketing/ticketing-server.fixture.js';

export const JIRA_ACCOUNT = { email: 'agent@contoso.example', apiToken: 'an-api-token-of-atlassian' };
export const JIRA_PERSONAL = { personalToken: 'a-personal-access-token' };

const priority = z.strictObject({ name: z.enum(['Highest', 'High', 'Medium', 'Low', 'Lowest']) });
const newRequest = z.strictObject({
  serviceDeskId: z.literal('5'), requestTypeId: z.literal('20'),
  requestFieldValues: z.strictObject({ summary: z.string().min(1).max(255), description: z.string().max(32_767), priority: priority.optional(), customfield_10010: z.strictObject({ value: z.string() }).optional() }),
});
const comment = z.strictObject({ body: z.string().min(1).max(32_767), public: z.boolean() });
const edit = z.strictObject({ fields: z.strictObject({ priority: priority.optional() }) });
const move = z.strictObject({ transition: z.strictObject({ id: z.string() }), fields: z.strictObject({ resolution: z.strictObject({ name: z.enum(['Done', 'Declined']) }) }).optional() });

const STATUSES = { Open: 'new', 'In progress': 'indeterminate', Resolved: 'done' } as const;
/** The workflow: by which transition from where, and whether its screen asks for a resolution. */
const TRANSITIONS = [
  { id: '11', name: 'Start', from: 'Open', to: 'In progress' }, { id: '21', name: 'Resolve this issue', from: 'Open', to: 'Resolved' },
  { id: '22', name: 'Resolve', from: 'In progress', to: 'Resolved' }, { id: '31', name: 'Back to work', from: 'Resolved', to: 'In progress' },
] as const;

interface Kept {
  readonly key: string;
  readonly values: z.output<typeof newRequest>['requestFieldValues'];
  priority: string | null;
  status: keyof typeof STATUSES;
  readonly comments: z.output<typeof comment>[];
}

/** Jira Service Management as far as requests are made by it. */
export async function openJira(): Promise<OpenDesk> {
  const issues: Kept[] = [];
  let keys = 0;

  const create = ({ json }: DeskRequest): DeskReply => {
    const given = newRequest.safeParse(json);
    if (!given.success) return invalid(given.error);
    keys += 1;
    const values = given.data.requestFieldValues;
    issues.unshift({ key: `HELP-${keys}`, values, priority: values.priority?.name ?? null, status: 'Open', comments: [] });
    return { status: 201, json: { issueId: String(10_000 + keys), issueKey: `HELP-${keys}`, requestTypeId: '20', serviceDeskId: '5' } };
  };
  const transitions = (kept: Kept, { method, json }: DeskRequest): DeskReply => {
    const open = TRANSITIONS.filter(({ from }) => from === kept.status);
    const shownOf = ({ id, name, to }: (typeof TRANSITIONS)[number]) => ({ id, name, to: { name: to, statusCategory: { key: STATUSES[to] } }, fields: to === 'Resolved' ? { resolution: { required: true } } : {} });
    if (method === 'GET') return { status: 200, json: { transitions: open.map(shownOf) } };
    const given = move.safeParse(json);
    const chosen = open.find(({ id }) => given.data?.transition.id === id);
    if (!given.success || chosen === undefined) return failure(400, 'It seems that you have tried to perform an illegal workflow operation.');
    if ((chosen.to === 'Resolved') !== (given.data.fields?.resolution !== undefined)) return failure(400, 'resolution: Resolution is required on its screen, and only there.');
    kept.status = chosen.to;
    return { status: 204 };
  };
  const ofIssue = (kept: Kept, rest: string, request: DeskRequest): DeskReply => {
    const { method, json } = request;
    if (rest === '/transitions') return transitions(kept, request);
    if (rest === '/comment') return { status: 200, json: { comments: [...kept.comments].reverse().slice(0, 50).map(({ body }) => ({ body })), total: kept.comments.length } };
    if (method === 'GET') return { status: 200, json: { key: kept.key, fields: { status: { name: kept.status, statusCategory: { key: STATUSES[kept.status] } } } } };
    const given = edit.safeParse(json);
    if (!given.success) return invalid(given.error);
    kept.priority = given.data.fields.priority?.name ?? kept.priority;
    return { status: 204 };
  };
  const list = ({ query }: DeskRequest): DeskReply => {
    const term = query.get('searchTerm');
    const values = issues.filter(({ values: { summary } }) => term === null || summary.includes(term)).slice(0, Number(query.get('limit') ?? 50));
    return query.get('requestOwnership') !== 'OWNED_REQUESTS' ? failure(400, 'requestOwnership')
      : { status: 200, json: { size: values.length, values: values.map(({ key, values: { summary, description } }) => ({ issueKey: key, requestFieldValues: [{ fieldId: 'summary', value: summary }, { fieldId: 'description', value: description }] })) } };
  };
  const answer = (request: DeskRequest): DeskReply => {
    const { method, path, headers, json } = request;
    if (![basicOf(JIRA_ACCOUNT.email, JIRA_ACCOUNT.apiToken), `Bearer ${JIRA_PERSONAL.personalToken}`].includes(headers.authorization ?? '')) return { status: 401, text: 'Client must be authenticated to access this resource.' };
    if (path === '/rest/servicedeskapi/request') return method === 'POST' ? create(request) : list(request);
    const [, issueKey, rest = '', requestKey] = /^\/rest\/(?:api\/2\/issue\/([A-Z]+-\d+)(\/comment|\/transitions)?|servicedeskapi\/request\/([A-Z]+-\d+)\/comment)$/.exec(path) ?? [];
    const kept = issues.find(({ key }) => key === (issueKey ?? requestKey));
    if (kept === undefined) return failure(404, 'Issue does not exist or you do not have permission to see it.');
    if (issueKey !== undefined) return ofIssue(kept, rest, request);
    const given = comment.safeParse(json);
    if (!given.success) return invalid(given.error);
    kept.comments.push(given.data);
    return { status: 201, json: { id: String(kept.comments.length), body: given.data.body, public: given.data.public } };
  };

  const server = await openDeskServer(answer);
  return {
    server,
    tickets: () => issues.map(({ key, values, priority: level, status, comments }) => ({
      id: key, reference: /handoff-[0-9a-f-]{36}/.exec(values.description)?.[0] ?? '', subject: values.summary, text: values.description, priority: level, isClosed: STATUSES[status] === 'done',
      isTextPublic: false, notes: comments.map(({ body, public: isPublic }) => ({ text: body, isPublic })),
    })),
    remove: (id) => void issues.splice(issues.findIndex(({ key }) => key === id), 1),
  };
}

function failure(status: number, message: string): DeskReply {
  return { status, json: { errorMessages: [message], errors: {} } };
}

function invalid(error: z.ZodError): DeskReply {
  return { status: 400, json: { errorMessage: error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '), i18nErrorMessage: {} } };
}
