import type { Area, Channel, Cloud, ContactKind, ExplainRequest, OfferKind, Ownership, PartnerFirstScope, Severity, SupportContact } from '@handoff/matrix';
import type { AcknowledgementMode } from '../acknowledge/response.js';
import type { Calendar } from './calendar.decision.js';

/** Who is who: what routing knows about publishers, offers, partners, customers and subscriptions. */

export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
  /** BCP 47: in which language it is written to. */
  readonly language?: string;
}

export interface Publisher {
  readonly id: string;
  readonly name: string;
  /** Reached for what is no matter of one offer, as a payout. */
  readonly contact?: Contact;
  /** BCP 47: of its contacts that have no language of their own. */
  readonly language?: string;
  /** Which contact of its offers is tried first. It outranks a partner's order, for the contacts are its own. */
  readonly contactOrder?: readonly ContactKind[];
  /** Of several who are asked at once: whether the first to acknowledge is enough (the default), or all must. */
  readonly acknowledgement?: AcknowledgementMode;
}

/** How soon a ticket of a severity is to be answered. */
export interface ResponseTarget {
  readonly severity: Severity;
  readonly minutes: number;
  /** The calendar whose hours count; without one, every minute counts. */
  readonly calendarId?: string;
}

/**
 * The part of an offer's marketplace listing that routing uses, with the field names of the
 * listing resource of Microsoft's Product Ingestion API.
 */
export interface Listing {
  readonly supportContact?: Contact;
  readonly engineeringContact?: Contact;
  readonly cloudSolutionProviderContact?: Contact;
  readonly globalSupportWebsite?: string;
  readonly governmentSupportWebsite?: string;
  readonly generalLinks?: readonly { readonly displayText: string; readonly link: string }[];
  readonly cloudSolutionProviderMarketingMaterials?: string;
}

export interface Offer {
  readonly id: string;
  readonly publisherId: string;
  readonly name: string;
  readonly ownership: Ownership;
  readonly kind: OfferKind;
  readonly clouds?: readonly Cloud[];
  readonly plans?: readonly { readonly id: string; readonly name: string; readonly responseTargets?: readonly ResponseTarget[] }[];
  readonly listing: Listing;
  /** By the publisher's agreement with its customers; Microsoft sets none for products of others. */
  readonly responseTargets?: readonly ResponseTarget[];
}

export const PARTNER_MODELS = ['direct-bill-partner', 'indirect-provider', 'indirect-reseller'] as const;

export type PartnerKind = (typeof PARTNER_MODELS)[number];

/** That a reseller buys through a provider, in one CSP region and for a period. */
export interface ProviderLink {
  readonly providerId: string;
  readonly region?: string;
  /** A date or an RFC 3339 instant, inclusive. */
  readonly from?: string;
  /** Exclusive. */
  readonly to?: string | null;
}

export interface Partner {
  /** PartnerID of the location that sells. */
  readonly id: string;
  readonly name: string;
  readonly model: PartnerKind;
  /** The one PartnerID of the whole company. */
  readonly globalId?: string;
  /** As a publisher has it. */
  readonly language?: string;
  /** PartnerIDs of its other locations. */
  readonly locationIds?: readonly string[];
  /** Where it has another model than `model`, by CSP region. */
  readonly modelByRegion?: Readonly<Record<string, PartnerKind>>;
  /** As a reseller: the providers that it buys through. */
  readonly providers?: readonly ProviderLink[];
  readonly supportCalendarId?: string;
  readonly responseTargets?: readonly ResponseTarget[];
  /** As a publisher has it. */
  readonly acknowledgement?: AcknowledgementMode;
  /** Contact kinds of an offer in the order in which this partner wants them tried. */
  readonly contactOrder?: readonly ContactKind[];
  /** The areas in which it wants to be told of what others handle; left out: all. */
  readonly informed?: readonly Area[];
  /** `default` and, where another person is meant, one by area. */
  readonly contacts: Readonly<Record<string, Contact>>;
  /** For which products it takes technical questions first; a scope without conditions means all. */
  readonly partnerFirst?: readonly Partial<Omit<PartnerFirstScope, 'partnerId'>>[];
}

