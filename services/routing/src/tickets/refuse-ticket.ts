import { isUuid } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import type { Ticket } from './ticket.js';

/** Why nothing is done to a ticket, whatever was asked of it. */

const ID_CHARS_SHOWN = 64;

/** The id in a path, as it is stored. @throws Problem 404 `ticket-unknown` when no ticket can have it. */
export function ticketIdIn(id: string): string {
  if (!isUuid(id)) throw new Problem(404, 'ticket-unknown', `There is no ticket '${id.slice(0, ID_CHARS_SHOWN)}'. A ticket's id is a UUID.`);
  return id.toLowerCase();
}

export function ticketUnknown(id: string): Problem {
  return new Problem(404, 'ticket-unknown', `There is no ticket '${id.slice(0, ID_CHARS_SHOWN)}'. A ticket that was just accepted appears within a second or two.`);
}

export function ticketParked(id: string, detail: string): Problem {
  return new Problem(404, 'ticket-parked', `The ticket '${id}' was received but could not be routed yet: ${detail}`);
}

/** @param seen the version that whoever asks has seen; `null`: any. @throws Problem 412 `ticket-changed` when the ticket is at another one. */
export function requireVersion({ state, version }: Ticket, seen: number | null): void {
  if (seen === null || seen === version) return;
  throw new Problem(412, 'ticket-changed', `The ticket '${state.ticketId}' is at version ${version}, not ${seen}. Read it again, and send the version that you have seen.`, { fields: [{ field: 'If-Match', detail: `must be "${version}"` }] });
}

/** @throws Problem 409 `ticket-closed` */
export function requireOpen({ state }: Ticket): void {
  if (state.isClosed) throw new Problem(409, 'ticket-closed', `The ticket '${state.ticketId}' is closed in its own system. Open it there first.`);
}
