import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tickets of which nobody needs to be reminded any more. */
export class AnsweredTickets1700000002340 implements MigrationInterface {
  name = 'AnsweredTickets1700000002340';

  async up(runner: QueryRunner): Promise<void> {
    // since which version, and why; null: never
    await runner.query('alter table ticket add column answered_version integer, add column answered_code text, add column answered_detail text');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
