import type { ServiceRequestRef } from './service-request.js';
import type { AttachmentLink } from './ticket.js';
import type { Change, Instant, Role, Severity, Area, AreaBasis, Asker } from './vocabulary.js';

/** Someone with a role in a decision. Microsoft has no id; a `shared` role lists both in `parties`. */
export interface Party {
  readonly role: Role;
  readonly partyId?: string | null;
  readonly parties?: readonly Party[];
}

/** One reason of a decision: a stable code, a sentence for people, and where the rule comes from. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly source: string;
  /** Key of the sentence in the catalogues of messages, by which the text can be said in another language. Absent where there is none. */
  readonly message?: string;
  /** What the sentence is filled with, in no language: a party is `indirect-provider/4100`. */
  readonly params?: Readonly<Record<string, string>>;
}

/** A contact of the offer that `for` may use; `fields` are those it may be shown. */
export interface DecidedContact {
  readonly kind: string;
  readonly party: Party;
  readonly fields: readonly string[];
  readonly for: string;
}

export interface Document {
  readonly title: string;
  readonly url: string;
}

/** Who must act on a ticket, whom to contact, and why. */
export interface Decision {
  /** `null` where nobody can be named, as for a ticket that is not classified. */
  readonly responsible: Party | null;
  readonly firstContact: Party | null;
  readonly accountable: Party | null;
  readonly informed: readonly Party[];
  readonly handsOver: Party | null;
  readonly escalation: readonly Party[];
  readonly contacts: readonly DecidedContact[];
  readonly queue: string;
  readonly reasons: readonly Reason[];
  readonly matrixVersion: string;
  readonly row: string;
  readonly attachedTo: string | null;
  /** The ticket already lies with the responsible party and is not sent round. */
  readonly stays: boolean;
  /** There is nobody to send it to: the asker is told where to ask instead. */
  readonly informationOnly: boolean;
  /** Facts that would have made the answer better, as `subscription.partner`. */
  readonly missing: readonly string[];
  readonly documents: readonly Document[];
  /** Who said the area that was decided by; `null` where nobody did. Absent from decisions of before it was kept. */
  readonly areaBasis?: AreaBasis | null;
  /** What was missing or contradictory, each with what to do about it. Absent from decisions of before it was kept. */
  readonly gaps?: readonly Gap[];
}

export const GAP_KINDS = ['offer', 'publisher', 'partner', 'customer', 'subscription', 'ticket'] as const;
/** What a gap is about: an entry of the directory, or the ticket itself. */
export type GapKind = (typeof GAP_KINDS)[number];

/** A fact that a decision lacked. When the directory learns it, the ticket is routed again by itself. */
export interface Gap {
  /** Stable, as `offer-unknown`. */
  readonly code: string;
  readonly kind: GapKind;
  /** Id of the entry; for the kind `ticket` the field that should say more, as `area`. */
  readonly key: string;
  /** Where the ticket lies meanwhile. */
  readonly queue: string;
  /** What is wrong, in a sentence. */
  readonly reason: string;
  /** What to enter, and where, in a sentence for whoever looks after the directory. */
  readonly remedy: string;
}

/** One person or mailbox that a decision is sent to. */
export interface Recipient {
  /** `act`: it is your turn. `inform`: for your knowledge. `hand-over`: open the prepared service request with Microsoft. */
  readonly purpose: 'act' | 'inform' | 'hand-over';
  readonly party: Party;
  /** The queue name of the party, as `isv/contoso`: the key under which its channels are configured. */
  readonly destination: string;
  readonly partyName: string | null;
  /** Which of the party's contacts this is, as `customer-support` or `payment`. */
  readonly contactKind: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly url: string | null;
  /** BCP 47: in which language it is written to. Absent where the directory does not say. */
  readonly language?: string | null;
  /** Contacts of others that this recipient may use, already cut down to what it may see. */
  readonly mayContact: readonly VisibleContact[];
}

export interface VisibleContact {
  readonly kind: string;
  readonly partyName: string | null;
  /** Who may use it: `customer` means that the recipient may pass it on to the customer. */
  readonly for: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
}

/** Who reads the ticket in the system it came from: whose system it is, and what its people may be shown. */
export interface SourceReader {
  /** The owner of the source; `customer` where it belongs to nobody, who is shown least. */
  readonly party: Party;
  readonly partyName: string | null;
  /** BCP 47. Absent where the directory does not say. */
  readonly language?: string | null;
  readonly mayContact: readonly VisibleContact[];
}

/** What is known of a ticket at the time of a decision. */
export interface TicketSnapshot {
  readonly source: string;
  readonly externalId: string;
  readonly externalUrl: string | null;
  readonly subject: string;
  readonly description: string | null;
  readonly status: string | null;
  readonly area: Area | null;
  readonly severity: Severity | null;
  readonly asker: Asker;
  readonly requesterName: string | null;
  readonly offerId: string | null;
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  /** BCP 47. Absent where it is not known, and from events of before it was kept. */
  readonly language?: string | null;
  /** Absent where none was opened, or nobody has told its number. */
  readonly serviceRequest?: ServiceRequestRef;
  readonly comment: { readonly author: string | null; readonly body: string; readonly isPublic: boolean } | null;
  /** What came with this event: with its comment where it has one, else with the ticket. Absent: nothing. */
  readonly attachments?: readonly AttachmentLink[];
}

/** `handoff.ticket.routed.v1`: a ticket was decided, or followed with an unchanged decision. */
export interface TicketRouted {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly change: Change;
  /**
   * What led to it where the source told nothing new, as `classified`; `change` is then `updated`. Absent for a source's event.
   * The list is open: read what you do not know as `updated`.
   */
  readonly cause?: string;
  readonly decidedAt: Instant;
  readonly ticket: TicketSnapshot;
  readonly decision: Decision;
  /** Queue of the former decision; `null` for the first. */
  readonly previousQueue: string | null;
  readonly recipients: readonly Recipient[];
  /** By when whoever acts is to acknowledge; `null` where nobody is waited for or no target is known. Absent from events of before there were targets. */
  readonly acknowledgeBy?: Instant | null;
  /** For whom it can be written back to the system that the ticket came from. Absent where nothing is to be said there. */
  readonly forSource?: SourceReader;
}

/** `handoff.ticket.attached.v1`: a ticket belongs to an open outage. */
export interface TicketAttached {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly noticeId: string;
  readonly offerId: string;
  readonly attachedAt: Instant;
  /** Who attached it; absent where the rules did. */
  readonly by?: string | null;
  /** In the person's words; absent where the rules attached it. */
  readonly reason?: string;
}

/** `handoff.ticket.detached.v1`: a person said that a ticket does not belong to its outage; the decision that follows tells who acts now. */
export interface TicketDetached {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly noticeId: string;
  readonly detachedAt: Instant;
  readonly by: string | null;
  /** In the person's words. */
  readonly reason: string;
}
