import type { Transaction } from '@handoff/messaging';
import { type MemoryDatabase, onRollback } from '@handoff/messaging';
import type { AfterCommit } from './after-commit.js';

/** The twin: transactions in memory run one after the other, so what queues up behind one sees how it ended. */
export class MemoryAfterCommit implements AfterCommit {
  constructor(private readonly database: MemoryDatabase) {}

  run(tx: Transaction, work: () => void): void {
    let isRolledBack = false;
    onRollback(tx, () => {
      isRolledBack = true;
    });
    void this.database.exclusively(() => {
      if (!isRolledBack) work();
      return Promise.resolve();
    });
  }
}
