import { createHash } from 'node:crypto';
import { callJson } from '../json/call-json.js';
import { type ClientTls, type Failed, type HeldBack, notSent, type OAuthClient, type OAuthUser, type Outbound } from '../outbound.js';
import { type Token, tokenIn, tokenRequestOf } from './authorization.decision.js';

export type Fetched = { readonly token: Token } | { readonly failure: Failed | HeldBack };

const CLIENTS_MAX = 1_000;
const TOKEN_BYTES_MAX = 65_536;

/** Tokens, each kept until shortly before its end, and fetched once for all who ask meanwhile. */
export class Tokens {
  private readonly kept = new Map<string, Token>();
  private readonly underWay = new Map<string, Promise<Fetched>>();

  constructor(private readonly outbound: Outbound, private readonly now: () => Date) {}

  /** `refused`: a token that the server did not take, so that another is needed. */
  async of(client: OAuthClient | OAuthUser, tls: ClientTls | undefined, refused?: Token): Promise<Fetched> {
    const key = keyOf(client, tls);
    const known = this.kept.get(key);
    if (known !== undefined && known !== refused && this.now().getTime() < known.staleAtMs) return { token: known };
    const asked = this.underWay.get(key);
    if (asked !== undefined) return asked;
    const fetched = this.fetch(client, tls).finally(() => this.underWay.delete(key));
    this.underWay.set(key, fetched);
    const result = await fetched;
    if ('token' in result) this.keep(key, result.token);
    return result;
  }

  private async fetch(client: OAuthClient | OAuthUser, tls: ClientTls | undefined): Promise<Fetched> {
    const host = URL.parse(client.tokenUrl)?.host ?? '';
    let refreshToken: string | null = null;
    try {
      if (client.kind === 'oauth2-user') refreshToken = await client.grant.current();
    } catch {
      return { failure: notSent('no-credentials', 'The refresh token cannot be read now.', host) };
    }
    const outcome = await callJson(this.outbound, { ...tokenRequestOf(client, refreshToken), bodyBytesMax: TOKEN_BYTES_MAX, ...(tls === undefined ? {} : { tls }) });
    if (outcome.kind === 'answered') {
      const { answer: { status }, content } = outcome;
      const read = tokenIn(status, content.kind === 'json' ? content.value : null, this.now().getTime());
      if ('token' in read && client.kind === 'oauth2-user' && refreshToken !== null && read.refreshToken !== null && read.refreshToken !== refreshToken) await client.grant.replaced(refreshToken, read.refreshToken);
      return 'token' in read ? { token: read.token } : { failure: notSent('no-credentials', read.problem, host) };
    }
    // What happened to the call for a token did not happen to the caller's request: that was not sent.
    if (outcome.kind === 'held-back') return { failure: outcome };
    return { failure: notSent(outcome.answer === null ? outcome.kind : 'no-credentials', `There is no token. ${outcome.detail}`, host) };
  }

  private keep(key: string, token: Token): void {
    const [oldest] = this.kept.keys();
    if (oldest !== undefined && this.kept.size >= CLIENTS_MAX) this.kept.delete(oldest);
    this.kept.set(key, token);
  }
}

/** Secrets are part of it, so that a changed secret is not served by the token of the old one; hashed, so that they are not kept here as well. */
function keyOf(client: OAuthClient | OAuthUser, tls: ClientTls | undefined): string {
  const { tokenUrl, clientId, clientSecret, scope, fields, secretIn } = client;
  const user = client.kind === 'oauth2-user' ? client.grant.name : null;
  return createHash('sha256').update(JSON.stringify([tokenUrl, clientId, clientSecret, scope, Object.entries(fields ?? {}), secretIn, user, tls?.cert, tls?.ca])).digest('base64');
}
