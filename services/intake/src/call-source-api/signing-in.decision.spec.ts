import type { UserGrant } from '@handoff/outbound';
import { signingIn } from './signing-in.decision.js';

const grant: UserGrant = { name: 'desk', current: () => Promise.resolve('r'), replaced: () => Promise.resolve() };

describe('signing in to a source\'s interface', () => {
  it('is by what the source keeps', () => {
    expect(signingIn({ auth: 'basic', username: 'u', password: 'p', headers: {} }, grant).auth).toEqual({ kind: 'basic', user: 'u', password: 'p' });
    expect(signingIn({ auth: 'bearer', token: 't', headers: {} }, grant).auth).toEqual({ kind: 'bearer', token: 't' });
    expect(signingIn({ auth: 'headers', headers: { 'Api-Key': 'k' } }, grant)).toEqual({ auth: null, headers: { 'api-key': 'k' } });
    const client = { tokenUrl: 'https://login.example/token', clientId: 'c', clientSecret: 's' };
    expect(signingIn({ auth: 'oauth2-client-credentials', ...client, headers: {} }, grant).auth).toEqual({ kind: 'oauth2', ...client });
    expect(signingIn({ auth: 'oauth2-client-credentials', ...client, scope: 'all', fields: { tenant: 'x' }, secretIn: 'body', headers: {} }, grant).auth).toEqual({ kind: 'oauth2', ...client, scope: 'all', fields: { tenant: 'x' }, secretIn: 'body' });
  });

  it('may be on behalf of a user', () => {
    const client = { tokenUrl: 'https://login.example/token', clientId: 'c' };
    expect(signingIn({ auth: 'oauth2-refresh-token', ...client, refreshToken: 'first', headers: {} }, grant).auth).toEqual({ kind: 'oauth2-user', ...client, grant });
    expect(signingIn({ auth: 'oauth2-refresh-token', ...client, refreshToken: 'first', clientSecret: 's', scope: 'all', headers: {} }, grant).auth).toEqual({ kind: 'oauth2-user', ...client, clientSecret: 's', scope: 'all', grant });
  });

  it('sends what the kind of system wants with every call, and once, whatever its spelling', () => {
    expect(signingIn({ auth: 'bearer', token: 't', headers: { clientId: 'x', PREFER: 'own' } }, grant, { Prefer: 'pages', 'Intercom-Version': '2.14' }).headers).toEqual({ prefer: 'own', 'intercom-version': '2.14', clientid: 'x' });
  });
});
