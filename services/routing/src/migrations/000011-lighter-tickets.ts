import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tickets and decisions are read whole, so they are kept as they were written, and not taken apart into `jsonb`. That a decision and a
 * timer have their ticket follows from the transaction that writes them; looking the ticket up for each row took as long as writing it.
 */
export class LighterTickets1700000001011 implements MigrationInterface {
  name = 'LighterTickets1700000001011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table decision drop constraint decision_ticket_id_fkey;
      alter table decision alter column decision type json, alter column cause type json;
      alter table timer drop constraint timer_ticket_id_fkey;
      drop index ticket_overdue;
      alter table ticket alter column state type json, alter column response type json;
      create index ticket_overdue on ticket (updated_at desc, id desc) where response->>'overdueSince' is not null;
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
