import type { TicketMessage } from '../../message/message.js';
import type { ForeignTicket } from './foreign-ticket.js';
import type { News, NoteText } from './ticketing-system.js';

type Known = Pick<ForeignTicket, 'toldVersion' | 'toldSeverity' | 'isClosed'>;

/**
 * What a message changes in a ticket that is open there. One that was passed by a later message only adds its note.
 * @param note `null`: it is there already.
 */
export function newsOf(message: TicketMessage, known: Known, note: NoteText | null): News {
  if (isLate(message, known)) return { note, severity: null, turn: 'none' };
  const { severity } = message.ticket;
  return { note, severity: severity === known.toldSeverity ? null : severity, turn: turnOf(message, known) };
}

/** A comment on a closed ticket does not open it, as in routing; any other news does, and that it is with this contact again. */
function turnOf({ change, isOver, decision: { queue, previousQueue } }: TicketMessage, { isClosed }: Known): News['turn'] {
  if (isOver) return isClosed ? 'none' : 'close';
  return isClosed && (change !== 'commented' || queue !== previousQueue) ? 'reopen' : 'none';
}

/** What the system was told when it took the message. */
export function toldOf<K extends Known>(message: TicketMessage, known: K): K {
  if (isLate(message, known)) return known;
  const turn = turnOf(message, known);
  return { ...known, toldVersion: message.ticketVersion, toldSeverity: message.ticket.severity ?? known.toldSeverity, isClosed: turn === 'none' ? known.isClosed : turn === 'close' };
}

function isLate({ ticketVersion }: TicketMessage, { toldVersion }: Known): boolean {
  return ticketVersion < toldVersion;
}
