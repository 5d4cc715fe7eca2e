import type { EventOf } from '@handoff/contracts';
import { type ChunkContext, OnEvents } from '@handoff/messaging';
import { Controller, Inject } from '@nestjs/common';
import { NOTICE_STORE, type NoticeStore } from '../tell-health-notice/notice.store.js';
import type { TicketReply } from '../tickets/ticket.js';
import { TICKET_STORE, type TicketStore } from '../tickets/ticket.store.js';
import { AcknowledgeTicketHandler } from './acknowledge-ticket.handler.js';

/** What routing does with the events of `handoff.notifications`. */
@Controller()
export class NotificationsConsumer {
  constructor(private readonly handler: AcknowledgeTicketHandler, @Inject(TICKET_STORE) private readonly tickets: TicketStore, @Inject(NOTICE_STORE) private readonly notices: NoticeStore) {}

  @OnEvents('handoff.notification.acknowledged.v1')
  async onAcknowledged(events: readonly EventOf<'handoff.notification.acknowledged.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.handler.handleMessages(events, tx);
  }

  @OnEvents('handoff.notification.replied.v1')
  async onReplied(events: readonly EventOf<'handoff.notification.replied.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.tickets.addReplies(tx, events.map(replyOf));
  }

  @OnEvents('handoff.health-notice.told.v1')
  async onNoticesTold(events: readonly EventOf<'handoff.health-notice.told.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.notices.keepMessages(tx, events);
  }
}

function replyOf({ id, data: { ticketId, notificationId, destination, channel, by, repliedAt, text, isCut, attachments } }: EventOf<'handoff.notification.replied.v1'>): TicketReply {
  return { ticketId, eventId: id, notificationId, party: destination, channel, by, at: repliedAt, text, isCut, attachments };
}
