import type { Transaction } from '@handoff/messaging';

/** What opens it is known to its owner alone; here is its SHA-256. */
export interface Admission {
  readonly hash: Buffer;
  /** Of the person, as the story of a ticket shows it. */
  readonly name: string;
  readonly expiresAt: Date;
}

/** Links that sign in once, and sessions. */
export interface SignInStore {
  addLink(tx: Transaction, link: Admission): Promise<void>;
  /** The name on the link, which is used up by this; `null` where there is none, or it has expired. */
  takeLink(tx: Transaction, hash: Buffer, now: Date): Promise<string | null>;
  addSession(tx: Transaction, session: Admission): Promise<void>;
  /** Those of these sessions that hold. */
  sessions(tx: Transaction, hashes: readonly Buffer[], now: Date): Promise<readonly Admission[]>;
  endSession(tx: Transaction, hash: Buffer): Promise<void>;
  removeExpired(tx: Transaction, now: Date): Promise<void>;
}
