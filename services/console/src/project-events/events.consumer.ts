import type { EventOf, EventType, HandoffEvent } from '@handoff/contracts';
import { type ChunkContext, OnEvents } from '@handoff/messaging';
import { Controller } from '@nestjs/common';
import { ProjectEventsHandler } from './project-events.handler.js';

/** Every event of the three topics goes the same way. */
@Controller()
export class EventsConsumer {
  constructor(private readonly projection: ProjectEventsHandler) {}

  @OnEvents('handoff.ticket.received.v1')
  async onReceived(events: readonly EventOf<'handoff.ticket.received.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.health-notice.received.v1')
  async onNoticeReceived(events: readonly EventOf<'handoff.health-notice.received.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.ticket.routed.v1')
  async onRouted(events: readonly EventOf<'handoff.ticket.routed.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.ticket.attached.v1')
  async onAttached(events: readonly EventOf<'handoff.ticket.attached.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.ticket.detached.v1')
  async onDetached(events: readonly EventOf<'handoff.ticket.detached.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.ticket.acknowledged.v1')
  async onAcknowledged(events: readonly EventOf<'handoff.ticket.acknowledged.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.ticket.reassigned.v1')
  async onReassigned(events: readonly EventOf<'handoff.ticket.reassigned.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.ticket.resolved.v1')
  async onResolved(events: readonly EventOf<'handoff.ticket.resolved.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.ticket.escalated.v1')
  async onEscalated(events: readonly EventOf<'handoff.ticket.escalated.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.health-notice.affected.v1')
  async onNoticeAffected(events: readonly EventOf<'handoff.health-notice.affected.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.notification.delivered.v1')
  async onDelivered(events: readonly EventOf<'handoff.notification.delivered.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.notification.failed.v1')
  async onFailed(events: readonly EventOf<'handoff.notification.failed.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.notification.suppressed.v1')
  async onSuppressed(events: readonly EventOf<'handoff.notification.suppressed.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.notification.acknowledged.v1')
  async onNotificationAcknowledged(events: readonly EventOf<'handoff.notification.acknowledged.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.notification.replied.v1')
  async onReplied(events: readonly EventOf<'handoff.notification.replied.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  @OnEvents('handoff.health-notice.told.v1')
  async onNoticeTold(events: readonly EventOf<'handoff.health-notice.told.v1'>[], context: ChunkContext): Promise<void> {
    await this.take(events, context);
  }

  private take<T extends EventType>(events: readonly EventOf<T>[], { tx }: ChunkContext): Promise<void> {
    return this.projection.handle(events as unknown as readonly HandoffEvent[], tx);
  }
}
