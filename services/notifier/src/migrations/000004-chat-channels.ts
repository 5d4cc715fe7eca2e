import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kinds of channels are the code's to know. */
export class ChatChannels1700000002320 implements MigrationInterface {
  name = 'ChatChannels1700000002320';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table channel drop constraint channel_kind_check');
    await runner.query('alter table notification drop constraint notification_channel_check');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
