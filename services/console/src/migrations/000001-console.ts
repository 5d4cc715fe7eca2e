import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of events, and the read model that is projected from it. */
export class Console1700000003001 implements MigrationInterface {
  name = 'Console1700000003001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table event (
        -- given in the order of commit: whoever writes holds the lock of the projection
        position bigint generated always as identity primary key,
        event_id text not null unique,
        type text not null,
        -- null: the event is about a health notice
        ticket_id uuid,
        at timestamptz not null,
        -- of events of one moment: which comes first in the story of a ticket
        rank smallint not null,
        event json not null
      );
      create index event_ticket on event (ticket_id, at, rank, event_id) where ticket_id is not null;
      create index event_type on event (type, position);

      -- What is filtered and sorted by stands in columns; everything that is shown follows from parts.
      create table ticket (
        id uuid primary key,
        parts json not null,
        undelivered integer not null,
        changed_at timestamptz not null,
        -- false: only messages about it are known yet
        is_known boolean not null,
        is_open boolean not null,
        -- '': not decided yet
        queue text not null,
        state text not null,
        -- 1 to 3 for A to C, 4: not known
        severity_rank smallint not null,
        offer_id text,
        partners text[] not null,
        opened_at timestamptz not null,
        -- infinity: nobody is waited for, or no target is known
        due_at timestamptz not null,
        words tsvector not null
      );
      create index ticket_queue_opened on ticket (queue, opened_at, id) where is_open;
      create index ticket_queue_severity on ticket (queue, severity_rank, opened_at, id) where is_open;
      create index ticket_queue_due on ticket (queue, due_at, id) where is_open;
      create index ticket_queue_changed on ticket (queue, changed_at desc, id desc) where is_open;
      create index ticket_opened on ticket (opened_at, id) where is_open;
      create index ticket_severity on ticket (severity_rank, opened_at, id) where is_open;
      create index ticket_due on ticket (due_at, id) where is_open;
      create index ticket_changed on ticket (changed_at desc, id desc) where is_open;
      create index ticket_closed on ticket (changed_at desc, id desc) where state = 'closed';
      create index ticket_queue_closed on ticket (queue, changed_at desc, id desc) where state = 'closed';
      create index ticket_undelivered on ticket (changed_at desc, id desc) where is_open and undelivered > 0;
      create index ticket_partners on ticket using gin (partners);
      create index ticket_words on ticket using gin (words);

      create table queue_count (
        queue text not null,
        severity_rank smallint not null,
        state text not null,
        tickets bigint not null,
        primary key (queue, severity_rank, state)
      ) with (fillfactor = 50);

      create table notification (
        id uuid primary key,
        ticket_id uuid not null,
        state text not null,
        at timestamptz not null,
        document json not null
      );
      create index notification_ticket on notification (ticket_id);
      create index notification_undelivered on notification (at desc, id desc) where state in ('failed', 'held');

      create table health_notice (id text primary key, document json not null);

      create table health_notice_partner (
        notice_id text not null,
        partner_id text not null,
        document json not null,
        primary key (notice_id, partner_id)
      );
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
