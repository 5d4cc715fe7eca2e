import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sources and their secrets. */
export class Sources1700000000100 implements MigrationInterface {
  name = 'Sources1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table source (
        source text collate "C" primary key,
        adapter text not null,
        source_party text,
        tolerance_seconds integer,
        mapping jsonb not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );

      create table source_secret (
        seq bigint generated always as identity primary key,
        source text collate "C" not null references source on delete cascade,
        -- as it is: signatures are computed with it
        secret text not null,
        expires_at timestamptz
      );
      create index source_secret_source on source_secret (source);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/** What a source's adapter asks for beside its secret. */
export class SourceSettings1700000000101 implements MigrationInterface {
  name = 'SourceSettings1700000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table source add column settings jsonb not null default '{}'");
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
