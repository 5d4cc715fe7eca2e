import type { ExplainRequest } from '@handoff/matrix';
import type { DirectoryKeys, DirectorySlice, HealthNotice, Offer, Partner, SoldBy, Subscription } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';

type OfferInput = NonNullable<ExplainRequest['offer']>;
type SubscriptionInput = NonNullable<ExplainRequest['subscription']>;
type PartnerInput = NonNullable<SubscriptionInput['partner']>;

/** What of the directory a ticket needs. */
export function keysOf(tickets: readonly TicketState[]): DirectoryKeys {
  const ids = (value: (ticket: TicketState) => string | null | undefined): string[] => [...new Set(tickets.map(value).filter((id) => typeof id === 'string'))];
  return {
    offerIds: ids(({ offerId }) => offerId),
    customerIds: ids(({ customerId }) => customerId),
    subscriptionIds: ids(({ subscriptionId }) => subscriptionId),
    partnerIds: ids(({ sourceParty }) => sourcePartnerId(sourceParty)),
  };
}

/** When a ticket is judged: agreements by when it happened in its source, outages also by when we heard of it. */
export interface Times {
  readonly occurredAt: string;
  readonly receivedAt: string;
}

/** The question that a ticket puts to the matrix, with what the directory knows about it. */
export function questionOf(ticket: TicketState, directory: DirectorySlice, times: Times): ExplainRequest {
  const subscription = subscriptionFor(ticket, directory);
  const customerId = ticket.customerId ?? subscription?.customerId;
  const customer = customerId === undefined ? undefined : directory.customers.get(customerId);
  const offerId = ticket.offerId ?? subscription?.offerId ?? null;
  const offer = offerId === null ? undefined : directory.offers.get(offerId);
  const soldBy = subscription?.soldBy ?? customer?.soldBy ?? soldBySource(ticket, directory);
  return {
    ticket: {
      area: ticket.area, severity: ticket.severity, asker: ticket.asker, at: times.occurredAt,
      cloud: ticket.cloud ?? customer?.cloud, country: ticket.country ?? customer?.country, language: ticket.language,
      source: { partyId: ticket.sourceParty?.split('/')[1] ?? null },
    },
    offer: offer === undefined ? null : offerInput(offer),
    subscription: subscription === null && soldBy === undefined ? null : subscriptionInput({ subscription, soldBy, customerResellerId: customer?.soldBy?.model === 'indirect' ? customer.soldBy.resellerId : undefined, customerId, supportPlan: customer?.supportPlan }),
    agreements: directory.agreements,
    preferences: { partnerFirst: [...directory.partners.values()].flatMap(partnerFirstScopes) },
    openHealthNotices: directory.healthNotices.filter((notice) => notice.offerId === offerId && covers(notice, times)).map(({ id, summary }) => ({ id, offerId, summary })),
  };
}

export function offerInput(offer: Offer): OfferInput {
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
  readonly soldBy: PartnerInput | undefined;
  readonly customerResellerId: string | undefined;
  readonly customerId: string | undefined;
  readonly supportPlan: string | undefined;
}

export function subscriptionInput({ subscription, soldBy, customerResellerId, customerId, supportPlan }: Sale): SubscriptionInput {
  return {
    channel: subscription?.channel, customerId, customerResellerId, supportPlan, supportContact: subscription?.supportContact,
    partner: soldBy === undefined ? null : { ...soldBy },
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
export function subscriptionFor(ticket: TicketState, directory: DirectorySlice): Subscription | null {
  const named = ticket.subscriptionId == null ? undefined : directory.subscriptions.get(ticket.subscriptionId);
  if (named !== undefined) return named;
  const candidates = [...directory.subscriptions.values()].filter(({ customerId, offerId }) => customerId === ticket.customerId && offerId === ticket.offerId);
  const partnerId = sourcePartnerId(ticket.sourceParty);
  const ofSource = candidates.filter(({ soldBy }) => partnerId !== null && soldBy !== undefined && sells(soldBy, partnerId));
  const [only, ...others] = ofSource.length > 0 ? ofSource : candidates;
  return only !== undefined && others.length === 0 ? only : null;
}

/** A customer that the directory does not know is taken to be one of the partner whose system told us of it. */
function soldBySource(ticket: TicketState, directory: DirectorySlice): PartnerInput | undefined {
  const partner = directory.partners.get(sourcePartnerId(ticket.sourceParty) ?? '');
  switch (partner?.model) {
    case undefined: return undefined;
    case 'direct-bill-partner': return { model: 'direct-bill', partnerId: partner.id };
    case 'indirect-provider': return { model: 'indirect', providerId: partner.id };
    case 'indirect-reseller': return { model: 'indirect', resellerId: partner.id };
  }
}

function sourcePartnerId(sourceParty: string | null): string | null {
  return sourceParty?.startsWith('partner/') === true ? sourceParty.slice('partner/'.length) : null;
}

function sells(soldBy: SoldBy, partnerId: string): boolean {
  return soldBy.model === 'direct-bill' ? soldBy.partnerId === partnerId : soldBy.providerId === partnerId || soldBy.resellerId === partnerId;
}

function partnerFirstScopes(partner: Partner): { partnerId: string; publisherId?: string | null; offerId?: string | null }[] {
  return (partner.partnerFirst ?? []).map((scope) => ({ partnerId: partner.id, ...scope }));
}
