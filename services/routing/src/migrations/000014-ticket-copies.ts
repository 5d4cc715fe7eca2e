import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tickets of sources that Handoff opened for others, and news of them that came before they were known. */
export class TicketCopies1700000001014 implements MigrationInterface {
  name = 'TicketCopies1700000001014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ticket_copy (
        copy_id uuid primary key,
        ticket_id uuid not null,
        destination text not null,
        notification_id uuid not null,
        system text not null
      );
      create table copy_event (
        seq bigint generated always as identity primary key,
        event_id uuid not null unique,
        copy_id uuid not null,
        -- null: it was told, or dropped
        event json,
        held_at timestamptz not null
      );
      create index copy_event_copy on copy_event (copy_id) where event is not null;
      create index copy_event_held on copy_event (held_at) where event is not null;
      create index copy_event_seq on copy_event (seq) where event is not null;
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
