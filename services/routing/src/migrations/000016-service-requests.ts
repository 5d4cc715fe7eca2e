import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service requests at Microsoft: how they stand, and the tickets that were handed over by them. */
export class ServiceRequests1700000001016 implements MigrationInterface {
  name = 'ServiceRequests1700000001016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table service_request (
        -- whose it is, as partner/1001
        party text not null,
        number text not null,
        -- null: it was not read yet
        status text,
        changed_at timestamptz,
        primary key (party, number)
      );
      create table service_request_ticket (
        ticket_id uuid primary key,
        party text not null,
        number text not null
      );
      create index service_request_ticket_request on service_request_ticket (party, number);
      -- events of service requests that are news of other tickets, and have no decision of their own
      create table service_request_event (
        ticket_id uuid not null,
        event_id text not null,
        primary key (ticket_id, event_id)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
