import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Genuine webhooks that were not understood. */
export class ParkedDeliveries1700000000201 implements MigrationInterface {
  name = 'ParkedDeliveries1700000000201';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table parked_delivery (
        id uuid primary key,
        seq bigint generated always as identity unique,
        source text collate "C" not null,
        -- as it was at the last trial; no reference, as the delivery outlives its source
        source_updated_at timestamptz not null,
        method text not null,
        url text not null,
        headers jsonb not null,
        raw_body bytea not null,
        traceparent text not null,
        failures jsonb not null,
        received_at timestamptz not null,
        deliveries integer not null default 1,
        attempts integer not null default 0,
        discarded_at timestamptz,
        note text
      );
      create index parked_delivery_source on parked_delivery (source, seq);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
