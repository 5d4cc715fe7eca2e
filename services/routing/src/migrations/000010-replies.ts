import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What contacts wrote in answer to messages about a ticket. */
export class Replies1700000001010 implements MigrationInterface {
  name = 'Replies1700000001010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reply (
        event_id uuid primary key,
        ticket_id uuid not null,
        at timestamptz not null,
        reply json not null
      );
      create index reply_ticket on reply (ticket_id, at desc, event_id desc);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
