import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each source was asked what changed, and in which states its tickets were told. */
export class Reconciliation1700000000311 implements MigrationInterface {
  name = 'Reconciliation1700000000311';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reconciliation (
        source text collate "C" primary key references source on delete cascade,
        -- the cursor: all that changed until then is told
        read_up_to timestamptz not null,
        started_at timestamptz,
        last_success_at timestamptz,
        -- when the next poll is, where it is not by the interval
        retry_at timestamptz,
        problem text,
        problem_at timestamptz,
        -- polls that failed one after another
        failures integer not null default 0,
        -- tickets that no webhook had brought
        found bigint not null default 0,
        claim bigint not null default 0,
        claimed_until timestamptz
      );

      create table ticket_state (
        source text collate "C" not null references source on delete cascade,
        external_id text collate "C" not null,
        updated_at timestamptz not null,
        primary key (source, external_id)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
