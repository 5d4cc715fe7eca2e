import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each source may still send, over all instances. It is worth nothing after a crash, so it is not logged. */
export class SourceRates1700000000320 implements MigrationInterface {
  name = 'SourceRates1700000000320';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table source_rate (
        source text collate "C" primary key,
        tokens double precision not null,
        at timestamptz not null
      );
      -- instances that took from it lately
      create unlogged table source_rate_spender (
        source text collate "C" not null,
        instance uuid not null,
        at timestamptz not null,
        primary key (source, instance)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
