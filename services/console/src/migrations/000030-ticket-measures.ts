import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is counted of tickets, by hour and by day of their receipt. */
export class TicketMeasures1700000003030 implements MigrationInterface {
  name = 'TicketMeasures1700000003030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ticket_measure (
        scope text not null,
        grain text not null,
        -- when the hour or the day begins, in UTC
        at timestamptz not null,
        key text not null,
        tickets bigint not null,
        met bigint not null,
        missed bigint not null,
        -- how many durations are in each class
        routed integer[] not null,
        delivered integer[] not null,
        acknowledged integer[] not null,
        primary key (scope, grain, at, key)
      ) with (fillfactor = 70);
      create index ticket_measure_key on ticket_measure (scope, grain, key, at);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
