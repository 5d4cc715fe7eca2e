import type { AttachmentLink, Change, Document, ServiceRequestRef, VisibleContact } from '@handoff/contracts';
import type { Letter } from '../letters/letter.js';
import type { Purpose } from '../notification/notification.js';
import type { Section } from './sections.decision.js';
import type { ServiceRequest } from './service-request.decision.js';
import type { Words } from './texts/words.js';

/** What a contact is told, before any channel gives it a form. It holds nothing that this contact may not see. */
export type Message = TicketMessage | LetterMessage;

/** About no single ticket: the parts are all there is. */
export interface LetterMessage {
  readonly about: Letter['about'];
  readonly notificationId: string;
  /** The thread, by which mail programs keep messages together; no ticket's id. */
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly subjectLine: string;
  readonly headline: string;
  readonly sections: readonly Section[];
  readonly footer: string;
  /** The language of the message, and what is said in it. */
  readonly words: Words;
  /** RFC 3339; of what it tells. */
  readonly decidedAt: string;
  /** The same for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface TicketMessage {
  readonly about: 'ticket';
  readonly notificationId: string;
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly purpose: Purpose;
  /** It is written into the system that the ticket came from, where the ticket itself need not be told. */
  readonly isForSource?: true;
  /** Of a message for the source: whether it tells a decision, or only what happened since. */
  readonly tellsDecision?: boolean;
  readonly change: Change;
  /** For this contact nothing is left to do: the ticket is closed, or with others now. */
  readonly isOver: boolean;
  /** RFC 3339; when the decision was made. */
  readonly decidedAt: string;
  /** The language of the message, and what is said in it. */
  readonly words: Words;
  readonly subjectLine: string;
  /** What happened, and what it is to this contact, in one sentence. */
  readonly headline: string;
  /** Whose turn it is, in sentences. */
  readonly turn: readonly string[];
  /** Why this contact gets the message, and as what. */
  readonly whyYou: string;
  /** What to do now, step by step; empty: nothing. */
  readonly toDo: readonly string[];
  /** Where the contact says that it works on the ticket; `null` where nobody is asked to act, or no address is known. */
  readonly acknowledgeUrl: string | null;
  /** Reasons of the decision in words. */
  readonly why: readonly Why[];
  /** What to enter in Partner Center; `null` for who hands nothing over. */
  readonly serviceRequest: ServiceRequest | null;
  readonly ticket: TicketShown;
  readonly contacts: readonly VisibleContact[];
  readonly documents: readonly Document[];
  readonly decision: DecisionShown;
}

export interface Why {
  readonly code: string;
  readonly text: string;
  readonly source: string;
}

/** Fields that this contact may not see are `null`. */
export interface TicketShown {
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly subject: string;
  readonly description: string | null;
  readonly status: string | null;
  readonly area: string | null;
  readonly severity: 'A' | 'B' | 'C' | null;
  readonly asker: string;
  readonly requesterName: string | null;
  readonly offerId: string | null;
  readonly customerId: string | null;
  readonly subscriptionId: string | null;
  /** The one that was opened at Microsoft. */
  readonly serviceRequest: ServiceRequestRef | null;
  readonly comment: { readonly author: string | null; readonly body: string } | null;
  /** Links to what came with this news; absent: nothing. */
  readonly attachments?: readonly AttachmentLink[];
}

/** The decision in short, with the parties in words. */
export interface DecisionShown {
  readonly queue: string;
  readonly previousQueue: string | null;
  readonly responsible: string;
  readonly firstContact: string;
  readonly accountable: string | null;
  readonly handsOver: string | null;
  readonly escalation: readonly string[];
  readonly matrixVersion: string;
  readonly row: string;
}
