import type { AgreementIndex } from './agreement-index.js';
import type {
  Area,
  Asker,
  Assignee,
  Channel,
  Cloud,
  ContactField,
  ContactKind,
  OfferKind,
  Ownership,
  Severity,
  SupportContact,
} from './vocabulary.js';

/** Everything a decision rests on. Complete: what was not told is `null`, never left out. */
export interface Facts {
  readonly ticket: TicketFacts;
  readonly offer: OfferFacts | null;
  readonly subscription: SubscriptionFacts | null;
  readonly agreements: readonly Agreement[];
  /** More agreements, looked up by pair: for a caller that has many. Those of both count. */
  readonly agreementIndex?: AgreementIndex | null;
  readonly partnerFirst: readonly PartnerFirstScope[];
  readonly openHealthNotices: readonly HealthNotice[];
  /** What partner and publisher prefer, within what the rules leave open. Left out: nothing. */
  readonly preferences?: Preferences;
}

export interface Preferences {
  /** Which of the publisher's contacts comes first, of those that may be chosen at all. */
  readonly contactOrder: readonly ContactKind[];
  /** Parties that do not want to be told of what others handle. */
  readonly uninformed: readonly string[];
}

export interface TicketFacts {
  /** `null`: not classified yet. */
  readonly area: Area | null;
  readonly severity: Severity | null;
  readonly asker: Asker;
  /** RFC 3339 instant at which the ticket is judged. */
  readonly at: string;
  readonly cloud: Cloud;
  readonly country: string | null;
  readonly language: string | null;
  /** The party that owns the ticketing system the ticket came from; `microsoft` for Microsoft's. */
  readonly sourcePartyId: string | null;
}

export interface OfferFacts {
  readonly id: string | null;
  readonly publisherId: string | null;
  readonly ownership: Ownership;
  readonly kind: OfferKind | null;
  /** `null`: nobody told which contacts the offer lists. An offer that lists none has three empty ones. */
  readonly contacts: OfferContacts | null;
  readonly governmentSupportUrl: string | null;
  readonly documents: readonly OfferDocument[];
  /** The clouds it is offered in; empty: not told. */
  readonly clouds: readonly Cloud[];
}

export type OfferContacts = Readonly<Record<ContactKind, ContactDetails>>;
export type ContactDetails = Readonly<Record<ContactField, string | null>>;
export type OfferDocument = Readonly<{ title: string; url: string; kind: string | null }>;

export interface SubscriptionFacts {
  readonly channel: Channel;
  readonly partner: SubscriptionPartner | null;
  /** The reseller associated with the customer: used where the subscription names no reseller of record. */
  readonly customerResellerId: string | null;
  readonly supportContact: SupportContact | null;
  readonly customerId: string | null;
  readonly supportPlan: string | null;
}

export type SubscriptionPartner =
  | Readonly<{ model: 'direct-bill'; partnerId: string | null }>
  | Readonly<{ model: 'indirect'; providerId: string | null; resellerId: string | null }>;

/** How one provider and one reseller split the work for a period. */
export interface Agreement {
  readonly id: string | null;
  readonly providerId: string;
  readonly resellerId: string;
  /** First moment in force: a date (its start in UTC) or an RFC 3339 instant. */
  readonly from: string;
  /** First moment no longer in force; `null`: no end. */
  readonly to: string | null;
  readonly entries: readonly AgreementEntry[];
}

/** One line of an agreement. A condition that is `null` holds for every ticket. */
export interface AgreementEntry {
  readonly area: Area | 'all' | null;
  readonly customerId: string | null;
  readonly supportPlan: string | null;
  readonly publisherId: string | null;
  readonly offerId: string | null;
  readonly kind: OfferKind | null;
  readonly country: string | null;
  readonly severity: Severity | null;
  readonly assignedTo: Assignee;
  /** Who answers for a shared matter; `null` otherwise. */
  readonly accountable: SupportContact | null;
}

/** For which products a partner takes how-to and break-fix questions first; `null` means any. */
export type PartnerFirstScope = Readonly<{
  partnerId: string | null;
  publisherId: string | null;
  offerId: string | null;
}>;

export interface HealthNotice {
  readonly id: string;
  readonly offerId: string | null;
  readonly summary: string | null;
  /** RFC 3339; `null`: before anything. */
  readonly startedAt: string | null;
  /** RFC 3339; `null`: still open. */
  readonly endedAt: string | null;
}
