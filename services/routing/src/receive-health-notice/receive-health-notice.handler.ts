import type { EventOf } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { DirectoryStore } from '../directory/directory.store.js';
import type { NoticeStore } from '../tell-health-notice/notice.store.js';

export interface ReceiveHealthNoticePorts {
  readonly directory: DirectoryStore;
  readonly notices: Pick<NoticeStore, 'begin'>;
  readonly clock: Clock;
}

/** Keeps an outage, an update of it, or its end; tickets that come meanwhile attach to it. What is news is told to the partners that it concerns. */
export class ReceiveHealthNoticeHandler {
  constructor(private readonly ports: ReceiveHealthNoticePorts) {}

  async handle(events: readonly EventOf<'handoff.health-notice.received.v1'>[], tx: Transaction): Promise<void> {
    const { directory, notices, clock } = this.ports;
    for (const { data: { noticeId, offerId, summary, startedAt, endedAt } } of events) {
      const version = await directory.saveHealthNotice(tx, { id: noticeId, offerId, summary, startedAt, endedAt });
      if (version !== null) await notices.begin(tx, noticeId, version, clock.now());
    }
  }
}
