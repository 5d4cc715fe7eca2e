import type { Transaction } from '@handoff/messaging';

/** Runs work when a transaction has committed; when it rolls back, never. The work must not throw, nor wait for anything. */
export interface AfterCommit {
  run(tx: Transaction, work: () => void): void;
}
