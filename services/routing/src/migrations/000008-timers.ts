import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was asked to acknowledge a ticket, by when, and when the next step is due. */
export class Routing1700000001008 implements MigrationInterface {
  name = 'Routing1700000001008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ticket add column response jsonb;
      create index ticket_overdue on ticket (updated_at desc, id desc) where response->>'overdueSince' is not null;

      -- the next step of a ticket that nobody has acknowledged yet
      create table timer (
        ticket_id uuid primary key references ticket on delete cascade,
        due_at timestamptz not null,
        attempts integer not null default 0,
        failure text
      );
      create index timer_due on timer (due_at);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
