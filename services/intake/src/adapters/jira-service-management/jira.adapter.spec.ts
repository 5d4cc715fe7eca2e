import { createHmac } from 'node:crypto';
import { codeOf, describeAdapterContract, replaced, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { jiraAdapter } from './jira.adapter.js';
import { aJiraComment, aJiraIssue, aJiraWebhook } from './jira.samples.js';
import { TEMPLATE } from './jira.setup.js';

function sign({ id, body }: Unsigned, secret: string): Record<string, string> {
  return { 'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`, 'x-atlassian-webhook-identifier': id };
}

describeAdapterContract('Jira', { adapter: jiraAdapter, sign, created: aJiraWebhook(), samples: [aJiraComment(), aJiraWebhook({ webhookEvent: 'jira:issue_updated', changelog: { items: [{ field: 'status', fromString: 'To Do', toString: 'Done' }] } }), aJiraWebhook({ webhookEvent: 'jira:issue_deleted' })], protectedHeaders: ['x-hub-signature'], requiredPaths: ['issue.key', 'issue.fields.summary'] });
describeAdapterContract('Jira, by its automation', { adapter: jiraAdapter, sign: (_webhook, secret) => ({ 'x-handoff-secret': secret }), created: { event: 'created', ...aJiraIssue() }, another: { event: 'created', ...aJiraIssue({ summary: 'Another' }) }, protectedHeaders: ['x-handoff-secret'], requiredPaths: [], protectsBody: false });

const now = new Date('2026-11-02T08:00:00.000Z');
const context = aMapContext({ receivedAt: now });
const secret = 'a-secret-of-adatum';

describe('the time of a webhook of Jira', () => {
  const verify = (timestamp: unknown, toleranceSeconds: number | null): string => {
    const body = JSON.stringify({ timestamp });
    const trust = aTrust({ secrets: [secret], now, toleranceSeconds });
    return codeOf(() => jiraAdapter.verify(aRequest({ headers: sign({ id: '1', body, sentAt: now }, secret), rawBody: Buffer.from(body) }), trust));
  };
  const minutesAgo = (minutes: number): number => now.getTime() - minutes * 60_000;

  it('is not looked at unless the source asks: Jira tries again for half an hour', () => {
    expect(verify(minutesAgo(600), jiraAdapter.defaultToleranceSeconds)).toBe('accepted');
  });

  it.each([[minutesAgo(4), 'accepted'], [minutesAgo(5), 'accepted'], [minutesAgo(5) - 1, '401 timestamp-stale'], [minutesAgo(-6), '401 timestamp-stale'], [undefined, '401 timestamp-stale']])('is compared where the source asks: %p is %s', (timestamp, outcome) => {
    expect(verify(timestamp, 300)).toBe(outcome);
  });
});

describe('the name of an event of Jira', () => {
  const body = JSON.stringify(aJiraWebhook());
  const recognise = (headers: Record<string, string>, text = body): string => jiraAdapter.recognise(aRequest({ headers, rawBody: Buffer.from(text) }), JSON.parse(text));

  it('is the one that Jira gives to all tries of a delivery', () => {
    expect(recognise({ 'x-atlassian-webhook-identifier': 'abc' })).toBe(recognise({ 'x-atlassian-webhook-identifier': 'abc', 'x-atlassian-webhook-retry': '2' }));
  });

  it('follows from the body where Jira gives none', () => {
    expect(recognise({})).toBe(recognise({}));
    expect(recognise({})).not.toBe(recognise({}, JSON.stringify(aJiraWebhook({ timestamp: 1 }))));
  });
});

describe('a webhook of Jira', () => {
  it('tells all that routing and the contact need of a new issue', () => {
    expect(jiraAdapter.map(aJiraWebhook(), context)).toEqual({
      externalId: 'T-1',
      externalUrl: 'https://adatum.atlassian.example/browse/T-1',
      change: 'created',
      occurredAt: new Date(1_793_606_399_000).toISOString(),
      fields: {
        subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'To Do', severity: 'B',
        requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['login', 'mobile'],
      },
    });
  });

  it.each([
    ['jira:issue_updated', {}, 'updated'],
    ['jira:issue_updated', { status: { name: 'Done', statusCategory: { key: 'done' } } }, 'closed'],
    ['jira:issue_deleted', {}, 'closed'],
  ])('of type %s with %j says that the ticket was %s', (webhookEvent, _fields, change) => {
    expect(jiraAdapter.map(aJiraWebhook({ webhookEvent, issue: aJiraIssue(_fields) }), context)).toMatchObject({ change });
  });

  it('of old servers, which do not name the kind of update, is read as well', () => {
    const payload = replaced(aJiraWebhook({ webhookEvent: 'jira:issue_updated', changelog: { items: [{ field: 'description', fromString: 'a', toString: 'b' }] } }), 'issue_event_type_name', undefined);
    expect(jiraAdapter.map(payload, context)).toMatchObject({ change: 'updated', fields: { subject: 'Sign-in fails' } });
  });

  it('with a comment tells only what it has: nothing of labels or requester', () => {
    expect(jiraAdapter.map(aJiraComment(), context)).toMatchObject({
      change: 'commented',
      fields: { subject: 'Sign-in fails', status: 'To Do', severity: 'B', comment: { author: 'Ben Field', body: 'It happens again.', isPublic: true } },
    });
    expect(Object.keys((jiraAdapter.map(aJiraComment(), context) as { fields: object }).fields).sort()).toEqual(['comment', 'severity', 'status', 'subject']);
  });

  it.each([[{ jsdPublic: false }, false], [{ jsdPublic: undefined }, true], [{ visibility: { type: 'role', value: 'Agents' } }, false]])('with a comment %j is public: %p', (comment, isPublic) => {
    expect(jiraAdapter.map(JSON.parse(JSON.stringify(aJiraComment(comment))), context)).toMatchObject({ fields: { comment: { isPublic } } });
  });

  it('that reports a comment as an update is read as a comment', () => {
    const payload = aJiraWebhook({ webhookEvent: 'jira:issue_updated', comment: { body: 'Any news?', author: { displayName: 'Ada' } } });
    expect(jiraAdapter.map(payload, context)).toMatchObject({ change: 'commented', fields: { comment: { body: 'Any news?' } } });
  });

  it.each([['Highest', 'A'], ['Critical', 'A'], ['Blocker', 'A'], ['High', 'B'], ['MEDIUM', 'B'], ['Low', 'C'], ['lowest', 'C'], ['constructor', undefined], ['Whenever', undefined]])('of priority %s has severity %s', (name, severity) => {
    expect((jiraAdapter.map(aJiraWebhook({ issue: aJiraIssue({ priority: { name } }) }), context) as { fields: { severity?: string } }).fields.severity).toBe(severity);
  });

  it("takes the source's own table of priorities first", () => {
    expect(jiraAdapter.map(aJiraWebhook(), { ...context, severities: { high: 'A' } })).toMatchObject({ fields: { severity: 'A' } });
  });

  it.each(['jira:version_released', 'comment_deleted', 'worklog_created', 'toString'])('of type %s changes no ticket, and says so', (webhookEvent) => {
    expect(jiraAdapter.map({ webhookEvent }, context)).toEqual({ ignored: true, reason: `Events of type '${webhookEvent}' change no ticket.` });
  });

  it.each([
    ['https://site.example/jira/rest/api/2/issue/1', 'https://site.example/jira/browse/T-1'],
    ['https://api.atlassian.com/ex/jira/1-2/rest/api/3/issue/1', null],
    ['javascript:alert(1)/rest/', null],
    [undefined, null],
  ])('whose API address is %s has the page %s', (self, externalUrl) => {
    expect(jiraAdapter.map(replaced(aJiraWebhook(), 'issue.self', self), context)).toMatchObject({ externalUrl });
  });

  it('cuts a description that is too long, visibly', () => {
    const { fields } = jiraAdapter.map(aJiraWebhook({ issue: aJiraIssue({ description: 'x'.repeat(70_000) }) }), context) as { fields: { description: string } };
    expect([fields.description.length, fields.description.at(-1)]).toEqual([65_536, '…']);
  });
});

describe('the time and the cause of an event of Jira', () => {
  const updated = '2026-11-02T09:59:58.120+0200';
  const read = (payload: object): { occurredAt: string; actor?: string } => jiraAdapter.map(payload, context) as { occurredAt: string; actor?: string };

  it.each([
    ['a change', aJiraWebhook({ issue: aJiraIssue({ updated }) }), '2026-11-02T07:59:58.120Z'],
    ['a deletion, which changes the issue no more', aJiraWebhook({ webhookEvent: 'jira:issue_deleted', issue: aJiraIssue({ updated }) }), new Date(1_793_606_399_000).toISOString()],
    ['a comment, which comes without the time of the issue', aJiraComment({ created: updated, updated }), '2026-11-02T07:59:58.120Z'],
    ['what tells no time but that of the event', aJiraWebhook(), new Date(1_793_606_399_000).toISOString()],
    ['what tells no time at all', aJiraWebhook({ timestamp: null }), now.toISOString()],
  ])('are of %s', (_what, payload, occurredAt) => {
    expect(read(payload).occurredAt).toBe(occurredAt);
  });

  it.each([
    [aJiraWebhook({ user: { accountId: 'a-1', key: 'abrown', name: 'abrown' } }), 'a-1'], [aJiraWebhook({ user: { key: 'JIRAUSER1', name: 'abrown' } }), 'JIRAUSER1'], [aJiraWebhook({ user: { name: 'abrown' } }), 'abrown'],
    [aJiraComment({ author: { accountId: 'a-2' }, updateAuthor: { accountId: 'a-3' } }), 'a-3'], [aJiraWebhook({ user: null }), undefined],
  ])('of %j is whom it names: %s', (payload, actor) => {
    expect(read(payload).actor).toBe(actor);
  });
});

describe('texts of Jira', () => {
  it('may be documents of nodes', () => {
    const paragraph = (...content: object[]): object => ({ type: 'paragraph', content });
    const description = { type: 'doc', version: 1, content: [paragraph({ type: 'text', text: 'Error 500, ' }, { type: 'mention', attrs: { id: '1', text: '@Ben' } }), { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph({ type: 'text', text: 'first' }, { type: 'hardBreak' }, { type: 'text', text: 'second' })] }] }] };
    expect(jiraAdapter.map(aJiraWebhook({ issue: aJiraIssue({ description }) }), context)).toMatchObject({ fields: { description: 'Error 500, @Ben\nfirst\nsecond' } });
    expect(jiraAdapter.map(aJiraComment({ body: { type: 'doc', content: [paragraph({ type: 'text', text: 'Any news?' })] } }), context)).toMatchObject({ change: 'commented', fields: { comment: { body: 'Any news?' } } });
  });
});

