import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links that sign a person in once, and the sessions of browsers. What opens them is kept as a hash alone. */
export class SignIn1700000003010 implements MigrationInterface {
  name = 'SignIn1700000003010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sign_in_link (code_hash bytea primary key, name text not null, expires_at timestamptz not null);
      create table session (token_hash bytea primary key, name text not null, expires_at timestamptz not null);
    `);
  }

  down(): Promise<void> {
    throw new Error('Migrations only go forward.');
  }
}
