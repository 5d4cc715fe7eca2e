import { createHash, randomBytes } from 'node:crypto';
import type { Transactions } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import type { Admission, SignInStore } from './sign-in.store.js';

const SECRET_BYTES = 32;
const LINK_MINUTES = 30;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A secret for its owner, with what is told about it. */
export interface Admitted extends Omit<Admission, 'hash'> {
  readonly secret: string;
}

/** Signs persons in by links, and knows their sessions. */
export class SignInHandler {
  constructor(private readonly store: SignInStore, private readonly transactions: Transactions, private readonly clock: Clock, private readonly sessionHours: number) {}

  /** Its secret signs in once, within half an hour. */
  async makeLink(name: string): Promise<Admitted> {
    const link = this.admitted(name, LINK_MINUTES * MINUTE_MS);
    await this.transactions.run(async (tx) => {
      await this.store.removeExpired(tx, this.clock.now());
      await this.store.addLink(tx, { ...link, hash: hashOf(link.secret) });
    });
    return link;
  }

  /** A new session; `null` where the link was used, or has expired. */
  async signIn(code: string): Promise<Admitted | null> {
    return this.transactions.run(async (tx) => {
      const name = await this.store.takeLink(tx, hashOf(code), this.clock.now());
      if (name === null) return null;
      const session = this.admitted(name, this.sessionHours * HOUR_MS);
      await this.store.addSession(tx, { ...session, hash: hashOf(session.secret) });
      return session;
    });
  }

  async sessionOf(secret: string): Promise<Admission | null> {
    return (await this.holding([hashOf(secret)]))[0] ?? null;
  }

  /** Those of these sessions that still hold. */
  holding(hashes: readonly Buffer[]): Promise<readonly Admission[]> {
    return this.transactions.run((tx) => this.store.sessions(tx, hashes, this.clock.now()));
  }

  async signOut(hash: Buffer): Promise<void> {
    await this.transactions.run((tx) => this.store.endSession(tx, hash));
  }

  private admitted(name: string, lifeMs: number): Admitted {
    return { secret: randomBytes(SECRET_BYTES).toString('base64url'), name, expiresAt: new Date(this.clock.now().getTime() + lifeMs) };
  }
}

/** The secrets are random: nothing slower is needed. */
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
