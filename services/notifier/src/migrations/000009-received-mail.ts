import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came back by mail: answers of contacts, and reports of mail servers. */
export class ReceivedMail1700000002341 implements MigrationInterface {
  name = 'ReceivedMail1700000002341';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table received_mail (
        -- follows from the notification and the Message-ID of the mail
        id uuid primary key,
        seq bigint generated always as identity,
        notification_id uuid not null,
        ticket_id uuid not null,
        received_at timestamptz not null,
        kind text not null,
        outcome text not null,
        detail text not null,
        sender text,
        subject text not null,
        text text not null,
        is_cut boolean not null,
        attachments json not null
      );
      create index received_mail_notification on received_mail (notification_id);
      create index received_mail_ticket on received_mail (ticket_id, seq desc);
      create unique index received_mail_seq on received_mail (seq desc);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
