import { type AttachmentLink, ATTACHMENTS_MAX, type Party, type TicketRouted, type TicketSnapshot } from '@handoff/contracts';
import { isLetter } from '../letters/letter.js';
import { letterMessageOf } from '../letters/letter-message.decision.js';
import { isDeparture, isForSource, type MessageFacts, type Notification, type TicketDelivery } from '../notification/notification.js';
import { cleanText, oneLine } from './clean-text.js';
import { messageLanguage } from './language.decision.js';
import type { DecisionShown, Message, TicketMessage, TicketShown } from './message.js';
import { headlineOf, isToHandOver, maySeeCustomer, toDoOf, turnOf } from './sentences.decision.js';
import { serviceRequestOf } from './service-request.decision.js';
import { isWebLink } from './sections.decision.js';
import { shownReasons } from './shown-reasons.decision.js';
import { sourceHeadlineOf, sourceTurnOf, tellsDecision } from './source-message.decision.js';
import { OWN_WORDS, type Words, type WordsByLanguage } from './texts/words.js';
import { whyYouOf } from './why-you.decision.js';

const SUBJECT_LENGTH_MAX = 200;
const DESCRIPTION_LENGTH_MAX = 6_000;
const COMMENT_LENGTH_MAX = 4_000;
const URL_LENGTH_MAX = 2_048;
const ATTACHMENT_NAME_LENGTH_MAX = 256;

/** The subject of a ticket's messages: `[B] Sign-in fails (SUP-12)`. It has no words of ours, so that it is the same in every language. */
export function subjectLineOf({ ticket: { severity, subject, externalId } }: Pick<TicketRouted, 'ticket'>): string {
  const number = oneLine(externalId, 64);
  const text = oneLine(subject, SUBJECT_LENGTH_MAX - number.length);
  return `${severity === null ? '' : `[${severity}] `}${text} (${number})`;
}

export interface Writing {
  /** The link by which this message is acknowledged; `null`: it has none. */
  readonly acknowledgeUrl?: string | null;
  readonly words?: WordsByLanguage;
}

type TicketFacts = Pick<TicketDelivery, keyof MessageFacts>;

/** What a contact is told, in its language. */
export function messageOf(delivery: TicketFacts, writing?: Writing): TicketMessage;
export function messageOf(delivery: MessageFacts, writing?: Writing): Message;
export function messageOf({ notification, routed, subjectLine }: MessageFacts, { acknowledgeUrl = null, words = OWN_WORDS }: Writing = {}): Message {
  if (isLetter(routed)) return letterMessageOf(notification, routed, words[messageLanguage(notification.addressee, {})]);
  return ticketMessageOf({ notification, routed, subjectLine }, { acknowledgeUrl, words: words[messageLanguage(notification.addressee, routed.ticket)] });
}

/** What this contact is told of this decision. Contacts of others are those the decision lets it see, and no more. */
function ticketMessageOf({ notification, routed, subjectLine }: TicketFacts, { acknowledgeUrl, words }: { readonly acknowledgeUrl: string | null; readonly words: Words }): TicketMessage {
  const { notificationId, ticketId, ticketVersion, purpose, addressee } = notification;
  if (isForSource(notification)) return sourceMessageOf({ notification, routed, subjectLine }, words);
  if (isDeparture(notification)) return departedMessageOf({ notification, routed, subjectLine }, words);
  const ticket = ticketFor(notification, routed, words);
  return {
    about: 'ticket', notificationId, ticketId, ticketVersion, purpose, change: routed.change, isOver: routed.change === 'closed', decidedAt: routed.decidedAt, words, subjectLine,
    headline: headlineOf(notification, routed, words),
    turn: turnOf(notification, routed, words),
    whyYou: whyYouOf(notification, routed, words),
    toDo: toDoOf(notification, routed, words),
    acknowledgeUrl,
    why: reasonsFor(notification, routed, words),
    serviceRequest: isToHandOver(notification, routed) ? serviceRequestOf(ticket, routed, words) : null,
    ticket,
    contacts: addressee.mayContact,
    documents: routed.decision.documents,
    decision: decisionOf(routed, words),
  };
}

/** An internal note for those who work in the ticket's own system: they have the ticket before them, and nothing is asked of them. */
function sourceMessageOf({ notification, routed, subjectLine }: TicketFacts, words: Words): TicketMessage {
  const { notificationId, ticketId, ticketVersion, purpose, addressee } = notification;
  const isDecision = tellsDecision(routed);
  return {
    about: 'ticket', isForSource: true, tellsDecision: isDecision, notificationId, ticketId, ticketVersion, purpose, change: routed.change, isOver: routed.cause === 'resolved', decidedAt: routed.decidedAt, words, subjectLine,
    headline: sourceHeadlineOf(routed, words), turn: sourceTurnOf(routed, words, { seesPeople: maySeeCustomer(notification) }), whyYou: words.text('why-you.source'), toDo: [], acknowledgeUrl: null,
    why: isDecision ? reasonsFor(notification, routed, words) : [], serviceRequest: null,
    ticket: ticketFor(notification, routed, words),
    contacts: isDecision ? addressee.mayContact : [], documents: isDecision ? routed.decision.documents : [],
    decision: decisionOf(routed, words),
  };
}

