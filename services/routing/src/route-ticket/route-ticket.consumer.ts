import type { EventOf } from '@handoff/contracts';
import { type ChunkContext, OnEvents } from '@handoff/messaging';
import { Controller } from '@nestjs/common';
import { FollowCopiesHandler } from '../copies/follow-copies.handler.js';
import { ReceiveHealthNoticeHandler } from '../receive-health-notice/receive-health-notice.handler.js';
import { RouteTicketHandler } from './route-ticket.handler.js';

/** What routing does with the events of `handoff.intake`. */
@Controller()
export class IntakeConsumer {
  constructor(private readonly tickets: RouteTicketHandler, private readonly copies: FollowCopiesHandler, private readonly healthNotices: ReceiveHealthNoticeHandler) {}

  @OnEvents('handoff.ticket.received.v1')
  async onTickets(events: readonly EventOf<'handoff.ticket.received.v1'>[], { tx }: ChunkContext): Promise<void> {
    const own = await this.copies.take(events, tx);
    if (own.length > 0) await this.tickets.handle(own, tx);
  }

  @OnEvents('handoff.health-notice.received.v1')
  async onHealthNotices(events: readonly EventOf<'handoff.health-notice.received.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.healthNotices.handle(events, tx);
  }
}
