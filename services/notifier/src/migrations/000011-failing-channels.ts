import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits is taken by address; a channel has a limit of messages, and since when it fails without a break. */
export class FailingChannels1700000002351 implements MigrationInterface {
  name = 'FailingChannels1700000002351';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- failing_since: null while it works; warned_at: when operations were told of it
      alter table channel add column messages_per_minute_max integer, add column failing_since timestamptz, add column warned_at timestamptz;
      create index notification_due_by_lane on notification (lane, next_attempt_at) where state = 'pending' and owner is null;
      drop index notification_due;
      -- whatever is not delivered and should be
      create index notification_undelivered on notification (seq desc) where state in ('pending', 'failed') or code = 'channel-disabled';
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
