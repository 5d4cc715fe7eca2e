import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';

/** Response targets before it are counted as missed; of those from it on, the rows alone tell. */
export async function overdueMark(tx: Transaction): Promise<Date> {
  const [row] = await managerOf(tx).query<{ at: Date }[]>('select at from overdue_mark');
  if (row === undefined) throw new Error('The table overdue_mark has lost its row.');
  return row.at;
}

/**
 * All statements of this transaction read the same moment, so that what is counted and the mark belong together. It must be its first.
 * Nothing is shared among workers: handing rows over takes longer than adding them up, and others ask at the same time.
 */
export async function readOneMoment(tx: Transaction): Promise<void> {
  await managerOf(tx).query('set transaction isolation level repeatable read, read only; set local max_parallel_workers_per_gather = 0');
}
