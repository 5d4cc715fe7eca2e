import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels that open tickets in their contact's own system, and those tickets. */
export class Ticketing1700000002330 implements MigrationInterface {
  name = 'Ticketing1700000002330';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- which system, and how tickets are opened there; its credentials are sealed in place of a secret
      alter table channel add column system text, add column settings json;

      create table foreign_ticket (
        -- no reference: it outlives its channel
        channel_id uuid not null,
        ticket_id uuid not null,
        system text not null,
        foreign_id text not null,
        number text,
        url text,
        told_version integer not null,
        told_severity text,
        is_closed boolean not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        primary key (channel_id, ticket_id),
        unique (channel_id, foreign_id)
      )`);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
