import type { ExplainRequest } from '@handoff/matrix';
import type { DirectoryKeys, DirectorySlice } from '../directory/directory.js';
import { questionOf } from '../route-ticket/question.decision.js';
import type { ExplainBody } from './explain.request.js';

type Inline<K extends 'offer' | 'subscription'> = Exclude<ExplainBody[K], string | null | undefined>;

/** How a question names a thing: by its id in the directory, by saying all about it, or not at all. */
type Named<T> = { readonly id: string; readonly object: T | null } | { readonly id: null; readonly object: T | null };

/** An object that says nothing but its id asks for what the directory knows of it. */
function named<T extends { readonly id?: string | null | undefined }>(value: string | T | null | undefined, id: string | null | undefined): Named<T> {
  if (typeof value === 'string') return { id: value, object: null };
  if (value === null || value === undefined) return { id: id ?? null, object: null };
  const { id: own, ...rest } = value;
  return { id: isEmpty(rest) ? (own ?? null) : null, object: value };
}

interface References {
  readonly offer: Named<Inline<'offer'>>;
  readonly subscription: Named<Inline<'subscription'>>;
  readonly customerId: string | null;
}

function referencesOf(body: ExplainBody): References {
  return {
    offer: named(body.offer, body.offerId),
    subscription: named(body.subscription, body.subscriptionId),
    customerId: body.customerId ?? body.ticket.customerId ?? null,
  };
}

export function keysOfQuestion(body: ExplainBody): DirectoryKeys {
  const { offer, subscription, customerId } = referencesOf(body);
  const list = (id: string | null): string[] => (id === null ? [] : [id]);
  return { offerIds: list(offer.id), subscriptionIds: list(subscription.id), customerIds: list(customerId), partnerIds: [] };
}

/** Ids that the directory does not have: a question about them would be answered about nobody. */
export function unknownIds(body: ExplainBody, directory: DirectorySlice): { field: string; detail: string }[] {
  const { offer, subscription, customerId } = referencesOf(body);
  const unknown = (name: string, id: string | null, known: ReadonlyMap<string, unknown>): { field: string; detail: string }[] =>
    id === null || known.has(id) ? [] : [{ field: `/${name}`, detail: `The directory has no ${name} '${id}'. Give it inline as an object, or leave it out.` }];
  return [
    ...(offer.object === null ? unknown('offer', offer.id, directory.offers) : []),
    ...(subscription.object === null ? unknown('subscription', subscription.id, directory.subscriptions) : []),
    ...unknown('customer', customerId, directory.customers),
  ];
}

/** The whole question: what the directory knows about the ids; what is given inline stands in its place. */
export function questionFrom(body: ExplainBody, directory: DirectorySlice, now: string): ExplainRequest {
  const { offer, subscription, customerId } = referencesOf(body);
  const at = body.ticket.at ?? now;
  const known = questionOf({ ...NO_TICKET, offerId: offer.id, subscriptionId: subscription.id, customerId }, directory, { occurredAt: at, receivedAt: at });
  const { customerId: _customerId, ...ticket } = body.ticket;
  return {
    ticket: { ...known.ticket, ...told(ticket), area: ticket.area },
    offer: offer.id !== null && known.offer != null ? known.offer : (offer.object ?? known.offer),
    subscription: subscription.object === null ? known.subscription : { ...known.subscription, ...told(subscription.object) },
    agreements: body.agreements ?? known.agreements,
    preferences: body.preferences ?? known.preferences,
    openHealthNotices: body.openHealthNotices ?? known.openHealthNotices,
  };
}

const NO_TICKET = { ticketId: '', source: '', sourceParty: null, externalId: '', externalUrl: null, isClosed: false, occurredAt: '' } as const;

function isEmpty(value: object): boolean {
  return Object.keys(told(value)).length === 0;
}

function told<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null && field !== undefined)) as T;
}
