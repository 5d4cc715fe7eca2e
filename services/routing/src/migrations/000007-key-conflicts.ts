import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of events that were used again for another content. */
export class Routing1700000001007 implements MigrationInterface {
  name = 'Routing1700000001007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table decision add column content_digest text;

      create table key_conflict (
        event_id text not null,
        -- of the content that came under the used key
        content_digest text not null,
        ticket_id uuid not null,
        source text not null,
        external_id text not null,
        content jsonb not null,
        times integer not null default 1,
        first_at timestamptz not null,
        last_at timestamptz not null,
        primary key (event_id, content_digest)
      );
      create index key_conflict_first_at on key_conflict (first_at desc, event_id, content_digest);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
