import { describeReading } from '../source-api.contract.js';
import { type ApiRoute, aDocumentedApi, listed } from '../source-api.samples.js';
import { RECEIVED_AT } from '../webhook.samples.js';
import { jiraApi } from './jira.api.js';
import { aJiraIssue } from './jira.samples.js';

interface Issue { readonly key: string; readonly fields: { readonly updated: string } }

function anIssue(key: string, updated: string, fields: object = {}): Issue {
  return { ...aJiraIssue({ created: '2026-10-01T08:00:00.000+0000', updated, ...fields }), key } as unknown as Issue;
}

/** A site of Jira, which reads a time of day in the time zone of its user, and minutes ago as they are. */
function aSite(issues: readonly Issue[], deployment: 'cloud' | 'data-center'): readonly ApiRoute[] {
  const wanted = (jql: string | undefined): readonly Issue[] => {
    const [, minutes] = /^updated >= "-(\d+)m" ORDER BY updated DESC$/.exec(jql ?? '') ?? [];
    if (minutes === undefined) throw new Error(`'${jql}' is not bounded as it should be.`);
    const from = RECEIVED_AT.getTime() - Number(minutes) * 60_000;
    return issues.filter(({ fields }) => Date.parse(fields.updated) >= from).toSorted((a, b) => Date.parse(b.fields.updated) - Date.parse(a.fields.updated));
  };
  const parameters = { jql: /./, fields: /^\*navigable$/, maxResults: /^\d+$/ };
  const page = (found: readonly Issue[], start: number, size: number): readonly Issue[] => found.slice(start, start + size);
  const search: ApiRoute = deployment === 'cloud'
    ? { method: 'GET', path: /^\/rest\/api\/2\/search\/jql$/, parameters: { ...parameters, nextPageToken: /^\d+$/ }, answer: ({ parameters: asked }) => {
      const [found, start, size] = [wanted(asked['jql']), Number(asked['nextPageToken'] ?? 0), Number(asked['maxResults'])];
      return { issues: page(found, start, size), ...(start + size < found.length ? { nextPageToken: String(start + size) } : { isLast: true }) };
    } }
    : { method: 'GET', path: /^\/rest\/api\/2\/search$/, parameters: { ...parameters, startAt: /^\d+$/ }, answer: ({ parameters: asked }) => {
      const found = wanted(asked['jql']);
      return { startAt: Number(asked['startAt']), total: found.length, issues: page(found, Number(asked['startAt']), Number(asked['maxResults'])) };
    } };
  return [
    search,
    { method: 'GET', path: /^\/rest\/api\/2\/search\/jql$/, parameters: { ...parameters }, answer: () => null },
    { method: 'GET', path: /^\/rest\/api\/2\/issue\/([^/]+)$/, parameters: { fields: /^\*navigable$/ }, answer: ({ at: [key] }) => issues.find((issue) => issue.key === key) ?? null },
  ];
}

describe('a ticket of Jira', () => {
  const thin = { externalId: 'SUP-1', externalUrl: null, change: 'commented' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {} };

  it('is read whole, in the form of a webhook, and may be gone', async () => {
    const { context } = aDocumentedApi(aSite([anIssue('SUP-1', '2026-11-02T09:59:58.120+0200', { customfield_10010: { requestType: { id: '7', name: 'Report a bug' } } })], 'cloud'));
    expect(await jiraApi.complete(thin, context)).toMatchObject({
      externalId: 'SUP-1', externalUrl: 'https://adatum.atlassian.example/browse/SUP-1', change: 'updated', updatedAt: '2026-11-02T07:59:58.120Z', occurredAt: '2026-11-02T07:59:58.120Z',
      fields: { subject: 'Sign-in fails', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['login', 'mobile'] },
      payload: { issue: { fields: { project: { key: 'SUP' } } }, serviceRequest: { type: 'Report a bug' } },
    });
    expect(await jiraApi.complete({ ...thin, externalId: 'SUP-2' }, context)).toBeNull();
  });
});

describe.each(['cloud', 'data-center'] as const)('a poll of Jira, %s', (deployment) => {
  const since = new Date(RECEIVED_AT.getTime() - 3_600_000);
  const at = (second: number): string => new Date(since.getTime() + second * 1_000).toISOString().replace('Z', '+0000');

  it('reads what changed since and shortly before, page by page, the oldest first', async () => {
    const issues = Array.from({ length: 420 }, (_, index) => anIssue(`SUP-${index}`, at(index - 200)));
    const { context, asked } = aDocumentedApi(aSite(issues, deployment));
    const found = await listed(jiraApi.updatedSince?.({ since }, context));
    expect(found.map(({ externalId }) => externalId)).toEqual(Array.from({ length: 340 }, (_, index) => `SUP-${index + 80}`));
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it('tells new issues and finished ones from changed ones, and ends where nothing changed', async () => {
    const issues = [anIssue('SUP-1', at(1), { created: at(1) }), anIssue('SUP-2', at(2), { status: { name: 'Done', statusCategory: { key: 'done' } } }), anIssue('SUP-3', at(3))];
    const found = await listed(jiraApi.updatedSince?.({ since }, aDocumentedApi(aSite(issues, deployment)).context));
    expect(found.map(({ externalId, change }) => [externalId, change])).toEqual([['SUP-1', 'created'], ['SUP-2', 'closed'], ['SUP-3', 'updated']]);
    expect(await listed(jiraApi.updatedSince?.({ since }, aDocumentedApi(aSite([], deployment)).context))).toEqual([]);
  });
});

describeReading('Jira', { api: jiraApi, externalId: 'SUP-1', context: () => aDocumentedApi(aSite([anIssue('SUP-1', '2026-11-02T09:59:58.120+0200')], 'cloud')).context });
