import type { Area, Change, Severity, TicketFields } from '@handoff/contracts';
import { z } from 'zod';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, entryOf, firstTextAt, instantOf, labelsOf, requesterOf, requiredText, requireObject, textAt, told, valueAt } from '../payload.js';

interface Matter {
  /** What happened to the subscription, as the end of a sentence. */
  readonly what: string;
  readonly area: Area;
  readonly severity: Severity;
  /** Microsoft waits for the publisher, and says later what came of it. */
  readonly isAsked?: true;
}

/** Whose matter each is follows from its area: payment and subscriptions are the partner's who sold, activation is the publisher's. */
const MATTERS: Readonly<Record<string, Matter>> = {
  Subscribe: { what: 'was bought', area: 'activation', severity: 'C' },
  ChangePlan: { what: 'shall have another plan', area: 'subscription-management', severity: 'C', isAsked: true },
  ChangeQuantity: { what: 'shall have another number of seats', area: 'subscription-management', severity: 'C', isAsked: true },
  Renew: { what: 'was renewed', area: 'subscription-management', severity: 'C' },
  Suspend: { what: 'was suspended: it was not paid for', area: 'payment', severity: 'B' },
  Reinstate: { what: 'shall be reinstated after it was suspended', area: 'activation', severity: 'B', isAsked: true },
  Unsubscribe: { what: 'was cancelled', area: 'subscription-management', severity: 'B' },
};
const ACTIONS = Object.keys(MATTERS);
/** Microsoft's own pages have both. */
const SPELLINGS: Readonly<Record<string, string>> = { suspended: 'Suspend', unsubscribed: 'Unsubscribe', reinstated: 'Reinstate', renewed: 'Renew', subscribed: 'Subscribe' };
const DONE = 'succeeded';
const UNDONE = ['failed', 'conflict'];

export const SETTINGS = z.strictObject({
  /** The publisher's tenant, and its application there, as in the technical configuration of the offer. */
  tenantId: z.guid().toLowerCase(),
  applicationId: z.guid().toLowerCase(),
  /** Actions that become tickets. */
  actions: z.array(z.string().regex(/^[A-Za-z]{1,64}$/, 'must be the name of an action, as Suspend')).max(100).default(ACTIONS),
});

/** A webhook, or an operation that was read, with its subscription beside it. */
export function mapOperation(payload: unknown, { receivedAt, settings }: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  const externalId = requiredText(payload, 'id', CHARS_MAX.name);
  const action = actionOf(requiredText(payload, 'action', CHARS_MAX.name));
  const subscriptionId = requiredText(payload, 'subscriptionId', CHARS_MAX.name);
  if (!SETTINGS.parse(settings).actions.some((wanted) => actionOf(wanted) === action)) return { ignored: true, reason: `The action '${action}' changes no ticket.` };
  const matter = entryOf(MATTERS, action);
  const status = textAt(payload, 'status', CHARS_MAX.status);
  const offerId = textFrom(payload, 'offerId');
  const name = textAt(payload, 'subscription.name', CHARS_MAX.name) ?? subscriptionId;
  const email = textAt(payload, 'subscription.beneficiary.emailId', CHARS_MAX.email);
  return {
    externalId,
    externalUrl: null,
    change: changeOf(matter, status),
    occurredAt: instantOf(textAt(payload, 'timeStamp', CHARS_MAX.name), receivedAt),
    fields: told<TicketFields>({
      subject: `The subscription '${name}' ${matter?.what ?? `has the action ${action}`}`,
      description: descriptionOf(payload, { action, subscriptionId, offerId }),
      status,
      area: matter?.area, areaBasis: matter === undefined ? undefined : 'source', severity: matter?.severity,
      requester: email === undefined ? undefined : requesterOf(null, email),
      offerId, subscriptionId,
      customerId: textFrom(payload, 'beneficiary.tenantId'),
      labels: labelsOf([action, ...(isSoldByPartner(payload) ? ['csp'] : []), ...(valueAt(payload, 'subscription.isTest') === true ? ['test'] : [])]),
    }),
    isThin: true,
  };
}

function actionOf(text: string): string {
  return entryOf(SPELLINGS, text.toLowerCase()) ?? ACTIONS.find((known) => known.toLowerCase() === text.toLowerCase()) ?? text;
}

/** Of what Microsoft asks for, the end is told as well; all else is over when it is told, and then somebody must act on it. */
function changeOf(matter: Matter | undefined, status: string | null | undefined): Change {
  const word = status?.toLowerCase() ?? '';
  if (matter?.isAsked !== true) return 'created';
  if (word === DONE) return 'closed';
  return UNDONE.includes(word) ? 'updated' : 'created';
}

/** A subscription says it too, and says it of itself where an operation does not. */
function textFrom(payload: unknown, path: string): string | undefined {
  return firstTextAt(payload, [path, `subscription.${path}`], CHARS_MAX.name) ?? undefined;
}

/** A CSP partner buys for its customer, who may then only look at what was bought. */
function isSoldByPartner(payload: unknown): boolean {
  const [buyer, user] = ['purchaser', 'beneficiary'].map((who) => textAt(payload, `subscription.${who}.tenantId`, CHARS_MAX.name));
  const allowed = valueAt(payload, 'subscription.allowedCustomerOperations');
  return typeof buyer === 'string' && typeof user === 'string' && buyer !== user && Array.isArray(allowed) && allowed.length === 1 && allowed[0] === 'Read';
}

function descriptionOf(payload: unknown, { action, subscriptionId, offerId }: { readonly action: string; readonly subscriptionId: string; readonly offerId: string | undefined }): string {
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['Action', action], ['Subscription', subscriptionId], ['Offer', offerId], ['Plan', textFrom(payload, 'planId')], ['Seats', textFrom(payload, 'quantity')],
    ['Bought by', textAt(payload, 'subscription.purchaser.emailId', CHARS_MAX.email)], ['Used by', textAt(payload, 'subscription.beneficiary.emailId', CHARS_MAX.email)], ['State', textAt(payload, 'subscription.saasSubscriptionStatus', CHARS_MAX.status)],
    ['Error', textAt(payload, 'errorMessage', CHARS_MAX.subject)],
  ];
  return lines.filter(([, value]) => typeof value === 'string').map(([word, value]) => `${word}: ${String(value)}`).join('\n');
}
