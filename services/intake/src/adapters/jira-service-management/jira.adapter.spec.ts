import { createHmac } from 'node:crypto';
import { codeOf, describeAdapterContract, replaced, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { jiraAdapter } from './jira.adapter.js';
import { aJiraComment, aJiraIssue, aJiraWebhook } from './jira.samples.js';

function sign({ id, body }: Unsigned, secret: string): Record<string, string> {
  return { 'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`, 'x-atlassian-webhook-identifier': id };
}

describeAdapterContract('Jira', { adapter: jiraAdapter, sign, created: aJiraWebhook(), protectedHeaders: ['x-hub-signature'], requiredPaths: ['webhookEvent', 'issue.key', 'issue.fields.summary'] });

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
