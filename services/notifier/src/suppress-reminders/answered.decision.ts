import type { TicketAcknowledged, TicketRouted } from '@handoff/contracts';
import { oneLine } from '../message/clean-text.js';
import type { Answered } from './reminder.store.js';

const BY_CHARS_MAX = 256;

/** An acknowledgement ends reminders when nobody is waited for any more. */
export function answeredByAcknowledgement({ ticketId, ticketVersion, by, isComplete }: TicketAcknowledged): Answered | null {
  if (!isComplete) return null;
  const who = by === null ? 'The ticket was acknowledged' : `${oneLine(by, BY_CHARS_MAX)} acknowledged the ticket`;
  return { ticketId, version: ticketVersion, code: 'acknowledged', detail: `${who}; nobody needs to be reminded.` };
}

export function answeredByClosing({ ticketId, ticketVersion, change, cause }: Pick<TicketRouted, 'ticketId' | 'ticketVersion' | 'change' | 'cause'>): Answered | null {
  if (change !== 'closed') return null;
  return { ticketId, version: ticketVersion, code: 'ticket-closed', detail: `The ticket was ${cause === 'resolved' ? 'resolved' : 'closed in its own system'}; nobody needs to be reminded.` };
}

/** The last answer to each ticket. */
export function lastAnswers(answers: readonly (Answered | null)[]): readonly Answered[] {
  const last = new Map<string, Answered>();
  for (const answer of answers) {
    if (answer !== null && answer.version > (last.get(answer.ticketId)?.version ?? 0)) last.set(answer.ticketId, answer);
  }
  return [...last.values()];
}
