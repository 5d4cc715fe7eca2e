import type { Outbound } from '@handoff/outbound';
import type { TicketMessage } from '../../message/message.js';
import { type Answer, type Channel, safeDetail, type TicketingAddress } from '../channel.js';
import type { ForeignTicket } from './foreign-ticket.js';
import type { ForeignTicketStore } from './foreign-ticket.store.js';
import { newsOf, toldOf } from './news.decision.js';
import { NotTaken } from './not-taken.js';
import { TicketingCalls } from './ticketing-calls.js';
import type { Desk, TicketingSystem } from './ticketing-system.js';
import { ticketingSystemOf } from './ticketing-systems.js';
import { markOf, newTicketOf, noteOf, sourceNoteOf } from './ticketing-text.decision.js';

export interface TicketingChannelParts {
  readonly outbound: Outbound;
  readonly tickets: Pick<ForeignTicketStore, 'find'>;
  /** Name of the installation, which the texts that it writes carry. */
  readonly installation: string;
}

interface Place {
  readonly system: TicketingSystem;
  readonly desk: Desk<unknown>;
  readonly channelId: string;
  readonly installation: string;
  readonly newsSource: string | null;
}

/** What is shorter stands in many texts, and is no secret. */
const SECRET_CHARS_MIN = 6;

/**
 * Tickets in the contact's own system: the first message of a ticket opens one there, later ones add notes, and the end resolves it.
 *
 * Of a channel and ticket one message at a time is under way. Any attempt may have been made before without our knowing its
 * outcome, so each looks first for what it would write: for the ticket by its reference, for a note by its mark.
 */
export class TicketingChannel implements Channel<TicketingAddress, TicketMessage> {
  constructor(private readonly parts: TicketingChannelParts) {}

  async send(message: TicketMessage, to: TicketingAddress, signal: AbortSignal): Promise<Answer> {
    const place = this.placeOf(to, signal);
    if (place === null) return { kind: 'unusable', detail: 'The settings or credentials of the channel are not those of its system. Set them again.' };
    const known = await this.parts.tickets.find(to.channelId, message.ticketId);
    try {
      if (to.isSource) return await this.tellSource(message, place, known);
      const told = known === null ? await openOrFind(message, place) : await tell(message, place, known);
      return { kind: 'accepted', receipt: receiptOf(place.system, told), foreignTicket: withNews(told, place) };
    } catch (error) {
      if (error instanceof NotTaken) return error.answer;
      throw error;
    }
  }

  /** A note on the ticket that all came from. It is theirs: nothing else of it changes, but that it is done when its contact says so. */
  private async tellSource(message: TicketMessage, place: Place, known: ForeignTicket | null): Promise<Answer> {
    const { system, desk, channelId } = place;
    const { externalId, url } = message.ticket;
    const located = known ?? (system.locate === undefined ? { id: externalId, number: null, url } : await system.locate(externalId, desk));
    if (located === null) return { kind: 'answered', protocol: 'http', status: 404, detail: `${system.title} has no ticket ${safeDetail(externalId)}.`, retryAfterMs: null };
    const ticket: ForeignTicket = known ?? { ...located, channelId, ticketId: message.ticketId, system: system.name, toldVersion: 0, toldSeverity: null, isClosed: false };
    const turn = message.isOver && message.ticketVersion >= ticket.toldVersion ? 'close' : 'none';
    const note = await system.hasNote(ticket, markOf(message), desk) ? null : sourceNoteOf(message, place);
    if (note !== null || turn !== 'none') await system.update(ticket, { note, severity: null, turn }, desk);
    return { kind: 'accepted', receipt: receiptOf(system, ticket), foreignTicket: { ...ticket, toldVersion: Math.max(ticket.toldVersion, message.ticketVersion) } };
  }

  private placeOf({ channelId, system: name, baseUrl, settings, credentials, newsSource }: TicketingAddress, signal: AbortSignal): Place | null {
    const system = ticketingSystemOf(name);
    const parsedSettings = system?.settings.safeParse(settings);
    const parsedCredentials = system?.credentials.safeParse(JSON.parse(credentials));
    if (system === null || parsedSettings?.success !== true || parsedCredentials?.success !== true) return null;
    const signIn = system.signIn(parsedCredentials.data, baseUrl);
    const calls = new TicketingCalls({ outbound: this.parts.outbound, baseUrl, signIn, secrets: secretsIn(parsedCredentials.data), signal, ...(system.conflicts === undefined ? {} : { conflicts: system.conflicts }) });
    return { system, channelId, newsSource, installation: this.parts.installation, desk: { calls, baseUrl, settings: parsedSettings.data } };
  }
}

async function openOrFind(message: TicketMessage, place: Place): Promise<ForeignTicket> {
  const { system, desk, channelId } = place;
  const wanted = newTicketOf(message, place);
  const found = await system.find(wanted, desk);
  const isTold = found === null || found.text?.includes(markOf(message)) === true;
  const { id, number, url } = found ?? await system.open(wanted, desk);
  const ticket: ForeignTicket = { id, number, url, channelId, ticketId: message.ticketId, system: system.name, toldVersion: 0, toldSeverity: isTold ? message.ticket.severity : null, isClosed: false };
  return tell(message, place, ticket, isTold);
}

/** @param isNoted whether what the message says is there already. */
async function tell(message: TicketMessage, place: Place, known: ForeignTicket, isNoted?: boolean): Promise<ForeignTicket> {
  const { system, desk } = place;
  const isThere = isNoted === true || await system.hasNote(known, markOf(message), desk);
  const news = newsOf(message, known, isThere ? null : noteOf(message, place));
  if (news.note !== null || news.severity !== null || news.turn !== 'none') await system.update(known, news, desk);
  return toldOf(message, known);
}

/** How its webhooks will name it, for whoever takes them. */
function withNews(ticket: ForeignTicket, { newsSource, system }: Place): ForeignTicket {
  return newsSource === null ? ticket : { ...ticket, news: { source: newsSource, externalIds: system.idsInWebhooks?.(ticket) ?? [ticket.id] } };
}

function receiptOf({ title }: TicketingSystem, { id, number, url }: ForeignTicket): string {
  return safeDetail(`Ticket ${number ?? id} in ${title}${url === null ? '' : `: ${url}`}`);
}

function secretsIn(credentials: unknown): readonly string[] {
  const values = typeof credentials === 'object' && credentials !== null ? Object.values(credentials) as unknown[] : [];
  return values.filter((value): value is string => typeof value === 'string' && value.length >= SECRET_CHARS_MIN);
}
