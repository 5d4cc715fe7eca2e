import type { OAuthClient } from '../outbound.js';
import { headerOf, tokenIn, tokenRequestOf } from './authorization.decision.js';

const client: OAuthClient = { kind: 'oauth2', tokenUrl: 'https://login.contoso.example/token', clientId: 'a:b c', clientSecret: 'ü%&' };

describe('who we are', () => {
  it.each([
    [{ kind: 'basic', user: 'agent', password: 'pässword:x' }, { authorization: `Basic ${Buffer.from('agent:pässword:x').toString('base64')}` }], [{ kind: 'bearer', token: 't' }, { authorization: 'Bearer t' }], [{ kind: 'header', name: 'X-Api-Key', value: 'k' }, { 'x-api-key': 'k' }],
  ] as const)('%j is shown as %j', (auth, header) => {
    expect(headerOf(auth)).toEqual(header);
  });

  it('is told to a token endpoint in the header, form-encoded before it is joined', () => {
    const { headers, body, method, url } = tokenRequestOf({ ...client, scope: 'tickets.read all', fields: { tenant: 'x&y' } });
    expect([method, url, body]).toEqual(['POST', client.tokenUrl, 'grant_type=client_credentials&scope=tickets.read+all&tenant=x%26y']);
    expect(Buffer.from(headers?.['authorization']?.slice('Basic '.length) ?? '', 'base64').toString()).toBe('a%3Ab+c:%C3%BC%25%26');
  });

  it('is told in the body where the endpoint wants it there', () => {
    const { headers, body } = tokenRequestOf({ ...client, secretIn: 'body' });
    expect(headers).not.toHaveProperty('authorization');
    expect(body).toBe('grant_type=client_credentials&client_id=a%3Ab+c&client_secret=%C3%BC%25%26');
  });
});

describe('a user who signed in once', () => {
  const grant = { name: 'ada', current: () => Promise.resolve('r-1'), replaced: () => Promise.resolve() };
  const user = { kind: 'oauth2-user', tokenUrl: client.tokenUrl, clientId: 'a', scope: 'all', grant } as const;

  it('is shown by the refresh token', () => {
    expect(tokenRequestOf({ ...user, clientSecret: 's' }, 'r-1')).toMatchObject({ body: 'grant_type=refresh_token&refresh_token=r-1&scope=all', headers: { authorization: 'Basic YTpz' } });
    expect(tokenRequestOf({ ...user, clientSecret: 's', secretIn: 'body' }, 'r-1').body).toBe('grant_type=refresh_token&refresh_token=r-1&scope=all&client_id=a&client_secret=s');
  });

  it('may use a client without a secret', () => {
    const { body, headers } = tokenRequestOf(user, 'r-1');
    expect([body, headers]).toEqual(['grant_type=refresh_token&refresh_token=r-1&scope=all&client_id=a', expect.not.objectContaining({ authorization: expect.anything() as unknown })]);
  });

  it.each([['r-2', 'r-2'], [undefined, null], ['', null], ['a b', null], [7, null]])('gets %j as the next refresh token', (given, refreshToken) => {
    expect(tokenIn(200, { access_token: 'abc', refresh_token: given }, 0)).toMatchObject({ refreshToken });
  });
});

describe('the answer of a token endpoint', () => {
  it.each([
    [{ expires_in: 3_600 }, 3_540_000], [{ expires_in: '3600' }, 3_540_000], [{ expires_in: 60 }, 30_000], [{ expires_in: 0 }, 0], [{}, 240_000], [{ expires_in: 'soon' }, 240_000], [{ expires_in: -1 }, 240_000], [{ expires_in: 1e12 }, 86_340_000], [{ token_type: 'bearer' }, 240_000], [{ token_type: 'Bearer' }, 240_000],
  ])('%j gives a token for %i ms', (more, staleAtMs) => {
    expect(tokenIn(200, { access_token: 'abc', ...more }, 0)).toEqual({ token: { value: 'abc', staleAtMs }, refreshToken: null });
  });

  it.each([
    [200, null, 'The token endpoint answered without a token.'], [200, 'text', 'The token endpoint answered without a token.'], [200, { access_token: '' }, 'The token endpoint answered without a token.'], [200, { access_token: 'a\r\nb' }, 'The token endpoint answered without a token.'], [200, { access_token: 7 }, 'The token endpoint answered without a token.'],
    [200, { access_token: 'a', token_type: 'mac' }, 'The token endpoint gave a token that is no bearer token.'], [401, { error: 'invalid_client', error_description: 'secret hunter2' }, 'The token endpoint answered HTTP 401 (invalid_client).'], [400, { error: 'hunter2' }, 'The token endpoint answered HTTP 400.'], [503, null, 'The token endpoint answered HTTP 503.'], [302, [], 'The token endpoint answered HTTP 302.'],
  ])('%i with %j gives none', (status, content, problem) => {
    expect(tokenIn(status, content, 0)).toEqual({ problem });
  });
});
