import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports into the directory: what was sent, what is wrong with it, and what waits to be applied. */
export class Routing1700000001004 implements MigrationInterface {
  name = 'Routing1700000001004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table import (
        seq bigint generated always as identity primary key,
        id text not null unique,
        options jsonb not null,
        state text not null check (state in ('receiving', 'staged', 'checked', 'applied', 'refused', 'failed')),
        -- the upload that may write; one that was overtaken by another finds a different id here
        upload uuid not null,
        position jsonb not null,
        counts jsonb not null,
        ignored_columns jsonb not null default '[]',
        detail text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        finished_at timestamptz
      );
      create index import_unfinished on import (updated_at) where state in ('receiving', 'staged', 'failed');

      create table import_problem (
        import_seq bigint not null references import on delete cascade,
        number integer not null,
        line bigint not null,
        field text not null,
        code text not null,
        detail text not null,
        remedy text not null,
        primary key (import_seq, number)
      );

      -- unlogged: it is emptied when the server crashes, and then the file is read from its beginning
      create unlogged table import_entry (
        import_seq bigint not null,
        kind text not null,
        id text not null,
        line bigint not null,
        rank smallint,
        document jsonb not null,
        primary key (import_seq, kind, id)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
