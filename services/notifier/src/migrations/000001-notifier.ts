import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels, what was planned for each ticket, notifications and their attempts. */
export class Notifier1700000002001 implements MigrationInterface {
  name = 'Notifier1700000002001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table channel (
        id uuid primary key,
        destination text not null,
        kind text not null check (kind in ('mail', 'webhook')),
        address text not null,
        secret text,
        enabled boolean not null,
        purposes text[] not null,
        disabled_reason text,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (destination, kind, address)
      );

      create table ticket (
        id uuid primary key,
        -- highest version planned so far; 0: none
        planned_version integer not null,
        subject_line text not null
      );

      -- what the messages of one ticket version are made of; written once
      create table routed (
        ticket_id uuid not null,
        ticket_version integer not null,
        facts json not null,
        primary key (ticket_id, ticket_version)
      );

      create table notification (
        id uuid primary key,
        seq bigint generated always as identity,
        ticket_id uuid not null,
        ticket_version integer not null,
        destination text not null,
        party_name text,
        purpose text not null,
        channel text not null check (channel in ('mail', 'webhook', 'none')),
        -- no reference: a notification outlives its channel
        channel_id uuid,
        address text,
        lane text not null,
        addressee json not null,
        traceparent text,
        state text not null check (state in ('pending', 'delivered', 'failed', 'suppressed')),
        code text,
        detail text,
        receipt text,
        attempts integer not null default 0,
        step integer not null default 0,
        overtakes boolean not null default false,
        next_attempt_at timestamptz not null,
        -- advisory lock key of the process that has it in hand
        owner bigint,
        claimed_at timestamptz,
        created_at timestamptz not null,
        finished_at timestamptz
      );
      create index notification_due on notification (destination, next_attempt_at) where state = 'pending' and owner is null;
      create index notification_owner on notification (owner) where owner is not null;
      create index notification_lane on notification (ticket_id, lane, ticket_version);
      create index notification_state on notification (state, seq desc);
      create unique index notification_seq on notification (seq desc);

      create table attempt (
        notification_id uuid not null,
        attempt integer not null,
        at timestamptz not null,
        duration_ms integer not null,
        outcome text not null check (outcome in ('delivered', 'retry', 'failed')),
        code text,
        detail text not null,
        primary key (notification_id, attempt)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
