import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that Kafka could not take yet. */
export class Spool1700000000200 implements MigrationInterface {
  name = 'Spool1700000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table spool (
        -- a later event of a ticket comes after its former one was committed, so it has the higher number
        seq bigint generated always as identity primary key,
        topic text not null,
        key text not null,
        headers jsonb not null,
        value text not null,
        spooled_at timestamptz not null default now()
      );
      create index spool_key on spool (key);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
