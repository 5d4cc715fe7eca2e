import { setTimeout as delay } from 'node:timers/promises';
import { CommandFailure, type ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { allPages } from '../http/all-pages.js';
import { refusalOf, refusalSentence } from '../http/refusal.js';
import type { ServiceClient } from '../http/service-client.js';
import { isRecord, type JsonRecord, listAt, parsedJson, textAt } from '../json-reading.js';
import { ticketLines, ticketTable } from '../texts/ticket-text.js';
import type { CommandContext } from './context.js';

export interface TicketsOptions {
  readonly queue?: string;
  readonly source?: string;
  readonly externalId?: string;
  readonly limit: number;
  readonly cursor?: string;
  /** Seconds. */
  readonly wait: number;
}

const POLL_INTERVAL_MS = 100;

/** One ticket with all that became of it, or a list of tickets. */
export async function tickets(context: CommandContext, [ticketId]: readonly string[], options: TicketsOptions): Promise<ExitCode> {
  return ticketId === undefined ? listTickets(context, options) : showTicket(context, ticketId, options.wait * 1_000);
}

async function listTickets({ services, terminal, isJson, paint }: CommandContext, { queue, source, externalId, limit, cursor }: TicketsOptions): Promise<ExitCode> {
  const page = await services.routing.get('/v1/tickets', { queue, source, externalId, limit, cursor });
  const next = textAt(page, 'next');
  const more = next === null ? [] : [paint.dim(`More: add --cursor ${next}`)];
  terminal.write(isJson ? asJson(page) : asText([...ticketTable(listAt(page, 'items')), ...more]));
  return 0;
}

async function showTicket({ services, terminal, isJson, paint }: CommandContext, ticketId: string, waitMs: number): Promise<ExitCode> {
  const ticket = await awaitTicket(services.routing, ticketId, waitMs);
  const { items, failure } = await notificationsOf(services.notifier, textAt(ticket, 'ticketId') ?? ticketId);
  const document = { ...ticket, reasons: listAt(ticket, 'decision', 'reasons'), notifications: items };
  terminal.write(isJson ? asJson(document) : asText(ticketLines(ticket, items, paint)));
  if (failure === null) return 0;
  terminal.tell(`The notifications cannot be shown. ${failure}\n`);
  return 1;
}

/** A ticket that was accepted a moment ago may not be decided yet. */
async function awaitTicket(routing: ServiceClient, ticketId: string, waitMs: number): Promise<JsonRecord> {
  const path = `/v1/tickets/${encodeURIComponent(ticketId)}`;
  const deadlineMs = performance.now() + waitMs;
  for (;;) {
    const { status, body } = await routing.ask(path);
    const text = body.toString('utf8');
    const value = parsedJson(text);
    if (status === 200 && isRecord(value)) return value;
    const refusal = refusalOf(status, text);
    if (status !== 404) throw new CommandFailure(1, refusal.code, refusalSentence('The routing service', `GET ${path}`, refusal), status);
    if (performance.now() >= deadlineMs) throw new CommandFailure(1, refusal.code, `${refusal.detail} Waited ${waitMs / 1_000} s for it at ${routing.url}; wait longer with --wait, and look for what holds it up with: npx handoff doctor`, status);
    await delay(POLL_INTERVAL_MS);
  }
}

/** All notifications of the ticket; `null` and a sentence where the notifier cannot tell. */
async function notificationsOf(notifier: ServiceClient, ticketId: string): Promise<{ readonly items: readonly unknown[] | null; readonly failure: string | null }> {
  try {
    return { items: await allPages(notifier, '/v1/notifications', { ticketId }), failure: null };
  } catch (error) {
    if (error instanceof CommandFailure) return { items: null, failure: error.message };
    throw error;
  }
}