function reasonsFor({ addressee }: Notification, { decision }: TicketRouted, words: Words): TicketMessage['why'] {
  return shownReasons(decision.reasons, addressee.party).map((reason) => ({ code: reason.code, text: oneLine(words.reason(reason), 2_048), source: oneLine(reason.source, 512) }));
}

/** What a contact is told of a ticket that is no longer its own: that, and nothing that came after. */
function departedMessageOf({ notification, routed, subjectLine }: TicketFacts, words: Words): TicketMessage {
  const { notificationId, ticketId, ticketVersion, purpose, destination } = notification;
  const { change, decidedAt, ticket: { source, externalId, asker }, decision: { matrixVersion } } = routed;
  const isClosed = change === 'closed';
  return {
    about: 'ticket', notificationId, ticketId, ticketVersion, purpose, change, isOver: true, decidedAt, words, subjectLine,
    headline: words.text(isClosed ? 'headline.inform.closed' : 'headline.departed'),
    turn: isClosed ? [words.text('turn.closed')] : [], whyYou: words.text('why-you.departed'), toDo: [words.text('to-do.nothing')],
    acknowledgeUrl: null, why: [], contacts: [], documents: [], serviceRequest: null,
    ticket: {
      source, externalId, url: null, subject: oneLine(subjectLine, 1_024), description: null, status: null, area: null, severity: null, asker,
      requesterName: null, offerId: null, customerId: null, subscriptionId: null, serviceRequest: null, comment: null,
    },
    decision: { queue: destination, previousQueue: destination, responsible: '', firstContact: '', accountable: null, handsOver: null, escalation: [], matrixVersion, row: '' },
  };
}

function ticketFor(notification: Notification, { ticket }: TicketRouted, words: Words): TicketShown {
  const seesCustomer = maySeeCustomer(notification);
  const mark = words.text('text.shortened');
  return {
    source: ticket.source, externalId: ticket.externalId, url: ticket.externalUrl === null ? null : oneLine(ticket.externalUrl, URL_LENGTH_MAX), subject: oneLine(ticket.subject, 1_024),
    description: ticket.description === null ? null : cleanText(ticket.description, DESCRIPTION_LENGTH_MAX, mark),
    status: ticket.status, area: ticket.area, severity: ticket.severity, asker: ticket.asker, offerId: ticket.offerId,
    requesterName: seesCustomer ? ticket.requesterName : null,
    customerId: seesCustomer ? ticket.customerId : null,
    subscriptionId: seesCustomer ? ticket.subscriptionId : null,
    serviceRequest: seesCustomer ? (ticket.serviceRequest ?? null) : null,
    // An internal note belongs to those who work in the ticket's own system.
    comment: ticket.comment?.isPublic === true ? { author: seesCustomer ? ticket.comment.author : null, body: cleanText(ticket.comment.body, COMMENT_LENGTH_MAX, mark) } : null,
    ...attachmentsOf(ticket),
  };
}

/** What is attached to an internal note is as internal. Whoever follows a link must still be let in by its system. */
function attachmentsOf({ comment, attachments = [] }: TicketSnapshot): Pick<TicketShown, 'attachments'> {
  const links = comment?.isPublic === false ? [] : attachments.filter(({ url }) => isWebLink(url)).slice(0, ATTACHMENTS_MAX);
  return links.length === 0 ? {} : { attachments: links.map(({ name, url }): AttachmentLink => ({ name: oneLine(name, ATTACHMENT_NAME_LENGTH_MAX), url: oneLine(url, URL_LENGTH_MAX) })) };
}

function decisionOf(routed: TicketRouted, words: Words): DecisionShown {
  const { queue, responsible, firstContact, accountable, handsOver, escalation, matrixVersion, row } = routed.decision;
  const inWords = (party: Party | null): string | null => (party === null ? null : words.party(party, routed));
  return {
    queue, previousQueue: routed.previousQueue, responsible: words.party(responsible, routed), firstContact: words.party(firstContact, routed),
    accountable: inWords(accountable), handsOver: inWords(handsOver), escalation: escalation.map((party) => words.party(party, routed)), matrixVersion, row,
  };
}
