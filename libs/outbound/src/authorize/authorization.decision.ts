import type { Auth, OAuthClient, OAuthUser, OutboundRequest } from '../outbound.js';

/** The header that shows who we are. */
export function headerOf(auth: Exclude<Auth, OAuthClient | OAuthUser>): Readonly<Record<string, string>> {
  switch (auth.kind) {
    case 'basic': return { authorization: basic(auth.user, auth.password) };
    case 'bearer': return { authorization: `Bearer ${auth.token}` };
    case 'header': return { [auth.name.toLowerCase()]: auth.value };
  }
}

/**
 * RFC 6749 section 4.4.2, and with a refresh token section 6. In the header, name and secret are form-encoded first (section 2.3.1).
 * @param refreshToken of the user on whose behalf a token is asked for; `null`: the client asks for itself.
 */
export function tokenRequestOf({ tokenUrl, clientId, clientSecret, scope, fields, secretIn = 'header' }: OAuthClient | OAuthUser, refreshToken: string | null = null): OutboundRequest {
  const grant = refreshToken === null ? { grant_type: 'client_credentials' } : { grant_type: 'refresh_token', refresh_token: refreshToken };
  const form = new URLSearchParams({ ...grant, ...(scope === undefined ? {} : { scope }), ...fields });
  const isInHeader = secretIn === 'header' && clientSecret !== undefined;
  if (!isInHeader) form.set('client_id', clientId);
  if (!isInHeader && clientSecret !== undefined) form.set('client_secret', clientSecret);
  return {
    method: 'POST', url: tokenUrl, body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...(isInHeader ? { authorization: basic(formEncoded(clientId), formEncoded(clientSecret)) } : {}) },
  };
}

export interface Token {
  readonly value: string;
  /** From when on another is fetched. */
  readonly staleAtMs: number;
}

/** `refreshToken`: what takes the place of the one that was used; `null`: that holds on. */
export type TokenAnswer = { readonly token: Token; readonly refreshToken: string | null } | { readonly problem: string };

/** For a token without `expires_in`. */
const LIFE_SECONDS_UNSAID = 300;
const LIFE_SECONDS_MAX = 24 * 60 * 60;
/** A token is renewed so much before its end, or at half of its life where that is sooner. */
const MARGIN_MS = 60_000;
const TOKEN = /^[\x21-\x7e]+$/;
/** RFC 6749 section 5.2. Nothing else that a token endpoint says is repeated. */
const ERRORS: ReadonlySet<unknown> = new Set(['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope']);

/** Reads what a token endpoint answered; `content` is its parsed JSON. */
export function tokenIn(status: number, content: unknown, nowMs: number): TokenAnswer {
  const { access_token: value, token_type: type, expires_in: expiresIn, refresh_token: refreshToken, error } = Object(content) as Record<string, unknown>;
  if (status !== 200) return { problem: `The token endpoint answered HTTP ${status}${ERRORS.has(error) ? ` (${String(error)})` : ''}.` };
  if (typeof value !== 'string' || !TOKEN.test(value)) return { problem: 'The token endpoint answered without a token.' };
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') return { problem: 'The token endpoint gave a token that is no bearer token.' };
  const lifeMs = lifeSecondsOf(expiresIn) * 1_000;
  return { token: { value, staleAtMs: nowMs + lifeMs - Math.min(MARGIN_MS, lifeMs / 2) }, refreshToken: typeof refreshToken === 'string' && TOKEN.test(refreshToken) ? refreshToken : null };
}

/** Some endpoints send the number as a text. */
function lifeSecondsOf(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn;
  return typeof seconds === 'number' && seconds >= 0 ? Math.min(seconds, LIFE_SECONDS_MAX) : LIFE_SECONDS_UNSAID;
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}
