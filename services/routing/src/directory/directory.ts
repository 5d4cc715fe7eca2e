import type { Channel, Cloud, ExplainRequest, OfferKind, Ownership, PartnerFirstScope, SupportContact } from '@handoff/matrix';

/** Who is who: what routing knows about publishers, offers, partners, customers and subscriptions. */

export interface Contact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
}

export interface Publisher {
  readonly id: string;
  readonly name: string;
  /** Reached for what is no matter of one offer, as a payout. */
  readonly contact?: Contact;
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
  readonly listing: Listing;
}

export const PARTNER_MODELS = ['direct-bill-partner', 'indirect-provider', 'indirect-reseller'] as const;

export interface Partner {
  /** PartnerID of the location that sells. */
  readonly id: string;
  readonly name: string;
  readonly model: (typeof PARTNER_MODELS)[number];
  /** `default` and, where another person is meant, one by area. */
  readonly contacts: Readonly<Record<string, Contact>>;
  /** For which products it takes technical questions first; a scope without conditions means all. */
  readonly partnerFirst?: readonly Partial<Omit<PartnerFirstScope, 'partnerId'>>[];
}

/** Through whom a customer or a subscription is sold. */
export type SoldBy =
  | { readonly model: 'direct-bill'; readonly partnerId: string }
  | { readonly model: 'indirect'; readonly providerId: string; readonly resellerId?: string };

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly country?: string;
  readonly cloud?: Cloud;
  readonly soldBy?: SoldBy;
  readonly supportPlan?: string;
}

export interface Subscription {
  readonly id: string;
  readonly customerId: string;
  readonly offerId: string;
  readonly channel: Channel;
  readonly soldBy?: SoldBy;
  readonly supportContact?: SupportContact;
}

export type StoredAgreement = NonNullable<ExplainRequest['agreements']>[number] & { readonly id: string };

/** What a directory file holds, and what a load writes. */
export interface DirectoryContent {
  readonly publishers: readonly Publisher[];
  readonly offers: readonly Offer[];
  readonly partners: readonly Partner[];
  readonly customers: readonly Customer[];
  readonly subscriptions: readonly Subscription[];
  readonly agreements: readonly StoredAgreement[];
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
  readonly healthNotices: readonly HealthNotice[];
}

/** The partners that a sale involves. */
export function partnerIdsOf(soldBy: SoldBy | undefined): string[] {
  if (soldBy === undefined) return [];
  return soldBy.model === 'direct-bill' ? [soldBy.partnerId] : [soldBy.providerId, ...(soldBy.resellerId === undefined ? [] : [soldBy.resellerId])];
}
