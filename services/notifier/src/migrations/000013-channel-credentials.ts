import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With what Handoff shows to the receiver of a webhook who it is, or checks that a press of a button came from Slack. */
export class ChannelCredentials1700000002342 implements MigrationInterface {
  name = 'ChannelCredentials1700000002342';

  async up(runner: QueryRunner): Promise<void> {
    // sealed; and beside it what may be shown of them
    await runner.query('alter table channel add column credentials_sealed text, add column credentials_shown jsonb');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
