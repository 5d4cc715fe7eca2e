import { z } from 'zod';
import { hasMark, parsed } from '../ticketing/answer-parts.js';
import { NotTaken } from '../ticketing/not-taken.js';
import { levelOf, priorities, secretText } from '../ticketing/settings.js';
import type { Desk, FoundTicket, News, NewTicket, OpenedTicket, Severity, TicketingSystem } from '../ticketing/ticketing-system.js';
import { fitted, fittedSubject } from '../ticketing/ticketing-text.decision.js';

const PRIORITY_OF: Readonly<Record<Severity, string>> = { A: 'Highest', B: 'High', C: 'Medium' };
const PAGE = 50;
const number = z.string().regex(/^\d{1,18}$/, 'must be an id: digits');
const name = z.string().min(1).max(255);

const settings = z.strictObject({
  serviceDeskId: number,
  requestTypeId: number,
  /** Further fields of the request type, by their ids. */
  fields: z.record(z.string().regex(/^\w{1,100}$/, 'must be the id of a field'), z.json()).default({}),
  /** `false` where the form of the request type has no priority. */
  hasPriority: z.boolean().default(true),
  /** Without one: the first transition to a status that counts as done. */
  resolveTransition: name.optional(),
  /** Without one: the first transition to a status that does not. */
  reopenTransition: name.optional(),
  /** Where the screen of the transition asks for one. */
  resolution: name.default('Done'),
  priorities: priorities(name),
});
/** In the cloud an account with an API token; in the data centre a personal access token. The account must be an agent. */
const credentials = z.union([z.strictObject({ email: z.email().max(320), apiToken: secretText }), z.strictObject({ personalToken: secretText })]);
type Settings = z.output<typeof settings>;
type Credentials = z.output<typeof credentials>;

const key = z.string().regex(/^[A-Z][A-Z0-9_]{0,50}-\d{1,12}$/i);
const request = z.object({ issueKey: key });
const statusCategory = z.object({ key: z.string() });
const transition = z.object({ id: z.string().regex(/^\d{1,18}$/), name: z.string(), to: z.object({ statusCategory }), fields: z.record(z.string(), z.unknown()).optional() });

/** Jira Service Management, in the cloud and in the data centre. Comments are internal. */
export const jiraServiceManagement: TicketingSystem<Settings, Credentials> = {
  name: 'jira-service-management',
  title: 'Jira Service Management',
  hosts: null,
  settings,
  credentials,
  signIn: (given) => ({
    auth: 'email' in given ? { kind: 'basic', user: given.email, password: given.apiToken } : { kind: 'bearer', token: given.personalToken },
    // Without it older data centres refuse parts of this interface.
    headers: { 'x-experimentalapi': 'opt-in' },
  }),
  find, open, hasNote, update,
};

/** Requests of our account, the latest active first; then by the number in the summary, for one that others have pushed off that page. */
async function find({ reference, sourceNumber }: NewTicket, desk: Desk<Settings>): Promise<FoundTicket | null> {
  const { serviceDeskId, requestTypeId } = desk.settings;
  for (const search of ['', ...(/^[\w-]{2,64}$/.test(sourceNumber) ? [`&searchTerm=${sourceNumber}`] : [])]) {
    const answer = await desk.calls.get(`/rest/servicedeskapi/request?serviceDeskId=${serviceDeskId}&requestTypeId=${requestTypeId}&requestOwnership=OWNED_REQUESTS&limit=${PAGE}${search}`);
    const { values } = parsed(z.object({ values: z.array(z.looseObject({ issueKey: key })) }), answer, 'no list of requests');
    const found = values.find((one) => hasMark(one, reference));
    if (found !== undefined) return { ...openedOf(found.issueKey, desk), text: JSON.stringify(found) };
    if (values.length < PAGE) return null;
  }
  return null;
}

async function open({ subject, text, severity }: NewTicket, desk: Desk<Settings>): Promise<OpenedTicket> {
  const { serviceDeskId, requestTypeId, fields } = desk.settings;
  const answer = await desk.calls.send('POST', '/rest/servicedeskapi/request', {
    serviceDeskId, requestTypeId, requestFieldValues: { ...fields, summary: fittedSubject(subject, 255), description: fitted(text, 32_000), priority: priorityOf(severity, desk.settings) },
  });
  return openedOf(parsed(request, answer, 'no request').issueKey, desk);
}

async function hasNote({ id }: OpenedTicket, mark: string, { calls }: Desk<Settings>): Promise<boolean> {
  return hasMark(await calls.get(`/rest/api/2/issue/${id}/comment?orderBy=-created&maxResults=${PAGE}`), mark);
}

async function update({ id }: OpenedTicket, { note, severity, turn }: News, desk: Desk<Settings>): Promise<void> {
  if (note !== null) await desk.calls.send('POST', `/rest/servicedeskapi/request/${id}/comment`, { body: fitted(note, 32_000), public: false });
  const priority = priorityOf(severity, desk.settings);
  if (priority !== undefined) await desk.calls.send('PUT', `/rest/api/2/issue/${id}`, { fields: { priority } });
  if (turn !== 'none') await moveTo(turn === 'close', id, desk);
}

/** Workflows are each installation's own: what leads to done is asked for. */
async function moveTo(isDone: boolean, id: string, { calls, settings: { resolveTransition, reopenTransition, resolution } }: Desk<Settings>): Promise<void> {
  const issue = parsed(z.object({ fields: z.object({ status: z.object({ statusCategory }) }) }), await calls.get(`/rest/api/2/issue/${id}?fields=status`), 'no issue with a status');
  if ((issue.fields.status.statusCategory.key === 'done') === isDone) return;
  const answer = await calls.get(`/rest/api/2/issue/${id}/transitions?expand=transitions.fields`);
  const wanted = isDone ? resolveTransition : reopenTransition;
  const chosen = parsed(z.object({ transitions: z.array(transition) }), answer, 'no list of transitions').transitions
    .find((one) => (wanted === undefined ? (one.to.statusCategory.key === 'done') === isDone : one.name === wanted));
  if (chosen === undefined) throw new NotTaken({ kind: 'unusable', detail: `The workflow has now no transition ${wanted ?? (isDone ? 'to a status that counts as done' : 'to a status that is open')}. Name one in the settings of the channel, or add it there.` });
  await calls.send('POST', `/rest/api/2/issue/${id}/transitions`, { transition: { id: chosen.id }, fields: chosen.fields?.['resolution'] === undefined ? undefined : { resolution: { name: resolution } } });
}

function priorityOf(severity: Severity | null, { hasPriority, priorities: own }: Settings): { readonly name: string } | undefined {
  const level = hasPriority ? levelOf(severity, own, PRIORITY_OF) : null;
  return level === null ? undefined : { name: level };
}

function openedOf(issueKey: string, { baseUrl }: Desk<Settings>): OpenedTicket {
  return { id: issueKey, number: null, url: `${baseUrl}/browse/${issueKey}` };
}
