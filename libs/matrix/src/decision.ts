import type { OfferDocument } from './facts.js';
import type { Reason } from './reasons.js';
import type { Audience, ContactField, ContactKind, Role } from './vocabulary.js';

/** Whoever takes part. `partyId` is null where the role is certain and the party is not known. */
export type NamedParty = Readonly<{ role: Exclude<Role, 'customer' | 'microsoft'>; partyId: string | null }>;
/** There is one Microsoft, so it has no id. */
export type MicrosoftParty = Readonly<{ role: 'microsoft' }>;
export type Party = NamedParty | MicrosoftParty;

/** Provider and reseller together, where their agreement shares the matter. */
export type SharedResponsibility = Readonly<{ role: 'shared'; parties: readonly [Party, Party] }>;

/** A contact that may be used, and which of its fields may be shown to whom. */
export interface ContactEntry {
  readonly kind: ContactKind;
  readonly party: Party;
  readonly fields: readonly ContactField[];
  readonly for: Audience;
  /** Present where `url` is the offer's site for the US Government cloud rather than its general one. */
  readonly site?: 'us-government';
}

/** The answer for one ticket. Complete in itself: who, through whom, to which queue, and why. */
export interface Decision {
  /** Who must resolve it; null where nobody can be named: not classified, or a cloud that is not served. */
  readonly responsible: Party | SharedResponsibility | null;
  /** Who hears of it first. */
  readonly firstContact: Party | null;
  /** Who answers for a shared matter; null where it is not shared. */
  readonly accountable: Party | null;
  /** Who is told, without having to act. */
  readonly informed: readonly Party[];
  /** The partner who takes it to Microsoft, where Microsoft is responsible. Never a reseller. */
  readonly handsOver: NamedParty | null;
  /** Whom to turn to next, in order. */
  readonly escalation: readonly Party[];
  /** The publisher's contact that an escalation to it should use, where the asker may know of it. */
  readonly escalationContact: ContactKind | null;
  readonly contacts: readonly ContactEntry[];
  /** Which of the publisher's contacts receives the ticket, where the publisher is first contact. */
  readonly reachedBy: ContactKind | null;
  /** `isv/<publisher>`, `partner/<partner>`, `microsoft/<area>`, `triage` or `unassigned`. */
  readonly queue: string;
  readonly documents: readonly OfferDocument[];
  /** The open outage that the ticket joins: nobody is paged again. */
  readonly attachedTo: string | null;
  /** The ticket came from the responsible party's own system, and is not sent round. */
  readonly stays: boolean;
  /** There is nobody to send it to: the asker is told where to ask instead. */
  readonly informationOnly: boolean;
  readonly reasons: readonly Reason[];
  /** Facts that would have made the answer better, as paths of the question. */
  readonly missing: readonly string[];
  readonly matrixVersion: string;
  /** The line of the matrix that answered: the area, or the gate that stopped the ticket. */
  readonly row: string;
  /** The variations that changed that line's answer, in the order they were applied. */
  readonly variations: readonly string[];
}
