import type { ExplainRequest } from '@handoff/matrix';
import type { DirectoryKeys, DirectorySlice } from '../directory/directory.js';
import { offerInput, questionOf } from '../route-ticket/question.decision.js';
import type { ExplainBody } from './explain.request.js';

interface References {
  readonly offerId: string | null;
  readonly subscriptionId: string | null;
  readonly customerId: string | null;
}

/** Ids that the question takes from the directory; what it gives inline is not looked up. */
function referencesOf(body: ExplainBody): References {
  const inlineCustomer = typeof body.subscription === 'object' ? body.subscription?.customerId : undefined;
  return {
    offerId: typeof body.offer === 'string' ? body.offer : (body.offerId ?? null),
    subscriptionId: typeof body.subscription === 'string' ? body.subscription : (body.subscriptionId ?? null),
    customerId: body.customerId ?? body.ticket.customerId ?? (body.subscription == null ? inlineCustomer ?? null : null),
  };
}

export function keysOfQuestion(body: ExplainBody): DirectoryKeys {
  const { offerId, subscriptionId, customerId } = referencesOf(body);
  const list = (id: string | null): string[] => (id === null ? [] : [id]);
  return { offerIds: list(offerId), subscriptionIds: list(subscriptionId), customerIds: list(customerId), partnerIds: [] };
}

/** Ids that the directory does not have: a question about them would be answered about nobody. */
export function unknownIds(body: ExplainBody, directory: DirectorySlice): { field: string; detail: string }[] {
  const { offerId, subscriptionId, customerId } = referencesOf(body);
  const check = (field: string, id: string | null, known: ReadonlyMap<string, unknown>): { field: string; detail: string }[] =>
    id === null || known.has(id) ? [] : [{ field, detail: `The directory has no ${field.slice(1)} '${id}'. Give it inline as an object, or leave it out.` }];
  return [...check('/offer', offerId, directory.offers), ...check('/subscription', subscriptionId, directory.subscriptions), ...check('/customer', customerId, directory.customers)];
}

/** The whole question: what the directory knows about the ids, overridden by what is given inline. */
export function questionFrom(body: ExplainBody, directory: DirectorySlice, now: string): ExplainRequest {
  const { offerId, subscriptionId, customerId } = referencesOf(body);
  const at = body.ticket.at ?? now;
  const known = questionOf({ ...EMPTY, offerId, subscriptionId, customerId }, directory, { occurredAt: at, receivedAt: at });
  const { customerId: _customerId, ...ticket } = body.ticket;
  return {
    ticket: { ...known.ticket, ...withoutEmpty(ticket), area: ticket.area },
    offer: typeof body.offer === 'object' && body.offer !== null ? inlineOffer(body.offer) : known.offer,
    subscription: typeof body.subscription === 'object' && body.subscription !== null ? { ...known.subscription, ...body.subscription } : known.subscription,
    agreements: body.agreements ?? known.agreements,
    preferences: body.preferences ?? known.preferences,
    openHealthNotices: body.openHealthNotices ?? known.openHealthNotices,
  };
}

const EMPTY = { ticketId: '', source: '', sourceParty: null, externalId: '', externalUrl: null, isClosed: false, occurredAt: '' } as const;

function inlineOffer({ name: _name, ...offer }: ReturnType<typeof offerInput> & { name?: string | null | undefined }): NonNullable<ExplainRequest['offer']> {
  return offer;
}

function withoutEmpty<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null && field !== undefined)) as T;
}
