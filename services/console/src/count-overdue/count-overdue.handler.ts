import type { Transactions } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { ReadModelStore } from '../read-model/read-model.store.js';

/** Keeps the numbers of overdue tickets near the present. Whoever reads them looks for the rest in the rows, so they are right at every moment. */
export class CountOverdueHandler {
  constructor(private readonly store: ReadModelStore, private readonly transactions: Transactions, private readonly clock: Clock) {}

  /** Counts what became overdue meanwhile, a transaction a batch, until nothing is left or `stop` is aborted. */
  async run(stop: AbortSignal): Promise<void> {
    for (let hasMore = true; hasMore && !stop.aborted;) {
      hasMore = await this.transactions.run(async (tx) => {
        await this.store.lock(tx);
        return this.store.countOverdue(tx, this.clock.now());
      });
    }
  }
}
