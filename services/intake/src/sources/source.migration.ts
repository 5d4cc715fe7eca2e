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

/** Secrets are sealed, and it is known when each was made. `secret` holds what an earlier version wrote, until this one seals it at its start. */
export class SealedSecrets1700000000300 implements MigrationInterface {
  name = 'SealedSecrets1700000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table source_secret
        add column sealed text,
        add column created_at timestamptz,
        alter column secret drop not null,
        add constraint source_secret_kept_once check (num_nonnulls(secret, sealed) = 1);
      update source_secret set created_at = (select created_at from source where source.source = source_secret.source);
      alter table source_secret alter column created_at set not null, alter column created_at set default now();
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/** How a source is guarded, paused and read from. */
export class SourceAccess1700000000301 implements MigrationInterface {
  name = 'SourceAccess1700000000301';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table source
        add column paused_at timestamptz,
        add column allowed_addresses text[] not null default '{}',
        add column requests_per_second_max integer,
        add column api jsonb,
        -- the credentials of api
        add column api_sealed text,
        add column reconcile_every_seconds integer,
        add column own_actors text[] not null default '{}'
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/** Whether a source tells of copies alone. */
export class SourceCopies1700000000330 implements MigrationInterface {
  name = 'SourceCopies1700000000330';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table source add column copies_only boolean not null default false');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
