import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks signed with private keys, and secrets that hold for a while beside the one that took their place. */
export class WebhookKeys1700000002321 implements MigrationInterface {
  name = 'WebhookKeys1700000002321';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table channel add column public_key text, add column former_sealed text, add column former_until timestamptz');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