describe('an issue of an old server', () => {
  it('is finished by its resolution, where statuses have no categories', () => {
    const issue = (fields: object): object => aJiraWebhook({ webhookEvent: 'jira:issue_updated', issue: aJiraIssue({ status: { name: 'Resolved' }, ...fields }) });
    expect(jiraAdapter.map(issue({ resolution: { name: 'Fixed' } }), context)).toMatchObject({ change: 'closed' });
    expect(jiraAdapter.map(issue({ resolution: null }), context)).toMatchObject({ change: 'updated' });
  });
});

describe('a request of Jira Service Management', () => {
  const read = (payload: object): unknown => jiraAdapter.read(aRequest({ rawBody: Buffer.from(JSON.stringify(payload)) }))[0];

  it('has its type and organizations at places that are the same for every site', () => {
    const organization = { id: '1', name: 'Wingtip Toys', _links: { self: 'https://adatum.atlassian.example/rest/servicedeskapi/organization/1' } };
    const issue = aJiraIssue({ customfield_10010: { requestType: { id: '7', name: 'Report a bug' }, currentStatus: { status: 'Waiting' } }, customfield_10002: [organization], customfield_10003: [{ name: 'no organization' }] });
    expect(read(aJiraWebhook({ issue }))).toMatchObject({ serviceRequest: { type: 'Report a bug', organizations: ['Wingtip Toys'] }, issue: { key: 'T-1' } });
    expect(read({ event: 'created', ...issue })).toMatchObject({ serviceRequest: { type: 'Report a bug' }, key: 'T-1' });
    expect(read(aJiraWebhook())).toEqual(aJiraWebhook());
  });
});

