import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the audit found: records that the service passed and has nothing to show for. */
export class Audit1700000000004 implements MigrationInterface {
  name = 'Audit1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_finding (
        topic text not null,
        partition integer not null,
        "offset" bigint not null,
        event_id text,
        key text,
        appended_at timestamptz not null,
        found_at timestamptz not null default now(),
        primary key (topic, partition, "offset")
      );

      -- records from before the audit are none of its business
      create table audit_begin (began_at timestamptz not null);
      insert into audit_begin values (now());
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
