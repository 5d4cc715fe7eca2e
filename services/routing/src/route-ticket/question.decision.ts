import { type ExplainRequest, isWithin } from '@handoff/matrix';
import { attachedByPerson, isDetached } from '../attach/attachment.decision.js';
import { customerSoldBy } from '../directory/customer-partner.decision.js';
import { type Customer, type DirectoryKeys, type DirectorySlice, type HealthNotice, type Offer, type Partner, type SoldBy, type Subscription } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';

type OfferInput = NonNullable<ExplainRequest['offer']>;
type SubscriptionInput = NonNullable<ExplainRequest['subscription']>;
type PartnerInput = NonNullable<SubscriptionInput['partner']>;

/** What of the directory a ticket needs. */
export function keysOf(tickets: readonly TicketState[]): DirectoryKeys {
  const ids = (value: (ticket: TicketState) => string | null | undefined): string[] => [...new Set(tickets.map(value).filter((id) => typeof id === 'string'))];
  return {
    offerIds: [...new Set([...ids(({ offerId }) => offerId), ...ids(({ noticeWord }) => noticeWord?.offerId)])],
    customerIds: ids(({ customerId }) => customerId),
    subscriptionIds: ids(({ subscriptionId }) => subscriptionId),
    partnerIds: [...new Set([...ids(({ sourceParty }) => sourcePartnerId(sourceParty)), ...ids(({ reassigned }) => sourcePartnerId(reassigned?.to ?? null))])],
  };
}

/** When a ticket is judged: agreements by when it happened in its source, outages also by when we heard of it. */
export interface Times {
  readonly occurredAt: string;
  readonly receivedAt: string;
}

/** The question that a ticket puts to the matrix, with what the directory knows about it. */
export function questionOf(ticket: TicketState, directory: DirectorySlice, times: Times): ExplainRequest {
  const { offer, offerId, sale, customer } = subjectOf(ticket, directory, times.occurredAt);
  return {
    ticket: {
      area: ticket.area, severity: ticket.severity, asker: ticket.asker, language: ticket.language, at: times.occurredAt,
      cloud: ticket.cloud ?? customer?.cloud, country: ticket.country ?? customer?.country,
      source: { partyId: ticket.sourceParty?.split('/')[1] },
    },
    offer: offer === undefined ? null : offerInput(offer),
    subscription: sale,
    agreements: directory.agreements,
    preferences: {
      partnerFirst: [...directory.partners.values()].flatMap(partnerFirstScopes),
      contactOrder: directory.publishers.get(offer?.publisherId ?? '')?.contactOrder ?? contactOrderOf(sale, directory),
      uninformed: uninformedOf(ticket.area, directory),
    },
    openHealthNotices: noticesFor(ticket, offerId, directory, times).map(({ id, summary }) => ({ id, offerId, summary })),
  };
}

/** The outage that a person named, as if it were one of the ticket's own offer; else those of the offer that cover it. */
function noticesFor(ticket: TicketState, offerId: string | null, directory: DirectorySlice, times: Times): readonly HealthNotice[] {
  const named = attachedByPerson(ticket, directory, times.receivedAt);
  return named !== null ? [named] : directory.healthNotices.filter((notice) => notice.offerId === offerId && covers(notice, times) && !isDetached(ticket, notice));
}

interface Subject {
  readonly offerId: string | null;
  readonly offer: Offer | undefined;
  readonly customerId: string | null;
  readonly customer: Customer | undefined;
  readonly subscription: Subscription | null;
  readonly sale: SubscriptionInput | null;
}

/** What a ticket is about: the offer, the customer, and through whom it was sold. */
export function subjectOf(ticket: TicketState, directory: DirectorySlice, at: string = ticket.occurredAt): Subject {
  const subscription = subscriptionFor(ticket, directory);
  const offerId = ticket.offerId ?? subscription?.offerId ?? null;
  const customerId = ticket.customerId ?? subscription?.customerId ?? null;
  const customer = directory.customers.get(customerId ?? '');
  return { offerId, offer: directory.offers.get(offerId ?? ''), customerId, customer, subscription, sale: saleOf({ subscription, customerId, customer, ofCustomer: customer === undefined ? undefined : customerSoldBy(customer, { at, partnerId: sourcePartnerId(ticket.sourceParty) }), source: soldBySource(ticket, directory, at) }) };
}

function offerInput(offer: Offer): OfferInput {
  const { listing } = offer;
  return {
    id: offer.id, publisherId: offer.publisherId, ownership: offer.ownership, kind: offer.kind, clouds: offer.clouds ?? [],
    contacts: {
      customerSupport: { ...listing.supportContact, ...(listing.globalSupportWebsite === undefined ? {} : { url: listing.globalSupportWebsite }) },
      cspProgram: { ...listing.cloudSolutionProviderContact },
      engineering: { ...listing.engineeringContact },
    },
    governmentSupportUrl: listing.governmentSupportWebsite,
    documents: [
      ...(listing.generalLinks ?? []).map(({ displayText, link }) => ({ title: displayText, url: link, kind: 'documentation' })),
      ...(listing.cloudSolutionProviderMarketingMaterials === undefined ? [] : [{ title: 'Marketing material for CSP partners', url: listing.cloudSolutionProviderMarketingMaterials, kind: 'marketing' }]),
    ],
  };
}

