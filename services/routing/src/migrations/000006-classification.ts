import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What led to a decision that no event of the source led to, as a person's word. */
export class Routing1700000001006 implements MigrationInterface {
  name = 'Routing1700000001006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table decision add column cause jsonb');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
