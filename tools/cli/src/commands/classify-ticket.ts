import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { ticketLines } from '../texts/ticket-text.js';
import type { CommandContext } from './context.js';

export interface ClassifyOptions {
  readonly by?: string;
  readonly note?: string;
}

/** Says what a ticket is about; it is routed again at once. */
export async function classifyTicket({ services, terminal, isJson, paint }: CommandContext, [ticketId = '', area = '']: readonly string[], { by, note }: ClassifyOptions): Promise<ExitCode> {
  const ticket = await services.routing.post(`/v1/tickets/${encodeURIComponent(ticketId)}/classify`, { area, ...(by === undefined ? {} : { by }), ...(note === undefined ? {} : { note }) });
  terminal.write(isJson ? asJson(ticket) : asText(ticketLines(ticket, null, paint)));
  return 0;
}
