import type { AttachmentLink } from '@handoff/contracts';
import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { DirectoryStore } from '../directory/directory.store.js';
import { keysOf } from '../route-ticket/question.decision.js';
import { decideTicket } from '../route-ticket/route-ticket.decision.js';
import { withDefaults } from '../tickets/merge-ticket.decision.js';
import type { TicketReply } from '../tickets/ticket.js';
import type { TicketStore } from '../tickets/ticket.store.js';

export interface PassOnReplyPorts {
  readonly tickets: TicketStore;
  readonly directory: Pick<DirectoryStore, 'slice'>;
  readonly matrix: (tx: Transaction) => CompiledMatrix | Promise<CompiledMatrix>;
  readonly clock: Clock;
}

export interface ReplyToPassOn extends TicketReply {
  readonly traceparent: string | null;
  /** What of its attachments others can open. */
  readonly links?: readonly AttachmentLink[];
}

/** What a contact wrote becomes a part of the ticket, and goes to the system that the ticket came from and to the others who work on it. */
export class PassOnReplyHandler {
  constructor(private readonly ports: PassOnReplyPorts) {}

  async handle(replies: readonly ReplyToPassOn[], tx: Transaction): Promise<void> {
    const { tickets } = this.ports;
    await tickets.lock(tx, [...new Set(replies.map(({ ticketId }) => ticketId))]);
    await tickets.addReplies(tx, replies.map(({ traceparent: _traceparent, links: _links, ...reply }) => reply));
    for (const reply of replies) await this.passOn(reply, tx);
  }

  private async passOn({ ticketId, eventId, party, by, text, at, traceparent, links }: ReplyToPassOn, tx: Transaction): Promise<void> {
    const { tickets, directory, matrix, clock } = this.ports;
    const ticket = (await tickets.lock(tx, [ticketId])).get(ticketId);
    if (ticket === undefined || text.trim() === '') return;
    const { state } = ticket;
    const routed = decideTicket({
      former: ticket, state, directory: await directory.slice(tx, keysOf([withDefaults(state)])), matrix: await matrix(tx), now: clock.now().toISOString(),
      occasion: {
        eventId, traceparent, change: 'commented', cause: { type: 'replied', by }, comment: { author: by, body: text, isPublic: true }, attachments: links, heardFrom: party,
        times: { occurredAt: state.occurredAt, receivedAt: at }, isNews: () => true,
      },
    });
    await tickets.save(tx, [routed.ticket], [routed.record]);
    await tx.outbox.add(routed.events);
  }
}
