import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secrets of channels are sealed. `secret` holds what an earlier version wrote, until this one seals it at its start. */
export class SealedSecrets1700000002300 implements MigrationInterface {
  name = 'SealedSecrets1700000002300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table channel add column sealed text, add constraint channel_secret_kept_once check (num_nonnulls(secret, sealed) < 2)');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
