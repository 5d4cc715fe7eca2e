import { type EventOf, type HandoffEvent, ticketIdOf } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { type Clock, counter } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { AcknowledgeTicketHandler } from '../acknowledge/acknowledge-ticket.handler.js';
import type { PassOnReplyHandler, ReplyToPassOn } from '../reply/pass-on-reply.handler.js';
import type { ResolveTicketHandler } from '../resolve/resolve-ticket.handler.js';
import type { Ticket } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';
import { type CopyNews, isWith, newsOfCopy } from './copy-news.decision.js';
import type { Received, TicketCopy } from './ticket-copy.js';
import type { TicketCopyStore } from './ticket-copy.store.js';

export interface FollowCopiesPorts {
  readonly copies: TicketCopyStore;
  readonly tickets: Pick<TicketStore, 'lock' | 'addReplies'>;
  readonly acknowledge: Pick<AcknowledgeTicketHandler, 'takeElsewhere'>;
  readonly replies: Pick<PassOnReplyHandler, 'handle'>;
  readonly resolve: Pick<ResolveTicketHandler, 'take'>;
  readonly clock: Clock;
}

/** As it is kept of a reply. */
const REPLY_CHARS_MAX = 8_000;

const newsTotal = counter('handoff_copy_news_total', 'Events of tickets that Handoff opened in other systems, by what became of them', ['outcome']);

/**
 * A ticket that Handoff opened in a contact's own system is no ticket of its own: what happens to it there is news of the ticket that it
 * stands for. Which tickets these are is learnt from the notifier. News that comes earlier is held.
 */
export class FollowCopiesHandler {
  private readonly logger = new Logger(FollowCopiesHandler.name);

  constructor(private readonly ports: FollowCopiesPorts) {}

  /** Takes the news of copies out of a chunk. @returns what is about tickets of their own. */
  async take(events: readonly Received[], tx: Transaction): Promise<readonly Received[]> {
    const { copies } = this.ports;
    const ids = [...new Set(events.map(({ data }) => data.ticketId))];
    const found = await copies.find(tx, ids);
    const unknown = events.filter(({ data }) => data.isCopy === true && !found.has(data.ticketId));
    const known = new Map([...found, ...(unknown.length === 0 ? [] : await this.holdUnknown(unknown, tx))]);
    const news = events.filter(({ data }) => known.has(data.ticketId));
    if (news.length > 0) await copies.note(tx, news, this.ports.clock.now());
    for (const event of news) {
      const copy = known.get(event.data.ticketId);
      if (copy !== undefined) await this.tell(event, copy, tx);
    }
    return events.filter(({ data }) => data.isCopy !== true && !known.has(data.ticketId));
  }

  /** Learns of copies, and takes the news of them that came before. */
  async learn(delivered: readonly EventOf<'handoff.notification.delivered.v1'>[], tx: Transaction): Promise<void> {
    const learnt = delivered.flatMap(copiesIn);
    if (learnt.length === 0) return;
    const ids = learnt.map(({ copyId }) => copyId);
    await this.ports.copies.lock(tx, ids);
    await this.ports.copies.keep(tx, learnt);
    const known = await this.ports.copies.find(tx, ids);
    for (const event of await this.ports.copies.takeHeld(tx, ids)) {
      const copy = known.get(event.data.ticketId);
      if (copy !== undefined) await this.tell(event, copy, tx);
    }
  }

  /** @returns those that became known meanwhile. */
  private async holdUnknown(events: readonly Received[], tx: Transaction): Promise<ReadonlyMap<string, TicketCopy>> {
    const { copies, clock } = this.ports;
    const ids = events.map(({ data }) => data.ticketId);
    await copies.lock(tx, ids);
    const found = await copies.find(tx, ids);
    const held = events.filter(({ data }) => !found.has(data.ticketId));
    if (held.length === 0) return found;
    const dropped = await copies.hold(tx, held, clock.now());
    newsTotal.inc({ outcome: 'held' }, held.length);
    if (dropped > 0) newsTotal.inc({ outcome: 'dropped' }, dropped);
    return found;
  }

  private async tell(event: Received, copy: TicketCopy, tx: Transaction): Promise<void> {
    const ticket = (await this.ports.tickets.lock(tx, [copy.ticketId])).get(copy.ticketId);
    if (ticket === undefined) return this.logger.warn({ ...copy }, 'News of a copy is about a ticket that is not there.');
    const news = newsOfCopy(event.data, copy.system);
    const outcome = await this.apply(news, { event, copy, ticket }, tx);
    newsTotal.inc({ outcome });
  }

  private async apply(news: CopyNews, { event, copy, ticket }: { readonly event: Received; readonly copy: TicketCopy; readonly ticket: Ticket }, tx: Transaction): Promise<'resolved' | 'acknowledged' | 'replied' | 'nothing'> {
    const { tickets, acknowledge, replies, resolve } = this.ports;
    const said = { party: copy.destination, by: news.comment?.author ?? null, via: copy.system, traceparent: event.traceparent };
    const reply = replyOf(event, copy, news);
    if (news.isDone && !ticket.state.isClosed && isWith(ticket.response, copy.destination)) {
      if (reply !== null) await tickets.addReplies(tx, [plain(reply)]);
      await resolve.take(tx, ticket, { ...said, note: reply?.text ?? null, links: reply?.links ?? [] });
      return 'resolved';
    }
    if (reply !== null) await replies.handle([reply], tx);
    if (news.isAccepted && await acknowledge.takeElsewhere(tx, copy.ticketId, { ...said, serviceRequestNumber: null })) return 'acknowledged';
    return reply === null ? 'nothing' : 'replied';
  }
}

/** Most deliveries open no ticket of which news comes back. */
export function tellsNoCopy(event: HandoffEvent): boolean {
  return event.type === 'handoff.notification.delivered.v1' && event.data.foreignTicket?.news === undefined;
}

function copiesIn({ data: { ticketId, destination, notificationId, foreignTicket } }: EventOf<'handoff.notification.delivered.v1'>): TicketCopy[] {
  const { news, system = '' } = foreignTicket ?? {};
  return (news?.externalIds ?? []).map((externalId) => ({ copyId: ticketIdOf(news?.source ?? '', externalId), ticketId, destination, notificationId, system }));
}

function replyOf({ id, data: { occurredAt }, traceparent }: Received, { ticketId, destination, notificationId }: TicketCopy, { comment }: CopyNews): ReplyToPassOn | null {
  if (comment === null) return null;
  const { author, body, attachments } = comment;
  return {
    ticketId, eventId: id, notificationId, party: destination, channel: 'ticketing', by: author, at: occurredAt, text: body.slice(0, REPLY_CHARS_MAX).toWellFormed(), isCut: body.length > REPLY_CHARS_MAX,
    attachments: [], traceparent, links: attachments,
  };
}

function plain({ traceparent: _traceparent, links: _links, ...reply }: ReplyToPassOn) {
  return reply;
}
