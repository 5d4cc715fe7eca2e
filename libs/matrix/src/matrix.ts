import type { Disclosure } from './disclosure.js';
import type { ReasonCode } from './reasons.js';
import type { Area, Asker, Basis, Channel, Cloud, ContactKind, OfferKind, Ownership, Severity } from './vocabulary.js';

/**
 * The versioned rules, as plain data that can be stored, compared and edited.
 *
 * Rows are read in stages, in this order, and within a stage the first row that matches wins:
 *   gate     stops a ticket that no rule applies to (queue `triage` or `unassigned`)
 *   area     the line of the responsibility matrix: exactly one for each area
 *   product  what is sold and how: direct purchase, Microsoft's own product, licensing model
 *   asker    who asks, and whether the partner wants to hear first
 *   source   the ticket is already where it belongs
 *   outage   an open outage explains it
 * A row of a later stage overrides only what its `then` names.
 */
export interface Matrix {
  readonly version: string;
  readonly rows: readonly Row[];
}

export const STAGES = ['gate', 'area', 'product', 'asker', 'source', 'outage'] as const;
export type Stage = (typeof STAGES)[number];

/** The parties as a rule knows them; who they are follows from the subscription and the agreements. */
export const ROW_PARTIES = ['csp-partner', 'handover-partner', 'isv-publisher', 'microsoft'] as const;
export type RowParty = (typeof ROW_PARTIES)[number];

export interface Row {
  /** Unique. In the stage `area` it equals the area. */
  readonly id: string;
  readonly stage: Stage;
  readonly when: Conditions;
  readonly then: Partial<Outcome>;
  readonly code: ReasonCode;
  /** The reason in plain words, in English. */
  readonly text: string;
  /** The same in other languages, by language code, as `tr`. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly basis: Basis;
  /** The page it rests on, in our words. */
  readonly source: string;
  /** Ids of later rows of its stage that it is meant to win over, where both can match. Changes no decision. */
  readonly before?: readonly string[];
}

/** Text values: a list holds if one of its values does, `not` if the fact is known and none of them. */
export type TextValues = readonly string[] | Readonly<{ not: readonly string[] }>;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Local time of day. A window whose `to` is not after its `from` reaches into the next day. */
export interface Hours {
  /** IANA name, as `Europe/Istanbul`. */
  readonly timeZone: string;
  /** Days on which the window begins. */
  readonly days: readonly Weekday[];
  /** HH:MM, inclusive. */
  readonly from: string;
  /** HH:MM, exclusive; 24:00 is the end of the day. */
  readonly to: string;
}

/** All must hold; a list holds if one of its values does. A fact that is not known satisfies no list. */
export interface Conditions {
  readonly area?: readonly Area[];
  /** Never `partner`: by then the exact role is known. */
  readonly asker?: readonly Exclude<Asker, 'partner'>[];
  readonly ownership?: readonly Ownership[];
  readonly kind?: readonly OfferKind[];
  readonly channel?: readonly Channel[];
  readonly cloud?: readonly Cloud[];
  readonly severity?: readonly Severity[];
  /** ISO 3166-1 codes in capitals, as `DE`. */
  readonly country?: TextValues;
  /** `de` holds for `de-AT` as well. */
  readonly language?: TextValues;
  readonly publisherId?: TextValues;
  readonly offerId?: TextValues;
  /** Any CSP partner of the ticket: direct-bill partner, provider or reseller. */
  readonly partnerId?: TextValues;
  readonly providerId?: TextValues;
  readonly resellerId?: TextValues;
  readonly customerId?: TextValues;
  /** The ticket's time is not before this date (its start in UTC) or RFC 3339 instant. */
  readonly from?: string;
  /** The ticket's time is before it. */
  readonly until?: string;
  /** The ticket's time falls into a local window. */
  readonly hours?: Hours;
  /** Who is responsible by the rows of the earlier stages. */
  readonly responsible?: readonly RowParty[];
  readonly classified?: boolean;
  /** The answer so far is only information for the asker. */
  readonly informationOnly?: boolean;
  /** The CSP partner chose to take questions about this product first. */
  readonly partnerFirst?: boolean;
  /** The ticket came from the system of the party that is responsible. */
  readonly sourceIsResponsible?: boolean;
  /** The offer has a health notice whose period covers the ticket's time. */
  readonly outageOpen?: boolean;
}

export interface Outcome {
  readonly responsible: RowParty;
  readonly firstContact: RowParty;
  readonly escalation: readonly RowParty[];
  readonly informed: readonly RowParty[];
  /** A partner takes it to Microsoft. */
  readonly handsOver: boolean;
  /** Which contact of the publisher an escalation to it uses. */
  readonly escalationContact: ContactKind | null;
  /** `business` matters go to the CSP programme contact first, all others to customer support. */
  readonly purpose: 'technical' | 'business';
  readonly informationOnly: boolean;
  readonly stays: boolean;
  readonly attach: boolean;
  /** Contact fields that an audience may see, where fewer than the programme allows. Rows add up: each only narrows. */
  readonly disclose?: Disclosure;
  /** Only in the stage `gate`: where the ticket waits for a person. */
  readonly queue: 'triage' | 'unassigned' | null;
}
