import { createHash } from 'node:crypto';
import type { Adapter, SetupContext, SetupStep, TestTicket, WebhookRequest } from '../adapter.js';
import { NO_SETTINGS, readWrittenJson } from '../json-body.js';
import { itemsIn } from '../payload.js';
import { textSecret, verifySharedSecret } from '../shared-secret.js';
import { TEST_REQUESTER, withSecretHeader } from '../test-webhook.js';
import { freshdeskApi } from './freshdesk.api.js';
import { eventOf, mapFreshdesk } from './freshdesk.mapping.js';

/** What the rules post. Freshdesk fills in the placeholders, and writes texts as HTML. */
export const TEMPLATE = {
  freshdesk_webhook: {
    triggered_event: '{{triggered_event}}', ticket_id: '{{ticket.id}}', ticket_url: '{{ticket.url}}', ticket_type: '{{ticket.ticket_type}}', ticket_subject: '{{ticket.subject}}', ticket_description: '{{ticket.description}}',
    ticket_status: '{{ticket.status}}', ticket_priority: '{{ticket.priority}}', ticket_tags: '{{ticket.tags}}', ticket_company_name: '{{ticket.company.name}}', requester_name: '{{ticket.requester.name}}', requester_email: '{{ticket.requester.email}}',
    ticket_latest_public_comment: '{{ticket.latest_public_comment}}', ticket_latest_private_comment: '{{ticket.latest_private_comment}}', ticket_updated_at: '{{ticket.modified_on}}',
  },
};

/** Freshdesk: the webhooks of automation rules, with a body that its customer writes. It signs nothing and names no event. */
export const freshdeskAdapter: Adapter = {
  name: 'freshdesk',
  title: 'Freshdesk',
  defaultToleranceSeconds: null,
  tells: new Set(['severity']),
  secret: textSecret('Freshdesk'),
  settings: NO_SETTINGS,
  verify: (request, trust) => verifySharedSecret(request, trust),
  read: (request) => itemsIn(readWrittenJson(request)[0], 'tickets'),
  recognise,
  map: mapFreshdesk,
  api: freshdeskApi,
  setup,
  testWebhook,
};

/** Ticket, what set the rule off, and the time of the update; where the body does not tell the time, all of it. */
function recognise(_request: WebhookRequest, payload: unknown): string {
  const event = eventOf(payload);
  const said = event === null || event.updatedAt === null ? payload : [event.ticketId, event.triggeredEvent, event.updatedAt];
  return `sha256:${createHash('sha256').update(JSON.stringify(said)).digest('hex')}`;
}

function setup({ webhookUrl, secret }: SetupContext): readonly SetupStep[] {
  return [
    { text: "In Freshdesk, open Admin, Automations. Create a rule that runs on 'Ticket creation' for all tickets, and one that runs on 'Ticket updates', performed by agents and requesters, for: status, priority, type or tag is changed, note is added, reply is sent, ticket is deleted. Leave out the agent under whose API key Handoff writes." },
    { text: "Give both the action 'Trigger webhook' with the request type POST and the encoding JSON. URL:", snippet: { language: 'text', content: webhookUrl } },
    { text: 'Custom headers:', snippet: { language: 'text', content: `X-Handoff-Secret: ${secret}` } },
    { text: "Content: choose 'Advanced', and put this in. Add placeholders of your own fields where rules of the mapping need them.", snippet: { language: 'json', content: JSON.stringify(TEMPLATE, null, 2) } },
    { text: "Freshdesk puts webhooks off for an hour when an allowance is used up, and drops them after a day. Give this source access to the API, so that nothing is lost: your address under freshdesk.com, an agent's API key as user, and any password." },
  ];
}

function testWebhook(ticket: TestTicket): WebhookRequest {
  return withSecretHeader(ticket, {
    freshdesk_webhook: {
      triggered_event: '{ticket_action:created}', ticket_id: `999${ticket.number}`, ticket_subject: ticket.subject, ticket_description: `<div>${ticket.description}</div>`, ticket_status: 'Open', ticket_priority: 'Low', ticket_tags: 'handoff-test',
      requester_name: TEST_REQUESTER.name, requester_email: TEST_REQUESTER.email, ticket_updated_at: ticket.now.toISOString(),
    },
  });
}
