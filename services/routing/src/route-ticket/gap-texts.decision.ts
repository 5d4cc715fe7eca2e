import type { TicketState } from '../tickets/ticket.js';

/** Every kind of gap. The codes are stable: programs read them. */
export const GAP_CODES = [
  'offer-unknown', 'offer-not-named', 'offer-without-contact', 'customer-unknown', 'subscription-unknown', 'subscription-of-another-customer',
  'subscription-of-another-partner', 'customer-of-another-partner', 'publisher-unknown', 'partner-unknown', 'partner-without-contact', 'partner-not-named', 'provider-unknown',
  'sale-not-named', 'cloud-not-served', 'not-classified', 'nobody-named',
] as const;
export type GapCode = (typeof GAP_CODES)[number];

export interface GapNames {
  readonly key: string;
  readonly other: string;
  readonly ticket: TicketState;
}

interface GapText {
  readonly reason: string;
  readonly remedy: string;
}

const ID_CHARS_MAX = 256;
const AGAIN = 'The ticket is then routed again by itself.';

/** What is wrong and what to do, for whoever looks after the directory. */
export function gapText(code: GapCode, names: GapNames): GapText {
  const [key, other, source] = [names.key, names.other, names.ticket.source].map((id) => id.slice(0, ID_CHARS_MAX)) as [string, string, string];
  return TEXTS[code]({ key, other, source, ticketId: names.ticket.ticketId });
}

interface Names {
  readonly key: string;
  readonly other: string;
  readonly source: string;
  readonly ticketId: string;
}

const TEXTS: Readonly<Record<GapCode, (names: Names) => GapText>> = {
  'offer-unknown': ({ key, source }) => ({
    reason: `The ticket is about the offer '${key}', which the directory does not have.`,
    remedy: `Enter the offer '${key}' with its publisher and contacts (PUT /v1/offers/${path(key)}, or an import of offers). ${AGAIN} If the id is wrong, correct it in the ticket or in the mapping of the source ${source}.`,
  }),
  'offer-not-named': ({ source }) => ({
    reason: 'Its publisher must act, and the ticket names no offer.',
    remedy: `Name the offer in the ticket, or set offerId in the mapping of the source ${source}. The next event of the ticket brings it.`,
  }),
  'offer-without-contact': ({ key }) => ({
    reason: `The offer '${key}' lists no contact that this ticket may be sent to.`,
    remedy: `Enter a support contact in the listing of the offer '${key}' (PUT /v1/offers/${path(key)}, or an import of offers). ${AGAIN}`,
  }),
  'customer-unknown': ({ key, source }) => ({
    reason: `The ticket is of the customer '${key}', which the directory does not have.`,
    remedy: `Enter the customer '${key}' and through whom it buys (PUT /v1/customers/${path(key)}, or an import of customers). ${AGAIN} If the id is wrong, correct it in the ticket or in the mapping of the source ${source}.`,
  }),
  'subscription-unknown': ({ key, source }) => ({
    reason: `The ticket is about the subscription '${key}', which the directory does not have.`,
    remedy: `Enter the subscription '${key}' with its customer, offer and partner (PUT /v1/subscriptions/${path(key)}, or an import of subscriptions). ${AGAIN} If the id is wrong, correct it in the ticket or in the mapping of the source ${source}.`,
  }),
  'subscription-of-another-customer': ({ key, other, source }) => ({
    reason: `The ticket is of the customer '${other}', and the subscription '${key}' belongs to another: it was not followed.`,
    remedy: `Find out which of the two is right. Correct the customer of the subscription '${key}' in the directory (PUT /v1/subscriptions/${path(key)}), and the ticket is routed again by itself; or correct the ticket, or the mapping of the source ${source}.`,
  }),
  'subscription-of-another-partner': ({ key, other, source }) => ({
    reason: `The ticket came from the system of the partner ${other}, and the subscription '${key}' was sold by another: it was not followed, because that would show the ticket to a partner that it may not concern.`,
    remedy: `Find out who sold it. Correct the partner of the subscription '${key}' in the directory (PUT /v1/subscriptions/${path(key)}), and the ticket is routed again by itself; or name the right subscription in the ticket, or in the mapping of the source ${source}.`,
  }),
  'customer-of-another-partner': ({ key, other, source }) => ({
    reason: `The ticket came from the system of the partner ${other}, and the customer '${key}' buys from others: it was not followed, because that would show the ticket to a partner that it may not concern.`,
    remedy: `Find out who sold it. If the customer buys from the partner ${other} too, enter that in relationships of the customer '${key}' (PUT /v1/customers/${path(key)}), and the ticket is routed again by itself; or correct the customer in the ticket, or in the mapping of the source ${source}.`,
  }),
  'publisher-unknown': ({ key, other }) => ({
    reason: `The publisher '${key}' of the offer '${other}' is not in the directory.`,
    remedy: `Enter the publisher '${key}' with its name and contact (PUT /v1/publishers/${path(key)}). ${AGAIN}`,
  }),
  'partner-unknown': ({ key }) => ({
    reason: `The partner ${key} takes part, and the directory does not have it.`,
    remedy: `Enter the partner ${key} with its model and a default contact (PUT /v1/partners/${path(key)}). ${AGAIN}`,
  }),
  'partner-without-contact': ({ key }) => ({
    reason: `The partner ${key} takes part, and the directory has no contact for it.`,
    remedy: `Enter a default contact of the partner ${key} (PUT /v1/partners/${path(key)}). ${AGAIN} Without one it hears only by a channel that the notifier has for partner/${key}.`,
  }),
  'partner-not-named': ({ key }) => ({
    reason: `A CSP partner must act, and neither subscription nor customer says which: '${key}' names none.`,
    remedy: `Enter through whom '${key}' was sold: soldBy of its customer or of its subscription (PUT /v1/customers/… or /v1/subscriptions/…, or an import). ${AGAIN}`,
  }),
  'provider-unknown': ({ key, other }) => ({
    reason: `The ticket came through the reseller ${key}, and nothing says which indirect provider it buys from${other === '' ? '' : ` for the customer '${other}'`}.`,
    remedy: `Enter ${other === '' ? 'the customer or the subscription' : `the customer '${other}' or its subscription`} with soldBy, which names the provider beside the reseller ${key} (PUT /v1/customers/… or /v1/subscriptions/…, or an import); or, where it always buys from one, enter that in providers of the partner ${key} (PUT /v1/partners/…). ${AGAIN}`,
  }),
  'sale-not-named': ({ source }) => ({
    reason: 'A CSP partner must act, and the ticket names neither customer nor subscription that would say which.',
    remedy: `Name the customer or the subscription in the ticket, or set customerId in the mapping of the source ${source}; or give the source the partner that owns it (sourceParty). The next event of the ticket brings it.`,
  }),
  'cloud-not-served': () => ({
    reason: 'The ticket is about the cloud in China, where no marketplace offer is sold through CSP.',
    remedy: "There is nothing to enter. The asker turns to support in the partner's own portal for that cloud, which 21Vianet operates. If the cloud is wrong, correct it in the ticket.",
  }),
  'not-classified': ({ ticketId }) => ({
    reason: 'Nobody has said what the ticket is about.',
    remedy: `Read the ticket and say its area (POST /v1/tickets/${ticketId}/classify). It is then routed again at once.`,
  }),
  'nobody-named': () => ({
    reason: 'The rules name nobody for this ticket.',
    remedy: 'Read the reasons of the decision. Correct what the ticket says, or give the matrix a line for such tickets.',
  }),
};

function path(id: string): string {
  return encodeURIComponent(id);
}
