import type { EventOf } from '@handoff/contracts';
import { type ChunkContext, OnEvents } from '@handoff/messaging';
import { Controller } from '@nestjs/common';
import { AcknowledgeTicketHandler } from './acknowledge-ticket.handler.js';

/** What routing does with the events of `handoff.notifications`. */
@Controller()
export class NotificationsConsumer {
  constructor(private readonly handler: AcknowledgeTicketHandler) {}

  @OnEvents('handoff.notification.acknowledged.v1')
  async onAcknowledged(events: readonly EventOf<'handoff.notification.acknowledged.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.handler.handleLinks(events, tx);
  }
}
