import type { EventOf } from '@handoff/contracts';
import { type ChunkContext, OnEvents } from '@handoff/messaging';
import { Controller, Inject } from '@nestjs/common';
import { NOTICE_STORE, type NoticeStore } from '../tell-health-notice/notice.store.js';
import { PassOnReplyHandler, type ReplyToPassOn } from '../reply/pass-on-reply.handler.js';
import { FollowCopiesHandler } from '../copies/follow-copies.handler.js';
import { AcknowledgeTicketHandler } from './acknowledge-ticket.handler.js';

/** What routing does with the events of `handoff.notifications`. */
@Controller()
export class NotificationsConsumer {
  constructor(private readonly handler: AcknowledgeTicketHandler, private readonly replies: PassOnReplyHandler, private readonly copies: FollowCopiesHandler, @Inject(NOTICE_STORE) private readonly notices: NoticeStore) {}

  @OnEvents('handoff.notification.acknowledged.v1')
  async onAcknowledged(events: readonly EventOf<'handoff.notification.acknowledged.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.handler.handleMessages(events, tx);
  }

  @OnEvents('handoff.notification.replied.v1')
  async onReplied(events: readonly EventOf<'handoff.notification.replied.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.replies.handle(events.map(replyOf), tx);
  }

  @OnEvents('handoff.notification.delivered.v1')
  async onDelivered(events: readonly EventOf<'handoff.notification.delivered.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.copies.learn(events, tx);
  }

  @OnEvents('handoff.health-notice.told.v1')
  async onNoticesTold(events: readonly EventOf<'handoff.health-notice.told.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.notices.keepMessages(tx, events);
  }
}

function replyOf({ id, traceparent, data: { ticketId, notificationId, destination, channel, by, repliedAt, text, isCut, attachments } }: EventOf<'handoff.notification.replied.v1'>): ReplyToPassOn {
  return { ticketId, eventId: id, notificationId, party: destination, channel, by, at: repliedAt, text, isCut, attachments, traceparent };
}
