import type { EventOf } from '@handoff/contracts';
import { type ChunkContext, OnEvents } from '@handoff/messaging';
import { Controller } from '@nestjs/common';
import { PlanHealthNoticesHandler } from '../letters/plan-health-notices.handler.js';
import { SuppressRemindersHandler } from '../suppress-reminders/suppress-reminders.handler.js';
import { PlanNotificationsHandler } from './plan-notifications.handler.js';
import { toldAcknowledgement, toldResolution } from './for-source.decision.js';
import { toldEscalation } from './told-escalation.decision.js';

@Controller()
export class PlanNotificationsController {
  constructor(private readonly handler: PlanNotificationsHandler, private readonly reminders: SuppressRemindersHandler, private readonly notices: PlanHealthNoticesHandler) {}

  @OnEvents('handoff.ticket.routed.v1')
  async plan(events: readonly EventOf<'handoff.ticket.routed.v1'>[], context: ChunkContext): Promise<void> {
    await this.handler.handle(events, context.tx);
  }

  @OnEvents('handoff.ticket.escalated.v1')
  async planEscalations(events: readonly EventOf<'handoff.ticket.escalated.v1'>[], context: ChunkContext): Promise<void> {
    await this.handler.handle(events.map(toldEscalation), context.tx);
  }

  @OnEvents('handoff.ticket.resolved.v1')
  async planResolutions(events: readonly EventOf<'handoff.ticket.resolved.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.handler.handle(events.map(toldResolution), tx);
  }

  @OnEvents('handoff.health-notice.affected.v1')
  async planHealthNotices(events: readonly EventOf<'handoff.health-notice.affected.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.notices.handle(events, tx);
  }

  @OnEvents('handoff.ticket.acknowledged.v1')
  async planAcknowledgements(events: readonly EventOf<'handoff.ticket.acknowledged.v1'>[], { tx }: ChunkContext): Promise<void> {
    await this.handler.handle(events.map(toldAcknowledgement).filter((told) => told !== null), tx);
    await this.reminders.acknowledged(events.map(({ data }) => data), tx);
  }
}
