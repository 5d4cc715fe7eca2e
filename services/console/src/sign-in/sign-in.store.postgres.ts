import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { Admission, SignInStore } from './sign-in.store.js';

export class PostgresSignInStore implements SignInStore {
  async addLink(tx: Transaction, { hash, name, expiresAt }: Admission): Promise<void> {
    await managerOf(tx).query('insert into sign_in_link (code_hash, name, expires_at) values ($1, $2, $3)', [hash, name, expiresAt]);
  }

  async takeLink(tx: Transaction, hash: Buffer, now: Date): Promise<string | null> {
    // Of two who use it at once, one deletes it.
    const [rows] = await managerOf(tx).query<[{ name: string; expires_at: Date }[], number]>('delete from sign_in_link where code_hash = $1 returning name, expires_at', [hash]);
    return rows[0] !== undefined && rows[0].expires_at > now ? rows[0].name : null;
  }

  async addSession(tx: Transaction, { hash, name, expiresAt }: Admission): Promise<void> {
    await managerOf(tx).query('insert into session (token_hash, name, expires_at) values ($1, $2, $3)', [hash, name, expiresAt]);
  }

  async sessions(tx: Transaction, hashes: readonly Buffer[], now: Date): Promise<readonly Admission[]> {
    const rows = await managerOf(tx).query<{ token_hash: Buffer; name: string; expires_at: Date }[]>('select token_hash, name, expires_at from session where token_hash = any($1::bytea[]) and expires_at > $2', [hashes, now]);
    return rows.map(({ token_hash, name, expires_at }) => ({ hash: token_hash, name, expiresAt: expires_at }));
  }

  async endSession(tx: Transaction, hash: Buffer): Promise<void> {
    await managerOf(tx).query('delete from session where token_hash = $1', [hash]);
  }

  async removeExpired(tx: Transaction, now: Date): Promise<void> {
    for (const table of ['sign_in_link', 'session']) await managerOf(tx).query(`delete from ${table} where expires_at <= $1`, [now]);
  }
}