interface Sale {
  readonly subscription: Subscription | null;
  readonly customer: Customer | undefined;
  readonly customerId: string | null;
  /** Through whom the customer buys what no subscription names. */
  readonly ofCustomer: SoldBy | undefined;
  /** Through whom the ticket reached us. */
  readonly source: PartnerInput | undefined;
}

/** Through whom it was sold: the subscription says it best, then the customer, then the system that told us. */
function saleOf({ subscription, customer, customerId, ofCustomer, source }: Sale): SubscriptionInput | null {
  const partner: PartnerInput | undefined = subscription?.soldBy ?? ofCustomer ?? source;
  if (subscription === null && partner === undefined) return null;
  return {
    channel: subscription?.channel, supportContact: subscription?.supportContact, customerId, supportPlan: customer?.supportPlan,
    customerResellerId: ofCustomer?.model === 'indirect' ? ofCustomer.resellerId : null,
    partner: subscription?.channel === 'customer-direct' ? (subscription.soldBy ?? null) : partner,
  };
}

/** A source's clock or a late delivery must not hide an outage that is open now. */
function covers({ startedAt, endedAt }: HealthNotice, { occurredAt, receivedAt }: Times): boolean {
  return [occurredAt, receivedAt].some((at) => Date.parse(startedAt) <= Date.parse(at) && (endedAt === null || Date.parse(at) < Date.parse(endedAt)));
}

/**
 * The subscription that a ticket is about: the one it names, else the customer's for that offer. A customer may have several
 * partners at once, so among several the one sold through the partner whose system it came from wins; otherwise it stays open.
 */
function subscriptionFor(ticket: TicketState, directory: DirectorySlice): Subscription | null {
  const named = ticket.subscriptionId == null ? undefined : directory.subscriptions.get(ticket.subscriptionId);
  if (named !== undefined) return named;
  const candidates = [...directory.subscriptions.values()].filter(({ customerId, offerId }) => customerId === ticket.customerId && offerId === ticket.offerId);
  const partnerId = sourcePartnerId(ticket.sourceParty);
  const ofSource = candidates.filter(({ soldBy }) => partnerId !== null && soldBy !== undefined && sells(soldBy, partnerId));
  const [only, ...others] = ofSource.length > 0 ? ofSource : candidates;
  return only !== undefined && others.length === 0 ? only : null;
}

/** A customer that the directory does not know is taken to be one of the partner whose system told us of it. */
function soldBySource(ticket: TicketState, directory: DirectorySlice, at: string): PartnerInput | undefined {
  const partner = directory.partners.get(sourcePartnerId(ticket.sourceParty) ?? '');
  switch (partner?.model) {
    case undefined: return undefined;
    case 'direct-bill-partner': return { model: 'direct-bill', partnerId: partner.id };
    case 'indirect-provider': return { model: 'indirect', providerId: partner.id };
    case 'indirect-reseller': return { model: 'indirect', providerId: onlyProviderOf(partner, at), resellerId: partner.id };
  }
}

/** The provider that a reseller buys through at that time; with several, only a subscription can tell which. */
function onlyProviderOf({ providers = [] }: Partner, at: string): string | undefined {
  const inForce = new Set(providers.filter(({ from, to }) => isWithin(at, { from: from ?? BEGINNING, to: to ?? null })).map(({ providerId }) => providerId));
  return inForce.size === 1 ? [...inForce][0] : undefined;
}

const BEGINNING = '0001-01-01';

/** The order of contacts that the partners of a sale prefer, the one nearest to the customer first. */
function contactOrderOf(sale: SubscriptionInput | null, { partners }: DirectorySlice): Partner['contactOrder'] {
  const nearestFirst = [sale?.partner?.partnerId, sale?.partner?.resellerId, sale?.partner?.providerId];
  return nearestFirst.map((id) => partners.get(id ?? '')?.contactOrder).find((order) => order !== undefined);
}

/** The partners that do not want to be told of an area when others handle it. */
function uninformedOf(area: TicketState['area'], { partners }: DirectorySlice): readonly string[] {
  if (area == null) return [];
  return [...partners.values()].filter(({ informed }) => informed?.includes(area) === false).map(({ id }) => id);
}

/** The partner whose system a ticket came from. */
export function sourcePartnerId(sourceParty: string | null): string | null {
  return sourceParty?.startsWith('partner/') === true ? sourceParty.slice('partner/'.length) : null;
}

function sells(soldBy: SoldBy, partnerId: string): boolean {
  return soldBy.model === 'direct-bill' ? soldBy.partnerId === partnerId : soldBy.providerId === partnerId || soldBy.resellerId === partnerId;
}

function partnerFirstScopes(partner: Partner): { partnerId: string; publisherId?: string | null; offerId?: string | null }[] {
  return (partner.partnerFirst ?? []).map((scope) => ({ partnerId: partner.id, ...scope }));
}
