import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What suppressions hold is not delivered yet either. */
export class HeldAreUndelivered1700000002361 implements MigrationInterface {
  name = 'HeldAreUndelivered1700000002361';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index notification_undelivered;
      create index notification_undelivered on notification (seq desc) where state in ('pending', 'failed') or code in ('channel-disabled', 'held', 'summarised');
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
