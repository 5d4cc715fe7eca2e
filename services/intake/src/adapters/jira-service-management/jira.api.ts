import type { ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantAt, textAt, valueAt } from '../payload.js';
import { changedBackTo, readTicket } from '../read-tickets.js';
import { type PollQuery, type ReadContext, type ReadTicket, type SourceApi } from '../source-api.js';
import { withServiceRequest } from './jira.request.js';
import { mapJira } from './jira.mapping.js';

const PAGE_SIZE = 100;
/** Jira's search learns of a change after a while. */
const INDEX_LAG_MS = 120_000;

/** Jira's platform API 2, of Cloud and of Data Center. On Cloud the user is an e-mail address, the password an API token. */
export const jiraApi: SourceApi = {
  auth: ['basic', 'bearer'],
  // Data Center runs anywhere.
  hosts: null,
  requestsPerSecondMax: 5,
  complete,
  updatedSince,
};

async function complete(ticket: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const issue = await context.api.get(`/rest/api/2/issue/${encodeURIComponent(ticket.externalId)}?fields=*navigable`);
  if (issue === null) return null;
  const read = readIssue(issue, context);
  return { ...read, externalId: ticket.externalId, externalUrl: read.externalUrl ?? ticket.externalUrl };
}

/** The time is told in minutes ago: a time of day would be read in the time zone of the user. */
async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const from = new Date(since.getTime() - INDEX_LAG_MS);
  const minutes = Math.max(1, Math.ceil((context.now.getTime() - from.getTime()) / 60_000));
  yield* changedBackTo(from, pagesOf(`updated >= "-${minutes}m" ORDER BY updated DESC`, context));
}

/** Cloud pages by tokens; Data Center has another address for it, and pages by number. */
async function* pagesOf(jql: string, context: ReadContext): AsyncIterable<readonly ReadTicket[]> {
  const { api } = context;
  const query = { jql, fields: '*navigable', maxResults: String(PAGE_SIZE) };
  let answer = await api.get(`/rest/api/2/search/jql?${new URLSearchParams(query).toString()}`);
  const isCloud = answer !== null;
  for (let read = 0; ;) {
    answer ??= await api.get(`/rest/api/2/search?${new URLSearchParams({ ...query, startAt: String(read) }).toString()}`);
    const listed = valueAt(answer, 'issues');
    const issues = Array.isArray(listed) ? listed as unknown[] : [];
    yield issues.map((issue) => readIssue(issue, context));
    read += issues.length;
    const token = textAt(answer, 'nextPageToken', CHARS_MAX.url);
    if (isCloud ? typeof token !== 'string' : issues.length === 0 || read >= Number(valueAt(answer, 'total') ?? 0)) return;
    answer = isCloud ? await api.get(`/rest/api/2/search/jql?${new URLSearchParams({ ...query, nextPageToken: token ?? '' }).toString()}`) : null;
  }
}

/** The issue in the form of a webhook, so that a source's mapping finds its places. */
function readIssue(issue: unknown, context: ReadContext): ReadTicket {
  const payload = withServiceRequest({ webhookEvent: 'jira:issue_updated', issue });
  const mapped = mapJira(payload, context);
  const updatedAt = instantAt(valueAt(issue, 'fields.updated')) ?? context.receivedAt.toISOString();
  const isNew = valueAt(issue, 'fields.created') === valueAt(issue, 'fields.updated');
  return readTicket(mapped, { payload, updatedAt, isNew });
}
