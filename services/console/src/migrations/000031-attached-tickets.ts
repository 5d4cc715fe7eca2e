import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The open tickets of an outage are found without reading all. */
export class AttachedTickets1700000003031 implements MigrationInterface {
  name = 'AttachedTickets1700000003031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create index ticket_attached on ticket ((parts #>> '{routed,attachedTo}')) where is_open and parts #>> '{routed,attachedTo}' is not null");
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
