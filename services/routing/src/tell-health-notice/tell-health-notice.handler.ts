import type { Transaction } from '@handoff/messaging';
import { affectedBy, affectedEvent } from './affected.decision.js';
import type { NoticeStore, Telling } from './notice.store.js';

/** Subscriptions that are read in one transaction. */
export const SUBSCRIPTIONS_AT_ONCE = 1_000;
/** Partners that are told in one transaction: each is an event. */
export const PARTNERS_AT_ONCE = 200;

/** Takes the next step in telling of a notice: a page of subscriptions is read, or a page of partners is told. */
export class TellHealthNoticeHandler {
  constructor(private readonly notices: NoticeStore) {}

  /** @param telling that is locked */
  async handle(telling: Telling, tx: Transaction, now: Date): Promise<void> {
    await (telling.stage === 'collect' ? this.collect(telling, tx, now) : this.tell(telling, tx, now));
  }

  private async collect(telling: Telling, tx: Transaction, now: Date): Promise<void> {
    const { notice, position } = telling;
    const sales = await this.notices.sales(tx, notice.offerId, position, SUBSCRIPTIONS_AT_ONCE);
    await this.notices.note(tx, telling, sales.flatMap((sale) => affectedBy(sale, now.toISOString())));
    const last = sales.length < SUBSCRIPTIONS_AT_ONCE ? undefined : sales.at(-1);
    await this.notices.advance(tx, notice.id, last === undefined ? { stage: 'tell', position: '' } : { stage: 'collect', position: last.subscriptionId });
  }

  private async tell(telling: Telling, tx: Transaction, now: Date): Promise<void> {
    const { notice, version } = telling;
    const partners = await this.notices.partners(tx, telling, PARTNERS_AT_ONCE);
    const facts = { notice, version, ...(await this.notices.names(tx, notice.offerId)), at: now.toISOString() };
    await tx.outbox.add(partners.map((partner) => affectedEvent({ ...partner, isFirst: partner.toldVersion === 0 }, facts)));
    await this.notices.told(tx, telling, partners, now);
    const last = partners.length < PARTNERS_AT_ONCE ? undefined : partners.at(-1);
    if (last === undefined) await this.notices.finish(tx, notice.id);
    else await this.notices.advance(tx, notice.id, { stage: 'tell', position: last.partnerId });
  }
}
