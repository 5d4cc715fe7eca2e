import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom an outage concerns, and what each was told of it. */
export class Routing1700000001009 implements MigrationInterface {
  name = 'Routing1700000001009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table health_notice
        -- rises with each news
        add column version integer not null default 1,
        add column changed_at timestamptz not null default now();
      create index health_notice_changed on health_notice (changed_at desc, id desc);

      -- notices whose newest version is being told; a newer one begins it anew
      create table health_notice_telling (
        notice_id text primary key references health_notice on delete cascade,
        version integer not null,
        stage text not null check (stage in ('collect', 'tell')),
        -- the last subscription that was read, or the last partner that was told
        position text not null default '',
        due_at timestamptz not null,
        attempts integer not null default 0,
        failure text
      );
      create index health_notice_telling_due on health_notice_telling (due_at);

      create table health_notice_partner (
        notice_id text not null references health_notice on delete cascade,
        partner_id text not null,
        -- 0: not told yet
        told_version integer not null default 0,
        told_at timestamptz,
        customers integer not null default 0,
        primary key (notice_id, partner_id)
      );

      create table health_notice_customer (
        notice_id text not null,
        partner_id text not null,
        customer_id text not null,
        -- the version for which it was found last
        version integer not null,
        primary key (notice_id, partner_id, customer_id)
      );

      create table health_notice_message (
        notification_id uuid primary key,
        notice_id text not null,
        partner_id text not null,
        version integer not null,
        channel text not null,
        outcome text not null,
        at timestamptz not null,
        code text,
        detail text not null
      );
      create index health_notice_message_partner on health_notice_message (notice_id, partner_id);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
