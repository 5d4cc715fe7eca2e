import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { ticketLines } from '../texts/ticket-text.js';
import type { CommandContext } from './context.js';

export interface ReassignOptions {
  readonly reason: string;
  readonly by?: string;
}

/** Moves a ticket to another party. */
export async function reassignTicket({ services, terminal, isJson, paint }: CommandContext, [ticketId = '', to = '']: readonly string[], { by, reason }: ReassignOptions): Promise<ExitCode> {
  const ticket = await services.routing.post(`/v1/tickets/${encodeURIComponent(ticketId)}/reassign`, { to, reason, ...(by === undefined ? {} : { by }) });
  terminal.write(isJson ? asJson(ticket) : asText(ticketLines(ticket, null, paint)));
  return 0;
}