describe('a request of Jira’s automation', () => {
  const updated = '2026-11-02T07:59:58.0+0000';

  it('by our template makes a ticket of all that Jira fills in, also of what is empty', () => {
    const values: Record<string, unknown> = {
      'issue.key': 'SUP-7', 'issue.url': 'https://adatum.atlassian.example/browse/SUP-7', 'issue.summary': 'The "export" fails', 'issue.status.name': 'To Do', 'issue.status.statusCategory.key': 'new', 'issue.priority.name': 'Highest', 'issue.labels': ['crm'],
      'issue.reporter.displayName': 'Ada Brown', 'issue.reporter.emailAddress': 'ada@wingtip.example', 'initiator.accountId': 'a-9', 'issue.created': '2026-10-01T07:59:58.0+0000', 'issue.updated': updated,
    };
    const body = TEMPLATE.replaceAll(/"\{\{([\w.]+)\}\}"/g, (_placeholder, name: string) => JSON.stringify(values[name]))
      .replaceAll(/\{\{([\w.]+)\.asJsonString(Array)?\}\}/g, (_placeholder, name: string) => JSON.stringify(values[name]) ?? '');
    const [payload] = jiraAdapter.read(aRequest({ rawBody: Buffer.from(body) }));
    expect(jiraAdapter.map(payload, context)).toEqual({
      externalId: 'SUP-7', externalUrl: 'https://adatum.atlassian.example/browse/SUP-7', change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', actor: 'a-9',
      fields: { subject: 'The "export" fails', description: null, status: 'To Do', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['crm'] },
    });
    expect(jiraAdapter.recognise(aRequest({ rawBody: Buffer.from(body) }), payload)).toBe('state:SUP-7:2026-11-02T07:59:58.000Z');
  });

  it.each([
    ['Jira’s own issue data', aJiraIssue({ updated, created: '2026-10-01T08:00:00.000+0000' }), 'updated'],
    ['the same as an issue', { issue: aJiraIssue({ updated, created: updated }) }, 'created'],
    ['single values', { issueKey: 'T-1', summary: 'Sign-in fails', status: 'To Do', priority: 'High', reporter_name: 'Ada Brown', reporter_email: 'ada@wingtip.example', updated }, 'updated'],
    ['single values of an issue, and what happened', { event: 'issue resolved', issue: { key: 'T-1', summary: 'Sign-in fails', status: { name: 'To Do' }, priority: { name: 'High' }, reporter: { displayName: 'Ada Brown', emailAddress: 'ada@wingtip.example' }, updated } }, 'closed'],
    ['data around it', { data: { key: 'T-1', summary: 'Sign-in fails', status: 'To Do', priority: 'High', reporter: 'Ada Brown', reporterEmail: 'ada@wingtip.example', updated } }, 'updated'],
  ])('may send %s', (_what, payload, change) => {
    expect(jiraAdapter.map(payload, context)).toMatchObject({ externalId: 'T-1', change, occurredAt: '2026-11-02T07:59:58.000Z', fields: { subject: 'Sign-in fails', status: 'To Do', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } } });
  });

  it.each([
    [{ comment: 'Any news?', commentAuthor: 'Ben' }, { author: 'Ben', body: 'Any news?', isPublic: true }],
    [{ comment: { body: 'Hidden', author: { displayName: 'Ben' }, jsdPublic: false } }, { author: 'Ben', body: 'Hidden', isPublic: false }],
  ])('may carry the comment %j', (parts, comment) => {
    expect(jiraAdapter.map({ issue: aJiraIssue({ updated, created: '2026-10-01T08:00:00.000+0000' }), ...parts }, context)).toMatchObject({ change: 'commented', fields: { comment } });
  });

  it('is not believed by a secret where it has a signature that does not fit', () => {
    const headers = { 'x-handoff-secret': secret, 'x-hub-signature': 'sha256=0' };
    expect(codeOf(() => jiraAdapter.verify(aRequest({ headers, rawBody: Buffer.from('{}') }), aTrust({ secrets: [secret] })))).toBe('401 signature-invalid');
  });
});
