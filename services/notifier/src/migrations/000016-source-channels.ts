import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Through which source news of the tickets of a ticketing system comes back. */
export class SourceChannels1700000002380 implements MigrationInterface {
  name = 'SourceChannels1700000002380';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table channel add column news_source text');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
