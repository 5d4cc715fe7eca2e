import type { EventOf } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { DirectoryStore } from '../directory/directory.store.js';

/** Keeps an outage, an update of it, or its end; tickets that come meanwhile attach to it. */
export class ReceiveHealthNoticeHandler {
  constructor(private readonly directory: DirectoryStore) {}

  async handle(events: readonly EventOf<'handoff.health-notice.received.v1'>[], tx: Transaction): Promise<void> {
    for (const { data: { noticeId, offerId, summary, startedAt, endedAt } } of events) {
      await this.directory.saveHealthNotice(tx, { id: noticeId, offerId, summary, startedAt, endedAt });
    }
  }
}