/** Through whom a customer or a subscription is sold. */
export type SoldBy =
  | { readonly model: 'direct-bill'; readonly partnerId: string }
  | { readonly model: 'indirect'; readonly providerId: string; readonly resellerId?: string };

/** One of the partners of a customer, which may buy from several at once. */
export interface Relationship {
  readonly soldBy: SoldBy;
  readonly region?: string;
  readonly from?: string;
  readonly to?: string | null;
}

export interface Customer {
  /** Tenant id, or the name that tickets use for the customer. */
  readonly id: string;
  readonly name: string;
  readonly country?: string;
  readonly cloud?: Cloud;
  /** The partner that sells what nothing else says. */
  readonly soldBy?: SoldBy;
  /** Further partners. */
  readonly relationships?: readonly Relationship[];
  readonly supportPlan?: string;
}

export interface Subscription {
  readonly id: string;
  readonly customerId: string;
  readonly offerId: string;
  readonly channel: Channel;
  readonly name?: string;
  readonly planId?: string;
  /** Its `resellerId` is the reseller of record. */
  readonly soldBy?: SoldBy;
  /** The designated support contact. */
  readonly supportContact?: SupportContact;
}

export type StoredAgreement = NonNullable<ExplainRequest['agreements']>[number] & { readonly id: string; readonly name?: string; readonly region?: string };

/** What a directory file holds, and what a load writes. */
export interface DirectoryContent {
  readonly publishers: readonly Publisher[];
  readonly offers: readonly Offer[];
  readonly partners: readonly Partner[];
  readonly customers: readonly Customer[];
  readonly subscriptions: readonly Subscription[];
  readonly agreements: readonly StoredAgreement[];
  /** Files that were written before there were calendars have none. */
  readonly calendars?: readonly Calendar[];
}

/** An outage that a publisher reported. */
export interface HealthNotice {
  readonly id: string;
  readonly offerId: string;
  readonly summary: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** What tickets refer to. */
export interface DirectoryKeys {
  readonly offerIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly subscriptionIds: readonly string[];
  readonly partnerIds: readonly string[];
}

/** The part of the directory that some tickets need, by id. */
export interface DirectorySlice {
  readonly publishers: ReadonlyMap<string, Publisher>;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly partners: ReadonlyMap<string, Partner>;
  readonly customers: ReadonlyMap<string, Customer>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly agreements: readonly StoredAgreement[];
  /** Those that the response targets and the support hours of these offers and partners name. */
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly healthNotices: readonly HealthNotice[];
}

/** The partners that a sale involves. */
export function partnerIdsOf(soldBy: SoldBy | undefined): string[] {
  if (soldBy === undefined) return [];
  return soldBy.model === 'direct-bill' ? [soldBy.partnerId] : [soldBy.providerId, ...(soldBy.resellerId === undefined ? [] : [soldBy.resellerId])];
}

/** All partners that sell to a customer. */
export function partnerIdsOfCustomer({ soldBy, relationships = [] }: Customer): string[] {
  return [soldBy, ...relationships.map((relationship) => relationship.soldBy)].flatMap(partnerIdsOf);
}

/** The calendars that offers and partners name. */
export function calendarIdsOf(offers: Iterable<Offer>, partners: Iterable<Partner>): string[] {
  const targets = [...offers].flatMap(({ responseTargets = [], plans = [] }) => [...responseTargets, ...plans.flatMap((plan) => plan.responseTargets ?? [])]);
  const ids = [...partners].flatMap(({ supportCalendarId, responseTargets = [] }) => {
    targets.push(...responseTargets);
    return supportCalendarId === undefined ? [] : [supportCalendarId];
  });
  return [...new Set([...ids, ...targets.flatMap(({ calendarId }) => (calendarId === undefined ? [] : [calendarId]))])];
}

/** The providers that resellers buy through. */
export function providerIdsOf(partners: Iterable<Partner>): string[] {
  return [...partners].flatMap(({ providers = [] }) => providers.map(({ providerId }) => providerId));
}
