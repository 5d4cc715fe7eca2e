import type { SigningScheme } from '../signing.js';

export interface SampleFacts {
  /** RFC 3339. */
  readonly at: string;
  /** Names the event, not the ticket: the ticket stays the same however often it is sent. */
  readonly eventId: string;
}

/**
 * A first ticket to try things with, as the system would post it. The demo sources take its label for an area, and the rest
 * from their own defaults.
 */
export function samplePayload(scheme: SigningScheme, facts: SampleFacts): Record<string, unknown> {
  switch (scheme) {
    case 'jira': return jiraIssueCreated(facts);
    case 'zendesk': return zendeskTicketCreated(facts);
    case 'standard-webhooks': return ownTicket(facts);
  }
}

const SUBJECT = 'Sign-in to Contoso CRM ends in an error';
const DESCRIPTION = 'Since this morning nobody in our sales team gets past the sign-in page: after the password it shows error 500.';
const LABELS = ['login'] as const;

function jiraIssueCreated({ at }: SampleFacts): Record<string, unknown> {
  const site = 'https://demo.atlassian.example';
  const reporter = { accountId: '5f00a1b2c3d4e5f600000001', displayName: 'Robin Counts', emailAddress: 'robin.counts@wingtip.example', active: true };
  return {
    timestamp: Date.parse(at),
    webhookEvent: 'jira:issue_created',
    issue_event_type_name: 'issue_created',
    user: reporter,
    issue: {
      id: '10001',
      key: 'DEMO-1',
      self: `${site}/rest/api/2/issue/10001`,
      fields: {
        summary: SUBJECT,
        description: DESCRIPTION,
        priority: { id: '3', name: 'Medium' },
        status: { id: '1', name: 'Open' },
        issuetype: { id: '10010', name: 'Service Request' },
        project: { id: '10000', key: 'DEMO', name: 'Demo service desk' },
        labels: [...LABELS],
        reporter,
        assignee: null,
        created: jiraTime(at),
        updated: jiraTime(at),
      },
    },
  };
}

/** Jira writes a numeric zone without a colon. */
const jiraTime = (at: string): string => new Date(at).toISOString().replace('Z', '+0000');

function zendeskTicketCreated({ at, eventId }: SampleFacts): Record<string, unknown> {
  return {
    type: 'zen:event-type:ticket.created',
    account_id: 1000001,
    id: eventId,
    time: at,
    zendesk_event_version: '2022-11-06',
    subject: 'zen:ticket:1',
    detail: {
      id: '1',
      subject: SUBJECT,
      description: DESCRIPTION,
      type: 'PROBLEM',
      priority: 'NORMAL',
      status: 'NEW',
      requester_id: '700001',
      submitter_id: '700001',
      actor_id: '700001',
      organization_id: '800001',
      assignee_id: null,
      external_id: null,
      is_public: true,
      tags: [...LABELS],
      via: { channel: 'web_service' },
      created_at: at,
      updated_at: at,
    },
    event: {},
  };
}

/** Handoff's own format, for systems whose users write the body themselves. */
function ownTicket({ at }: SampleFacts): Record<string, unknown> {
  return {
    externalId: 'DEMO-1', change: 'created', occurredAt: at, subject: SUBJECT, description: DESCRIPTION, status: 'Open',
    area: 'break-fix', severity: 'B', asker: 'customer', offerId: 'contoso-crm', customerId: 'woodgrove', subscriptionId: 'woodgrove-crm', labels: [...LABELS],
  };
}
