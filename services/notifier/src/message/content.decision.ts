import type { Party, TicketRouted } from '@handoff/contracts';
import type { Delivery, Notification } from '../notification/notification.js';
import type { DecisionShown, Message, TicketShown } from './message.js';
import { headlineOf, toDoOf, turnOf } from './sentences.decision.js';
import { cleanText, oneLine, partyWords } from './words.js';

const SUBJECT_LENGTH_MAX = 200;
const DESCRIPTION_LENGTH_MAX = 6_000;
const COMMENT_LENGTH_MAX = 4_000;
const CSP_PARTNERS: readonly Party['role'][] = ['direct-bill-partner', 'indirect-provider', 'indirect-reseller'];

/** The subject of a ticket's messages: `[B] Sign-in fails (SUP-12)`. */
export function subjectLineOf({ ticket: { severity, subject, externalId } }: Pick<TicketRouted, 'ticket'>): string {
  const number = oneLine(externalId, 64);
  const text = oneLine(subject, SUBJECT_LENGTH_MAX - number.length);
  return `${severity === null ? '' : `[${severity}] `}${text} (${number})`;
}

/** What this contact is told of this decision. Contacts of others are those the decision lets it see, and no more. */
export function messageOf({ notification, routed, subjectLine }: Pick<Delivery, 'notification' | 'routed' | 'subjectLine'>, acknowledgeUrl: string | null = null): Message {
  const { notificationId, ticketId, ticketVersion, purpose, addressee } = notification;
  return {
    notificationId, ticketId, ticketVersion, purpose, change: routed.change, decidedAt: routed.decidedAt, subjectLine,
    headline: headlineOf(notification, routed),
    turn: turnOf(notification, routed),
    toDo: toDoOf(notification, routed),
    acknowledgeUrl,
    why: routed.decision.reasons.map(({ code, text, source }) => ({ code, text: oneLine(text, 2_048), source: oneLine(source, 512) })),
    ticket: ticketFor(notification, routed),
    contacts: addressee.mayContact,
    documents: routed.decision.documents,
    decision: decisionOf(routed),
  };
}

function ticketFor(notification: Notification, { ticket }: TicketRouted): TicketShown {
  const seesCustomer = maySeeCustomer(notification);
  return {
    source: ticket.source, externalId: ticket.externalId, url: ticket.externalUrl, subject: oneLine(ticket.subject, 1_024),
    description: ticket.description === null ? null : cleanText(ticket.description, DESCRIPTION_LENGTH_MAX),
    status: ticket.status, area: ticket.area, severity: ticket.severity, asker: ticket.asker, offerId: ticket.offerId,
    requesterName: seesCustomer ? ticket.requesterName : null,
    customerId: seesCustomer ? ticket.customerId : null,
    subscriptionId: seesCustomer ? ticket.subscriptionId : null,
    // An internal note belongs to those who work in the ticket's own system.
    comment: ticket.comment?.isPublic === true ? { author: seesCustomer ? ticket.comment.author : null, body: cleanText(ticket.comment.body, COMMENT_LENGTH_MAX) } : null,
  };
}

/** Who must act has to know for whom; of those only informed, the customer's own CSP partners know it anyway. */
function maySeeCustomer({ purpose, addressee }: Notification): boolean {
  return purpose !== 'inform' || CSP_PARTNERS.includes(addressee.party.role);
}

function decisionOf(routed: TicketRouted): DecisionShown {
  const { queue, responsible, firstContact, accountable, handsOver, escalation, matrixVersion, row } = routed.decision;
  const words = (party: Party | null): string | null => (party === null ? null : partyWords(party, routed));
  return {
    queue, previousQueue: routed.previousQueue, responsible: partyWords(responsible, routed), firstContact: partyWords(firstContact, routed),
    accountable: words(accountable), handsOver: words(handsOver), escalation: escalation.map((party) => partyWords(party, routed)), matrixVersion, row,
  };
}
