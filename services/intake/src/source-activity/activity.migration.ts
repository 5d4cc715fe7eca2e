import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of the webhooks of each source. */
export class SourceActivity1700000000302 implements MigrationInterface {
  name = 'SourceActivity1700000000302';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- counts of the last day
      create table source_activity (
        source text collate "C" not null references source on delete cascade,
        minute timestamptz not null,
        outcome text not null,
        count bigint not null,
        lag_count bigint not null,
        lag_ms_sum bigint not null,
        lag_ms_max bigint not null,
        primary key (source, minute, outcome)
      );
      create index source_activity_minute on source_activity (minute);

      -- when each outcome was last
      create table source_last (
        source text collate "C" not null references source on delete cascade,
        outcome text not null,
        at timestamptz not null,
        lag_ms bigint,
        primary key (source, outcome)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
