import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { ticketLines } from '../texts/ticket-text.js';
import type { CommandContext } from './context.js';

export interface AttachOptions {
  readonly reason: string;
  readonly by?: string;
}

/** Attaches a ticket to an outage. */
export async function attachTicket(context: CommandContext, [ticketId = '', noticeId = '']: readonly string[], { reason, by }: AttachOptions): Promise<ExitCode> {
  return say(context, `/v1/tickets/${encodeURIComponent(ticketId)}/attach`, { noticeId, reason, ...(by === undefined ? {} : { by }) });
}

/** Says that a ticket does not belong to its outage. */
export async function detachTicket(context: CommandContext, [ticketId = '']: readonly string[], { reason, by }: AttachOptions): Promise<ExitCode> {
  return say(context, `/v1/tickets/${encodeURIComponent(ticketId)}/detach`, { reason, ...(by === undefined ? {} : { by }) });
}

async function say({ services, terminal, isJson, paint }: CommandContext, path: string, body: object): Promise<ExitCode> {
  const ticket = await services.routing.post(path, body);
  terminal.write(isJson ? asJson(ticket) : asText(ticketLines(ticket, null, paint)));
  return 0;
}
