import { signingIn } from './signing-in.decision.js';

describe('signing in to a source\'s interface', () => {
  it('is by what the source keeps', () => {
    expect(signingIn({ auth: 'basic', username: 'u', password: 'p', headers: {} }).auth).toEqual({ kind: 'basic', user: 'u', password: 'p' });
    expect(signingIn({ auth: 'bearer', token: 't', headers: {} }).auth).toEqual({ kind: 'bearer', token: 't' });
    expect(signingIn({ auth: 'headers', headers: { 'Api-Key': 'k' } })).toEqual({ auth: null, headers: { 'api-key': 'k' } });
    const client = { tokenUrl: 'https://login.example/token', clientId: 'c', clientSecret: 's' };
    expect(signingIn({ auth: 'oauth2-client-credentials', ...client, headers: {} }).auth).toEqual({ kind: 'oauth2', ...client });
    expect(signingIn({ auth: 'oauth2-client-credentials', ...client, scope: 'all', fields: { tenant: 'x' }, secretIn: 'body', headers: {} }).auth).toEqual({ kind: 'oauth2', ...client, scope: 'all', fields: { tenant: 'x' }, secretIn: 'body' });
  });

  it('sends what the kind of system wants with every call, and once, whatever its spelling', () => {
    expect(signingIn({ auth: 'bearer', token: 't', headers: { clientId: 'x', PREFER: 'own' } }, { Prefer: 'pages', 'Intercom-Version': '2.14' }).headers).toEqual({ prefer: 'own', 'intercom-version': '2.14', clientid: 'x' });
  });
});
