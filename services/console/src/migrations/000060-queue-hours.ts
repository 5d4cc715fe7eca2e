import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came into a queue and what was finished there, by hour: rows so narrow that a day of all queues is read at each look. */
export class QueueHours1700000003060 implements MigrationInterface {
  name = 'QueueHours1700000003060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table queue_hour (
        -- when the hour begins, in UTC
        at timestamptz not null,
        queue text not null,
        received bigint not null,
        finished bigint not null,
        primary key (at, queue)
      ) with (fillfactor = 70);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
