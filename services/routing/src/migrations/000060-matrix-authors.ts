import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everybody who wrote the text of a version: none of them is a second pair of eyes. */
export class MatrixAuthors1700000001060 implements MigrationInterface {
  name = 'MatrixAuthors1700000001060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table matrix_version add column authors text[];
      update matrix_version set authors = array[created_by];
      -- What a process of the version before writes meanwhile has none, and its author is who created it.
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
