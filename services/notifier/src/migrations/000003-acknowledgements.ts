import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages whose link was used. */
export class Acknowledgements1700000002310 implements MigrationInterface {
  name = 'Acknowledgements1700000002310';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table acknowledgement (
        notification_id uuid primary key,
        acknowledged_at timestamptz not null,
        -- to whom the message went, as far as is known
        by text
      )`);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
