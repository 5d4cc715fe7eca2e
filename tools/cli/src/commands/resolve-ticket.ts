import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { ticketLines } from '../texts/ticket-text.js';
import type { CommandContext } from './context.js';

export interface ResolveOptions {
  readonly by?: string;
  readonly note?: string;
}

/** Says that a ticket is done. */
export async function resolveTicket({ services, terminal, isJson, paint }: CommandContext, [ticketId = '']: readonly string[], { by, note }: ResolveOptions): Promise<ExitCode> {
  const ticket = await services.routing.post(`/v1/tickets/${encodeURIComponent(ticketId)}/resolve`, { ...(by === undefined ? {} : { by }), ...(note === undefined ? {} : { note }) });
  terminal.write(isJson ? asJson(ticket) : asText(ticketLines(ticket, null, paint)));
  return 0;
}
