import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Audit1700000000004 } from '../audit/audit.migration.js';
import { DeadLetters1700000000002 } from './dead-letters.migration.js';

/** Inbox, outbox and parking: the tables that every consuming or publishing service has in its schema. */
export class Messaging1700000000001 implements MigrationInterface {
  name = 'Messaging1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inbox (
        event_id text primary key,
        accepted_at timestamptz not null default now()
      );
      create index inbox_accepted_at on inbox using brin (accepted_at);

      create table outbox (
        seq bigint generated always as identity primary key,
        -- advisory lock key that the writing process holds while it lives
        owner bigint not null,
        topic text not null,
        key text not null,
        headers jsonb not null,
        value text not null,
        created_at timestamptz not null default now()
      );
      create index outbox_owner on outbox (owner, seq);

      create table parked (
        seq bigint generated always as identity primary key,
        topic text not null,
        partition integer not null,
        "offset" bigint not null,
        key text,
        headers jsonb not null,
        value bytea,
        code text not null,
        detail text not null,
        attempts integer not null default 0,
        retry_at timestamptz,
        parked_at timestamptz not null default now(),
        -- a redelivered batch parks a record only once
        unique (topic, partition, "offset")
      );
      create index parked_key on parked (key, seq);
      create index parked_retry_at on parked (retry_at) where retry_at is not null;
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/**
 * The outbox holds what it is given as it is: its rows are gone within a moment, and compressing them took PostgreSQL longer than everything
 * else about them. A row of up to 8 KB stays in one piece.
 */
export class LighterOutbox1700000000003 implements MigrationInterface {
  name = 'LighterOutbox1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox alter column headers type json;
      alter table outbox set (toast_tuple_target = 8160);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/** In the order in which they run, before those of the service. */
export const MESSAGING_MIGRATIONS = [Messaging1700000000001, DeadLetters1700000000002, LighterOutbox1700000000003, Audit1700000000004] as const;
