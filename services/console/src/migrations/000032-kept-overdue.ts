import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many tickets missed their response target is kept with the other numbers, up to a moment that moves on. */
export class KeptOverdue1700000003032 implements MigrationInterface {
  name = 'KeptOverdue1700000003032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table queue_count add column overdue bigint not null default 0;
      alter table ticket_measure add column overdue bigint not null default 0;
      -- Targets before it are counted as missed where nobody answered; those from it on are looked for in the rows. Whole milliseconds.
      create table overdue_mark (is_only boolean primary key default true check (is_only), at timestamptz not null);
      insert into overdue_mark (at) values ('epoch');
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
