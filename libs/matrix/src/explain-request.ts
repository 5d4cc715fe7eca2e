import type {
  Area,
  Asker,
  Assignee,
  Channel,
  Cloud,
  ContactKind,
  OfferKind,
  Ownership,
  PartnerModel,
  Severity,
  SupportContact,
} from './vocabulary.js';

type Maybe<T> = T | null | undefined;

/** A question: what the asker knows, everything but the ticket's area optional. `factsOf` fills the rest. */
export interface ExplainRequest {
  readonly ticket: {
    readonly area?: Maybe<Area>;
    readonly severity?: Maybe<Severity>;
    readonly asker?: Maybe<Asker>;
    readonly at?: Maybe<string>;
    readonly cloud?: Maybe<Cloud>;
    readonly country?: Maybe<string>;
    readonly language?: Maybe<string>;
    readonly source?: Maybe<{ readonly partyId?: Maybe<string> }>;
  };
  readonly offer?: Maybe<OfferInput>;
  readonly subscription?: Maybe<SubscriptionInput>;
  readonly agreements?: Maybe<readonly AgreementInput[]>;
  readonly preferences?: Maybe<PreferencesInput>;
  readonly openHealthNotices?: Maybe<readonly HealthNoticeInput[]>;
}

export interface PreferencesInput {
  readonly partnerFirst?: Maybe<boolean | readonly PartnerFirstInput[]>;
  /** Which of the publisher's contacts comes first, of those that may be chosen at all. */
  readonly contactOrder?: Maybe<readonly ContactKind[]>;
  /** Ids of partners that do not want to be told of what others handle. */
  readonly uninformed?: Maybe<readonly string[]>;
}

/** A scope with no condition, `{}`, is every product of the partner. */
export interface PartnerFirstInput {
  readonly partnerId?: Maybe<string>;
  readonly publisherId?: Maybe<string>;
  readonly offerId?: Maybe<string>;
}

/** An empty text counts as absent. */
export interface ContactInput {
  readonly name?: Maybe<string>;
  readonly email?: Maybe<string>;
  readonly phone?: Maybe<string>;
  readonly url?: Maybe<string>;
}

export interface OfferInput {
  readonly id?: Maybe<string>;
  readonly publisherId?: Maybe<string>;
  readonly ownership?: Maybe<Ownership>;
  readonly kind?: Maybe<OfferKind>;
  /** Left out: not told. `{}`: the offer lists none. */
  readonly contacts?: Maybe<{
    readonly customerSupport?: Maybe<ContactInput>;
    readonly cspProgram?: Maybe<ContactInput>;
    readonly engineering?: Maybe<ContactInput>;
  }>;
  /** The support site for the US Government cloud, where the listing has one of its own. */
  readonly governmentSupportUrl?: Maybe<string>;
  readonly documents?: Maybe<
    readonly { readonly title: string; readonly url: string; readonly kind?: Maybe<string> }[]
  >;
  readonly clouds?: Maybe<readonly Cloud[]>;
}

export interface SubscriptionPartnerInput {
  readonly model: PartnerModel;
  readonly partnerId?: Maybe<string>;
  readonly providerId?: Maybe<string>;
  readonly resellerId?: Maybe<string>;
}

export interface SubscriptionInput {
  readonly channel?: Maybe<Channel>;
  readonly partner?: Maybe<SubscriptionPartnerInput>;
  readonly customerResellerId?: Maybe<string>;
  readonly supportContact?: Maybe<SupportContact>;
  readonly customerId?: Maybe<string>;
  readonly supportPlan?: Maybe<string>;
}

export interface AgreementEntryInput {
  readonly area?: Maybe<Area | 'all'>;
  readonly customerId?: Maybe<string>;
  readonly supportPlan?: Maybe<string>;
  readonly publisherId?: Maybe<string>;
  readonly offerId?: Maybe<string>;
  readonly kind?: Maybe<OfferKind>;
  readonly country?: Maybe<string>;
  readonly severity?: Maybe<Severity>;
  readonly assignedTo: Assignee;
  readonly accountable?: Maybe<SupportContact>;
}

export interface AgreementInput {
  readonly id?: Maybe<string>;
  readonly providerId: string;
  readonly resellerId: string;
  readonly from: string;
  readonly to?: Maybe<string>;
  readonly entries: readonly AgreementEntryInput[];
}

export interface HealthNoticeInput {
  readonly id: string;
  readonly offerId?: Maybe<string>;
  readonly summary?: Maybe<string>;
  readonly startedAt?: Maybe<string>;
  readonly endedAt?: Maybe<string>;
}
