import type { Auth, OAuthClient, UserGrant } from '@handoff/outbound';
import type { ApiCredentials } from '../sources/api-credentials.js';

export interface SigningIn {
  /** `null`: the headers say it all. */
  readonly auth: Auth | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How a call to a source's interface shows who we are.
 * @param grant where the refresh token of a user is kept.
 * @param always what the kind of system wants with every call; the source's own headers win.
 */
export function signingIn(credentials: ApiCredentials, grant: UserGrant, always: Readonly<Record<string, string>> = {}): SigningIn {
  const headers = Object.fromEntries([...Object.entries(always), ...Object.entries(credentials.headers)].map(([name, value]) => [name.toLowerCase(), value]));
  return { auth: authOf(credentials, grant), headers };
}

function authOf(credentials: ApiCredentials, grant: UserGrant): Auth | null {
  switch (credentials.auth) {
    case 'basic': return { kind: 'basic', user: credentials.username, password: credentials.password };
    case 'bearer': return { kind: 'bearer', token: credentials.token };
    case 'headers': return null;
    case 'oauth2-client-credentials': {
      const { tokenUrl, clientId, clientSecret } = credentials;
      return { kind: 'oauth2', tokenUrl, clientId, clientSecret, ...tokenOptionsOf(credentials) };
    }
    case 'oauth2-refresh-token': {
      const { tokenUrl, clientId, clientSecret } = credentials;
      return { kind: 'oauth2-user', tokenUrl, clientId, grant, ...(clientSecret === undefined ? {} : { clientSecret }), ...tokenOptionsOf(credentials) };
    }
  }
}

function tokenOptionsOf({ scope, fields, secretIn }: Extract<ApiCredentials, { tokenUrl: string }>): Pick<OAuthClient, 'scope' | 'fields' | 'secretIn'> {
  return { ...(scope === undefined ? {} : { scope }), ...(fields === undefined ? {} : { fields }), ...(secretIn === undefined ? {} : { secretIn }) };
}
