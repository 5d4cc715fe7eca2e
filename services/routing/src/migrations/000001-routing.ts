import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Directory, tickets, decisions and health notices. */
export class Routing1700000001001 implements MigrationInterface {
  name = 'Routing1700000001001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table publisher (id text primary key, document jsonb not null);
      create table offer (id text primary key, publisher_id text not null references publisher, document jsonb not null);
      create table partner (id text primary key, document jsonb not null);
      create table customer (id text primary key, document jsonb not null);
      create table subscription (id text primary key, customer_id text not null references customer, offer_id text not null references offer, document jsonb not null);
      create index subscription_customer on subscription (customer_id);
      create table agreement (id text primary key, provider_id text not null references partner, reseller_id text not null references partner, document jsonb not null);
      create index agreement_pair on agreement (provider_id, reseller_id);
      -- no reference to offer: a publisher may report an outage of an offer that the directory does not know yet
      create table health_notice (id text primary key, offer_id text not null, document jsonb not null);
      create index health_notice_offer on health_notice (offer_id);

      create table ticket (
        id uuid primary key,
        version integer not null,
        source text not null,
        external_id text not null,
        queue text not null,
        state jsonb not null,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create index ticket_queue on ticket (queue, updated_at desc, id);
      create index ticket_updated on ticket (updated_at desc, id);
      create unique index ticket_external on ticket (source, external_id);

      create table decision (
        ticket_id uuid not null references ticket on delete cascade,
        ticket_version integer not null,
        event_id text not null,
        change text not null,
        queue text not null,
        decision jsonb not null,
        decided_at timestamptz not null,
        primary key (ticket_id, ticket_version)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
