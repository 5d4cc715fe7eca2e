import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The number of the service request at Microsoft that was told with an acknowledgement. */
export class ServiceRequests1700000002390 implements MigrationInterface {
  name = 'ServiceRequests1700000002390';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table acknowledgement add column service_request_number text');
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
