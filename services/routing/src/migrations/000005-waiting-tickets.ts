import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tickets that wait for the directory to learn something, and those that are to be routed again. */
export class Routing1700000001005 implements MigrationInterface {
  name = 'Routing1700000001005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ticket_waiting (
        ticket_id uuid not null references ticket on delete cascade,
        kind text not null, -- table of the directory
        key text not null,
        since timestamptz not null default now(),
        primary key (ticket_id, kind, key)
      );
      create index ticket_waiting_key on ticket_waiting (kind, key);

      -- a ticket began to wait: once it can be seen, somebody looks whether the directory learnt it meanwhile
      create table waiting_begun (
        seq bigint generated always as identity primary key,
        ticket_id uuid not null,
        kind text not null,
        key text not null,
        -- the decision saw the entry, and it lacked something: that it is there says nothing
        was_known boolean not null
      );

      create table ticket_reroute (
        ticket_id uuid primary key,
        -- what was learnt
        kind text not null,
        key text not null,
        requested_at timestamptz not null default now(),
        due_at timestamptz not null default now(),
        attempts integer not null default 0,
        failure text
      );
      create index ticket_reroute_due on ticket_reroute (due_at);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
