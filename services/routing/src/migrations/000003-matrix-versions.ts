import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of the responsibility matrix, with their cases. */
export class Routing1700000001003 implements MigrationInterface {
  name = 'Routing1700000001003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table matrix_version (
        version text primary key,
        state text not null check (state in ('draft', 'tested', 'active', 'retired')),
        matrix text not null,
        cases text not null,
        -- rises with each change of the row, so that nobody overwrites what he has not seen
        revision integer not null default 1,
        -- the active version beside which this one was last tested
        base text references matrix_version,
        -- the version that this one replaced: a rollback goes there
        replaced text references matrix_version,
        failed_cases integer,
        created_at timestamptz not null,
        created_by text not null,
        changed_at timestamptz not null,
        tested_at timestamptz,
        activates_at timestamptz,
        activated_at timestamptz,
        activated_by text,
        -- counts activations; whoever knows two versions knows by it which became active later
        activation bigint,
        retired_at timestamptz,
        note text
      );
      create unique index matrix_version_active on matrix_version ((true)) where state = 'active';
      create index matrix_version_created on matrix_version (created_at desc, version desc);
      create index matrix_version_due on matrix_version (activates_at) where activates_at is not null;
      create sequence matrix_activation;
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
