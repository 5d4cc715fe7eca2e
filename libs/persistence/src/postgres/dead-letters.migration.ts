import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was set aside becomes a dead letter when it is given up: kept byte for byte, with its history, and after it was
 * settled by a person as well. Only adds: the version before works with it.
 */
export class DeadLetters1700000000002 implements MigrationInterface {
  name = 'DeadLetters1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- key, value and headers in base64; where it is there, key, value and headers beside it are empty
      alter table outbox add column copy jsonb;

      alter table parked
        add column id uuid not null default gen_random_uuid() unique,
        add column key_bytes bytea,
        -- pairs of name and base64, in order; null in rows of the version before, which kept texts alone
        add column header_pairs jsonb,
        add column timestamp_ms bigint not null default 0,
        add column error_name text,
        -- when it was given up
        add column dead_at timestamptz,
        add column edited_value bytea,
        add column history jsonb not null default '[]';
      update parked set dead_at = parked_at where retry_at is null;

      create table parked_settled (
        like parked including defaults,
        outcome text not null check (outcome in ('retried', 'discarded')),
        settled_at timestamptz not null default now(),
        settled_by text,
        note text,
        primary key (seq),
        unique (id)
      );
      create index parked_settled_at on parked_settled (settled_at);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
