import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { DataSource, QueryRunner } from 'typeorm';
import type { AfterCommit } from './after-commit.js';

/** Listens to the commits of a TypeORM data source. Each transaction has a query runner of its own. */
export class PostgresAfterCommit implements AfterCommit {
  private readonly waiting = new WeakMap<QueryRunner, (() => void)[]>();

  constructor(dataSource: DataSource) {
    dataSource.subscribers.push({
      afterTransactionCommit: ({ queryRunner }) => {
        const works = this.waiting.get(queryRunner) ?? [];
        this.waiting.delete(queryRunner);
        for (const work of works) work();
      },
    });
  }

  run(tx: Transaction, work: () => void): void {
    const { queryRunner } = managerOf(tx);
    if (queryRunner === undefined) throw new Error('The manager of a transaction has a query runner.');
    const works = this.waiting.get(queryRunner) ?? [];
    this.waiting.set(queryRunner, [...works, work]);
  }
}
