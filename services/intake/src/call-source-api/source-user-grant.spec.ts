import type { ApiCredentials } from '../sources/api-credentials.js';
import { aSource } from '../sources/source.store.contract.js';
import { MemorySourceStore } from '../sources/source.store.memory.js';
import { SourceUserGrant } from './source-user-grant.js';

const credentials: ApiCredentials = { auth: 'oauth2-refresh-token', tokenUrl: 'https://login.example/token', clientId: 'c', refreshToken: 'first', headers: {} };

describe("the refresh token of a source's user", () => {
  let store: MemorySourceStore;
  let grant: SourceUserGrant;
  beforeEach(async () => {
    store = new MemorySourceStore();
    await store.add(aSource({ api: { baseUrl: 'https://api.example', auth: 'oauth2-refresh-token' } }), null, credentials);
    grant = new SourceUserGrant(store, aSource());
  });

  it('is the one that replaced another, for every instance', async () => {
    await grant.replaced('first', 'second');
    expect([await grant.current(), await new SourceUserGrant(store, aSource()).current()]).toEqual(['second', 'second']);
  });

  it('is not lost while it cannot be kept, and kept later', async () => {
    const renew = store.renewRefreshToken.bind(store);
    store.renewRefreshToken = () => Promise.reject(new Error('PostgreSQL is away.'));
    await grant.replaced('first', 'second');
    expect(await grant.current()).toBe('second');
    store.renewRefreshToken = renew;
    expect(await grant.current()).toBe('second');
    expect(await new SourceUserGrant(store, aSource()).current()).toBe('second');
  });

  it('gives way to one that was entered meanwhile', async () => {
    await grant.replaced('first', 'second');
    await store.change('desk', { apiCredentials: { ...credentials, refreshToken: 'entered' } }, new Date());
    expect(await grant.current()).toBe('entered');
  });

  it('is not there where the source signs in otherwise', async () => {
    await store.change('desk', { apiCredentials: { auth: 'bearer', token: 't', headers: {} } }, new Date());
    await expect(grant.current()).rejects.toThrow("'desk' has no refresh token");
  });

  it('is for another user when the source was changed', () => {
    expect(new SourceUserGrant(store, aSource({ updatedAt: '2026-11-02T09:00:00.000Z' })).name).not.toBe(grant.name);
  });
});
