import { markText, nameBasedId, originsOf } from '@handoff/contracts';
import type { TicketMessage } from '../../message/message.js';
import { plainText } from '../../message/plain-text.decision.js';
import { sectionsOf } from '../../message/sections.decision.js';
import type { NewTicket, NoteText } from './ticketing-system.js';

/** The reference under which a channel opens a ticket: it follows from both, so that any process looks for the same one. */
export function referenceOf(channelId: string, ticketId: string): string {
  return `handoff-${nameBasedId('foreign-ticket', channelId, ticketId)}`;
}

/** By what a note of this message is found again. */
export function markOf({ notificationId }: TicketMessage): string {
  return notificationId;
}

/** Who writes, and through which channel. */
export interface Writer {
  readonly installation: string;
  readonly channelId: string;
}

export function newTicketOf(message: TicketMessage, writer: Writer): NewTicket {
  const reference = referenceOf(writer.channelId, message.ticketId);
  return {
    reference, idempotencyKey: message.notificationId, subject: message.subjectLine, sourceNumber: message.ticket.externalId, severity: message.ticket.severity, at: message.decidedAt,
    text: textOf(message, writer, message.ticket.description),
  };
}

/** A note leaves out what the ticket was opened with. */
export function noteOf(message: TicketMessage, writer: Writer): NoteText {
  const news: TicketMessage = { ...message, contacts: [], documents: [], why: [], ticket: { ...message.ticket, description: null } };
  return textOf(news, writer, message.ticket.comment?.body ?? null);
}

/** For the system that the ticket came from: of a decision everything, as nothing was told there before. */
export function sourceNoteOf(message: TicketMessage, writer: Writer): NoteText {
  return textOf(message, writer, message.ticket.comment?.body ?? null);
}

/** Marked as ours at its beginning, so that intake knows it when it comes back; also where it tells what another installation wrote. */
function textOf(message: TicketMessage, { installation, channelId }: Writer, passedOn: string | null): NoteText {
  const { ticketId, headline, words } = message;
  const body = markText(plainText(headline, sectionsOf(message)), { installation, ticketId }, originsOf(passedOn ?? ''));
  return { body, shortened: words.text('text.shortened'), mark: markLine(message, referenceOf(channelId, ticketId)) };
}

function markLine(message: TicketMessage, reference: string): string {
  return `Handoff: ${reference}, ${markOf(message)}`;
}

/** As one text of at most so many characters; what is too long is in the ticket that it came from. */
export function fitted({ body, shortened, mark }: NoteText, charsMax: number): string {
  const room = charsMax - mark.length - 2;
  const cut = `\n${shortened}`;
  const fits = body.length <= room ? body : `${body.slice(0, room - cut.length).toWellFormed().trimEnd()}${cut}`;
  return `${fits}\n\n${mark}`;
}

/** A single line of at most so many characters that keeps its end, where the ticket's number stands. */
export function fittedSubject(subject: string, charsMax: number): string {
  if (subject.length <= charsMax) return subject;
  const end = /\s\([^()]*\)$/.exec(subject)?.[0] ?? '';
  const room = Math.max(0, charsMax - end.length - 1);
  return `${subject.slice(0, room).toWellFormed().trimEnd()}…${end}`.slice(0, charsMax);
}

/** As `fitted`, in bytes of UTF-8. */
export function fittedBytes(note: NoteText, bytesMax: number): string {
  let text = fitted(note, bytesMax);
  for (let charsMax = bytesMax; Buffer.byteLength(text) > bytesMax;) {
    charsMax -= Math.ceil((Buffer.byteLength(text) - bytesMax) / 4);
    text = fitted(note, charsMax);
  }
  return text;
}
