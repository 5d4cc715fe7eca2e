import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tickets that are to be read from their systems. */
export class Completions1700000000310 implements MigrationInterface {
  name = 'Completions1700000000310';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table completion (
        source text collate "C" not null references source on delete cascade,
        external_id text collate "C" not null,
        external_url text,
        change text not null,
        traceparent text not null,
        asked_at timestamptz not null,
        -- rises with each ask and each claim, so that what comes late is told from what is so now
        asks bigint not null default 1,
        claim bigint not null default 0,
        attempts integer not null default 0,
        -- when it is tried next; while it is claimed, when the claim ends; null: it was given up
        due_at timestamptz,
        given_up_at timestamptz,
        problem text,
        primary key (source, external_id),
        constraint completion_due_or_given_up check (num_nonnulls(due_at, given_up_at) = 1)
      );
      create index completion_due on completion (due_at) where due_at is not null;
      create index completion_given_up on completion (given_up_at) where given_up_at is not null;
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/** What webhooks told of tickets that are to be read. */
export class CompletionFields1700000000312 implements MigrationInterface {
  name = 'CompletionFields1700000000312';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table completion add column fields jsonb not null default '{}'");
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}

/** When what the latest of them told happened. */
export class CompletionTimes1700000000313 implements MigrationInterface {
  name = 'CompletionTimes1700000000313';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("alter table completion add column occurred_at timestamptz not null default 'epoch'");
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
