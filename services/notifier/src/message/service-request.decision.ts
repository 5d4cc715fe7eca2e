import type { TicketRouted } from '@handoff/contracts';
import { oneLine } from './clean-text.js';
import type { TicketShown } from './message.js';
import type { Words } from './texts/words.js';

/** Where a service request is opened: Help + support of Partner Center. Only the partner itself can, there is no call that does. */
export const NEW_SERVICE_REQUEST_URL = 'https://partner.microsoft.com/dashboard/support/servicerequests/create';

/** How Microsoft words severities in a service request: https://learn.microsoft.com/partner-center/developer/service-request-resources. */
const SEVERITIES = { A: 'critical', B: 'moderate', C: 'minimal' } as const;

/**
 * The workspace of Partner Center that a problem belongs to, by its English name. Handoff's default: Microsoft publishes no list of
 * workspaces and problem types. What is not here is a matter of the partner's customers.
 */
const WORKSPACES: Readonly<Record<string, string>> = {
  'customer-billing': 'Billing', 'payment': 'Billing', 'partner-billing': 'Billing',
  'offer-management': 'Marketplace offers', 'account-support': 'Account settings',
};
const WORKSPACE_OF_THE_REST = 'Customers';

const TITLE_CHARS_MAX = 200;

/** A service request as the partner enters it, field by field. */
export interface ServiceRequest {
  readonly workspace: string;
  /** In the words of the message; the partner chooses what is nearest. */
  readonly problemType: string;
  readonly severity: (typeof SEVERITIES)[keyof typeof SEVERITIES] | null;
  readonly title: string;
  readonly description: string;
  /** Where it is opened. */
  readonly url: string;
}

/** Prepares the service request with which a ticket is handed over. It tells Microsoft no more than this contact may see. */
export function serviceRequestOf(ticket: TicketShown, { decision: { row } }: Pick<TicketRouted, 'decision'>, words: Words): ServiceRequest {
  const area = ticket.area ?? row;
  return {
    workspace: WORKSPACES[area] ?? WORKSPACE_OF_THE_REST,
    problemType: words.area(ticket.area) ?? words.area(row) ?? words.text('area.other'),
    severity: ticket.severity === null ? null : SEVERITIES[ticket.severity],
    title: oneLine(ticket.subject, TITLE_CHARS_MAX),
    description: [...(ticket.description === null || ticket.description === '' ? [] : [ticket.description, '']), ...idLines(ticket, words)].join('\n'),
    url: NEW_SERVICE_REQUEST_URL,
  };
}

/** Ids by which Microsoft finds what it is about, and our number, by which its answer finds the ticket. */
function idLines({ customerId, subscriptionId, offerId, externalId, source }: TicketShown, words: Words): string[] {
  const line = (label: 'fact.customer' | 'fact.subscription' | 'fact.offer', id: string | null): string[] => (id === null || id === '' ? [] : [`${words.text(label)}: ${oneLine(id, 256)}`]);
  return [
    ...line('fact.customer', customerId), ...line('fact.subscription', subscriptionId), ...line('fact.offer', offerId),
    `${words.text('fact.number')}: ${oneLine(words.say('value.number', { number: externalId, source }), 512)}`,
  ];
}
