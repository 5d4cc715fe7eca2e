import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tickets of a state with everything that they are sorted by. A state goes with places at the end of an order: who is acknowledged is due
 * never, and what is only received has no severity. So all of them are gathered, and this tells their places without reading them.
 */
export class OrdersOfStates1700000003061 implements MigrationInterface {
  name = 'OrdersOfStates1700000003061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index ticket_state_orders on ticket (state) include (queue, severity_rank, opened_at, due_at, changed_at, id)
      where state in ('received', 'escalated', 'acknowledged')
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
