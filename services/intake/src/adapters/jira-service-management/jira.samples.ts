/** Payloads in the shape of Jira's webhooks, for tests. */
const SITE = 'https://adatum.atlassian.example';

export function aJiraIssue(fields: object = {}): object {
  return {
    id: '10040',
    self: `${SITE}/rest/api/2/issue/10040`,
    key: 'T-1',
    fields: {
      summary: 'Sign-in fails', description: 'Error 500 after the password.', project: { id: '10000', key: 'SUP', name: 'Support' },
      priority: { id: '2', name: 'High' }, labels: ['login', 'mobile'],
      status: { name: 'To Do', statusCategory: { id: 2, key: 'new', name: 'To Do' } },
      reporter: { accountId: 'a-1', displayName: 'Ada Brown', emailAddress: 'ada@wingtip.example' },
      customfield_10050: { id: '10035', value: 'contoso-crm' },
      components: [{ id: '1', name: 'CRM' }, { id: '2', name: 'Mail' }],
      ...fields,
    },
  };
}

export function aJiraWebhook(payload: object = {}): object {
  return { timestamp: 1_793_606_399_000, webhookEvent: 'jira:issue_created', issue_event_type_name: 'issue_created', user: { displayName: 'Ada Brown' }, issue: aJiraIssue(), ...payload };
}

/** Comments carry few fields of the issue: no labels, no description, no reporter. */
export function aJiraComment(comment: object = {}): object {
  return {
    timestamp: 1_793_606_499_000,
    webhookEvent: 'comment_created',
    comment: { id: '10019', author: { displayName: 'Ben Field' }, body: 'It happens again.', jsdPublic: true, ...comment },
    issue: { id: '10040', self: `${SITE}/rest/api/2/issue/10040`, key: 'T-1', fields: { summary: 'Sign-in fails', project: { key: 'SUP' }, priority: { name: 'High' }, status: { name: 'To Do', statusCategory: { key: 'new' } } } },
  };
}
