import { createHmac } from 'node:crypto';
import type { Change, SourceName, TicketSteps } from './ticket-steps.decision.js';

export interface Webhook {
  readonly source: SourceName;
  /** Names the delivery in its system; a repeat has the same. */
  readonly deliveryId: string;
  readonly body: string;
}

interface Step {
  readonly deliveryId: string;
  readonly step: number;
  readonly at: Date;
}

/** What the system of a ticket posts about one of its steps. */
export function webhookOf(ticket: TicketSteps, { deliveryId, step, at }: Step): Webhook {
  const change = ticket.changes[step] ?? 'updated';
  return { source: ticket.source, deliveryId, body: JSON.stringify(payloadOf(ticket, change, { step, at })) };
}

/** The id by which its source names the ticket. */
export function externalIdOf({ source, externalId }: Pick<TicketSteps, 'source' | 'externalId'>): string {
  return source === 'jira-demo' ? `DEMO-${externalId}` : externalId;
}

/** The headers with which it is posted now. */
export function headersOf({ source, deliveryId, body }: Webhook, secret: string, now: Date): Record<string, string> {
  return { 'content-type': 'application/json', ...signatureOf(source, { deliveryId, body, secret, now }) };
}

interface Told {
  readonly step: number;
  readonly at: Date;
}

function payloadOf({ source, externalId, area }: TicketSteps, change: Change, { step, at }: Told): object {
  const subject = `Ticket ${externalId}`;
  const status = change === 'closed' ? 'Closed' : `Step ${step}`;
  switch (source) {
    case 'jira-demo': return jira({ externalId, area, subject, status, change, at, step });
    case 'zendesk-demo': return {
      change, ticket_id: externalId, ticket_title: subject, ticket_description: 'It does not work.', ticket_status: status, ticket_priority: 'High', tags: zendeskTag(area),
      requester_full_name: 'Robin Counts', requester_email: 'robin.counts@wingtip.example', updated_at: at.toISOString(), ...(change === 'commented' ? { ticket_latest_comment: `Step ${step}`, ticket_latest_comment_is_public: 'true' } : {}),
    };
    case 'webhooks-demo': return {
      externalId, change, occurredAt: at.toISOString(), subject, status, area, severity: 'B', asker: 'customer', offerId: 'contoso-crm', customerId: 'woodgrove', subscriptionId: 'woodgrove-crm',
      ...(change === 'commented' ? { comment: { author: 'Robin Counts', body: `Step ${step}`, isPublic: true } } : {}),
    };
  }
}

function jira({ externalId, area, subject, status, change, at, step }: Told & { externalId: string; area: string; subject: string; status: string; change: Change }): object {
  const events = { created: 'jira:issue_created', updated: 'jira:issue_updated', commented: 'comment_created', closed: 'jira:issue_updated' } as const;
  const time = at.toISOString().replace('Z', '+0000');
  const fields = { summary: subject, description: 'It does not work.', priority: { name: 'Medium' }, status: { name: status, statusCategory: { key: change === 'closed' ? 'done' : 'new' } }, project: { key: 'DEMO' }, labels: [jiraLabel(area)], updated: time };
  return {
    timestamp: at.getTime(), webhookEvent: events[change], issue: { id: externalId, key: externalIdOf({ source: 'jira-demo', externalId }), self: `https://demo.atlassian.example/rest/api/2/issue/${externalId}`, fields },
    ...(change === 'commented' ? { comment: { body: `Step ${step}`, created: time, updated: time, author: { displayName: 'Robin Counts', accountId: '5f00' } } } : {}),
    ...(change === 'updated' || change === 'closed' ? { changelog: { items: [{ field: 'status', toString: status }] } } : {}),
  };
}

/** The words by which the demo sources are told the area. */
const JIRA_LABELS: Readonly<Record<string, string>> = { 'break-fix': 'crash', 'user-support': 'how-to', payment: 'payment', 'customer-billing': 'billing', 'subscription-management': 'licence' };
const ZENDESK_TAGS: Readonly<Record<string, string>> = { 'break-fix': 'crash', payment: 'payment', 'customer-billing': 'billing', 'subscription-management': 'subscription' };
const jiraLabel = (area: string): string => JIRA_LABELS[area] ?? 'login';
const zendeskTag = (area: string): string => ZENDESK_TAGS[area] ?? 'question';

function signatureOf(source: SourceName, { deliveryId, body, secret, now }: { readonly deliveryId: string; readonly body: string; readonly secret: string; readonly now: Date }): Record<string, string> {
  switch (source) {
    case 'jira-demo': return { 'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`, 'x-atlassian-webhook-identifier': deliveryId };
    case 'zendesk-demo': return {
      'x-zendesk-webhook-signature': createHmac('sha256', secret).update(now.toISOString()).update(body).digest('base64'),
      'x-zendesk-webhook-signature-timestamp': now.toISOString(), 'x-zendesk-webhook-invocation-id': deliveryId,
    };
    case 'webhooks-demo': {
      const seconds = String(Math.floor(now.getTime() / 1_000));
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      return { 'webhook-id': deliveryId, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${createHmac('sha256', key).update(`${deliveryId}.${seconds}.${body}`).digest('base64')}` };
    }
  }
}
