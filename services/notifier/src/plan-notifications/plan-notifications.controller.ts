import type { EventOf } from '@handoff/contracts';
import { type ChunkContext, OnEvents } from '@handoff/messaging';
import { Controller } from '@nestjs/common';
import { PlanNotificationsHandler } from './plan-notifications.handler.js';
import { toldEscalation } from './told-escalation.decision.js';

@Controller()
export class PlanNotificationsController {
  constructor(private readonly handler: PlanNotificationsHandler) {}

  @OnEvents('handoff.ticket.routed.v1')
  async plan(events: readonly EventOf<'handoff.ticket.routed.v1'>[], context: ChunkContext): Promise<void> {
    await this.handler.handle(events, context.tx);
  }

  @OnEvents('handoff.ticket.escalated.v1')
  async planEscalations(events: readonly EventOf<'handoff.ticket.escalated.v1'>[], context: ChunkContext): Promise<void> {
    await this.handler.handle(events.map(toldEscalation), context.tx);
  }
}
