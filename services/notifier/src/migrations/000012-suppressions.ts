import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Suppressions and what they hold; messages that are about no single ticket. */
export class Suppressions1700000002360 implements MigrationInterface {
  name = 'Suppressions1700000002360';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table suppression (
        id uuid primary key,
        seq bigint generated always as identity,
        match jsonb not null,
        includes_severity_a boolean not null,
        reason text not null,
        author text not null,
        author_email text,
        from_at timestamptz not null,
        until_at timestamptz not null,
        created_at timestamptz not null,
        ended_at timestamptz,
        ended_by text,
        ends_at timestamptz not null generated always as (least(until_at, coalesce(ended_at, until_at))) stored,
        warned_at timestamptz
      );
      create unique index suppression_seq on suppression (seq desc);
      create index suppression_ends on suppression (ends_at);

      alter table notification
        add column about text not null default 'ticket',
        -- the suppression that holds it, or held it last
        add column suppression_id uuid,
        -- the message that tells it together with others
        add column summary_id uuid;
      create index notification_held on notification (suppression_id, lane, seq) where state = 'suppressed' and code = 'held';
      create index notification_summary on notification (summary_id) where summary_id is not null;
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
