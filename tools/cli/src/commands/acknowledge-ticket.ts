import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { ticketLines } from '../texts/ticket-text.js';
import type { CommandContext } from './context.js';

export interface AcknowledgeOptions {
  readonly by?: string;
  readonly party?: string;
  readonly serviceRequest?: string;
}

/** Says that somebody works on a ticket; reminders and escalation end. */
export async function acknowledgeTicket({ services, terminal, isJson, paint }: CommandContext, [ticketId = '']: readonly string[], { by, party, serviceRequest }: AcknowledgeOptions): Promise<ExitCode> {
  const ticket = await services.routing.post(`/v1/tickets/${encodeURIComponent(ticketId)}/acknowledge`, { ...(by === undefined ? {} : { by }), ...(party === undefined ? {} : { party }), ...(serviceRequest === undefined ? {} : { serviceRequestNumber: serviceRequest }) });
  terminal.write(isJson ? asJson(ticket) : asText(ticketLines(ticket, null, paint)));
  return 0;
}
