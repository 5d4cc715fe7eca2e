import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whatever narrows the list of tickets is found by an index where it is rare, in open tickets and in closed ones. */
export class FoundByFilters1700000003033 implements MigrationInterface {
  name = 'FoundByFilters1700000003033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Each in two: open tickets are few beside those that are closed, and the planner would read all that are open to tell which are.
      drop index ticket_words;
      create index ticket_words_open on ticket using gin (words) where is_open;
      create index ticket_words_closed on ticket using gin (words) where state = 'closed';
      drop index ticket_partners;
      create index ticket_partners_open on ticket using gin (partners) where is_open;
      create index ticket_partners_closed on ticket using gin (partners) where state = 'closed';
      create index ticket_offer_open on ticket (offer_id) where is_open;
      create index ticket_offer_closed on ticket (offer_id) where state = 'closed';
      -- Without a condition: the planner does not combine two indexes that have the same one, and a state is often asked for with words.
      create index ticket_state on ticket (state, severity_rank);
      create index ticket_undelivered_closed on ticket (changed_at desc, id desc) where state = 'closed' and undelivered > 0;
      drop index ticket_attached;
      create index ticket_attached on ticket ((parts #>> '{routed,attachedTo}')) where parts #>> '{routed,attachedTo}' is not null;
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
