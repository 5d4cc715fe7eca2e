import { EMPTY_MAPPING, type Mapping } from '../mapping/mapping.js';
import type { ApiCredentials } from './api-credentials.js';
import type { Source } from './source.js';
import type { SourceStore } from './source.store.js';

const at = (time: string): Date => new Date(`2026-11-02T${time}.000Z`);

export function aSource(overrides: Partial<Source> = {}): Source {
  return { source: 'desk', adapter: 'standard-webhooks', sourceParty: 'partner/1001', toleranceSeconds: 300, mapping: EMPTY_MAPPING, settings: {}, pausedAt: null, allowedAddresses: [], requestsPerSecondMax: null, api: null, reconcileEverySeconds: null, ownActors: [], copiesOnly: false, createdAt: at('08:00:00').toISOString(), updatedAt: at('08:00:00').toISOString(), ...overrides };
}

/** What holds for every store of sources. Each test gets a store with nothing in it. */
export function describeSourceStoreContract(name: string, makeStore: () => Promise<SourceStore>): void {
  describe(`sources kept in ${name}`, () => {
    const mapping: Mapping = { ...EMPTY_MAPPING, defaults: { area: 'payment' }, rules: [{ field: 'tags', contains: 'ü "x"', set: { severity: 'A' } }], severities: { p1: 'A' }, ticketUrl: 'https://x.example/{externalId}' };

    it('are found again as they were added, with their secret', async () => {
      const store = await makeStore();
      const source = aSource({ mapping, sourceParty: null, toleranceSeconds: null });
      expect(await store.add(source, 'secret-1')).toBe(true);
      expect(await store.find('desk')).toEqual({ source, secrets: [{ id: expect.any(String), secret: 'secret-1', createdAt: source.createdAt, expiresAt: null }], apiCredentials: null });
    });

    it('keep how their system is read, and replace it as a whole', async () => {
      const store = await makeStore();
      const credentials: ApiCredentials = { auth: 'basic', username: 'desk@woodgrove.example/token', password: 'of the interface', headers: { clientId: 'ü' } };
      const source = aSource({ api: { baseUrl: 'https://woodgrove.zendesk.example', auth: 'basic' }, reconcileEverySeconds: 300 });
      await store.add(source, 'secret-1', credentials);
      expect(await store.find('desk')).toMatchObject({ source, apiCredentials: credentials });
      await store.change('desk', { ownActors: ['7'] }, at('09:00:00'));
      expect(await store.find('desk')).toMatchObject({ source: { api: source.api, ownActors: ['7'] }, apiCredentials: credentials });
      const next: ApiCredentials = { auth: 'bearer', token: 'another', headers: {} };
      await store.change('desk', { api: { baseUrl: 'https://x.example', auth: 'bearer' }, apiCredentials: next }, at('09:00:00'));
      expect(await store.find('desk')).toMatchObject({ source: { api: { baseUrl: 'https://x.example', auth: 'bearer' } }, apiCredentials: next });
      await store.change('desk', { api: null, apiCredentials: null }, at('09:00:00'));
      expect(await store.find('desk')).toMatchObject({ source: { api: null }, apiCredentials: null });
    });

    it('keep the refresh token that took the place of another, and count as unchanged', async () => {
      const store = await makeStore();
      const credentials: ApiCredentials = { auth: 'oauth2-refresh-token', tokenUrl: 'https://login.example/token', clientId: 'c', refreshToken: 'first', headers: {} };
      const source = aSource({ api: { baseUrl: 'https://x.example', auth: 'oauth2-refresh-token' } });
      await store.add(source, 'secret-1', credentials);
      await store.renewRefreshToken('desk', 'first', 'second');
      await store.renewRefreshToken('desk', 'first', 'late');
      await store.renewRefreshToken('nobody', 'first', 'second');
      expect(await store.find('desk')).toMatchObject({ source, apiCredentials: { ...credentials, refreshToken: 'second' } });
      await store.change('desk', { api: null, apiCredentials: null }, at('09:00:00'));
      await store.renewRefreshToken('desk', 'second', 'third');
      expect(await store.find('desk')).toMatchObject({ apiCredentials: null });
    });

    it('are not found where there are none', async () => {
      const store = await makeStore();
      expect(await store.find('desk')).toBeNull();
      expect(await store.list({ after: null, limit: 10 })).toEqual([]);
    });

    it('stay as they are when another of the same name is added', async () => {
      const store = await makeStore();
      await store.add(aSource(), 'secret-1');
      expect(await store.add(aSource({ sourceParty: null }), 'secret-2')).toBe(false);
      expect(await store.find('desk')).toMatchObject({ source: aSource(), secrets: [{ secret: 'secret-1', expiresAt: null }] });
    });

    it('are added once when two add them at the same moment', async () => {
      const store = await makeStore();
      expect((await Promise.all([store.add(aSource(), 'a'), store.add(aSource(), 'b')])).sort()).toEqual([false, true]);
      expect((await store.find('desk'))?.secrets).toHaveLength(1);
    });

    it('are listed by name, page by page', async () => {
      const store = await makeStore();
      for (const source of ['b-1', 'a', 'b', 'b-0']) await store.add(aSource({ source }), 's');
      const names = async (after: string | null): Promise<string[]> => (await store.list({ after, limit: 2 })).map(({ source }) => source);
      expect([await names(null), await names('b'), await names('b-1')]).toEqual([['a', 'b'], ['b-0', 'b-1'], []]);
    });

    it('change in what is given, and only in that', async () => {
      const store = await makeStore();
      await store.add(aSource(), 'secret-1');
      const access = { pausedAt: at('08:30:00').toISOString(), allowedAddresses: ['203.0.113.0/24', '2001:db8::1'], requestsPerSecondMax: 20, reconcileEverySeconds: 60, ownActors: ['ü', '7'], copiesOnly: true };
      const settings = { organizationId: '00D000000000001' };
      const changed = aSource({ mapping, settings, ...access, updatedAt: at('09:00:00').toISOString() });
      expect(await store.change('desk', { mapping, settings, ...access }, at('09:00:00'))).toEqual(changed);
      expect(await store.change('desk', { sourceParty: null, toleranceSeconds: null }, at('09:00:00'))).toEqual({ ...changed, sourceParty: null, toleranceSeconds: null });
      expect((await store.find('desk'))?.source).toEqual({ ...changed, sourceParty: null, toleranceSeconds: null });
      expect(await store.change('other', { mapping }, at('09:00:00'))).toBeNull();
    });

    it('keep the old secret beside the new one until it expires', async () => {
      const store = await makeStore();
      await store.add(aSource(), 'old');
      expect(await store.rotate({ source: 'desk', secret: 'new', now: at('08:00:00'), oldExpireAt: at('10:00:00') })).toBe('rotated');
      const secrets = (await store.find('desk'))?.secrets ?? [];
      expect(secrets).toMatchObject([{ secret: 'new', createdAt: at('08:00:00').toISOString(), expiresAt: null }, { secret: 'old', expiresAt: at('10:00:00').toISOString() }]);
      expect(secrets[0]?.id).not.toBe(secrets[1]?.id);
    });

    it('never let a secret hold longer because of another rotation, and forget those that have expired', async () => {
      const store = await makeStore();
      await store.add(aSource(), 'first');
      await store.rotate({ source: 'desk', secret: 'second', now: at('08:00:00'), oldExpireAt: at('09:00:00') });
      await store.rotate({ source: 'desk', secret: 'third', now: at('08:30:00'), oldExpireAt: at('12:00:00') });
      expect((await store.find('desk'))?.secrets).toMatchObject([{ secret: 'third', expiresAt: null }, { secret: 'second', expiresAt: at('12:00:00').toISOString() }, { secret: 'first', expiresAt: at('09:00:00').toISOString() }]);
      await store.rotate({ source: 'desk', secret: 'fourth', now: at('12:00:00'), oldExpireAt: at('12:00:00') });
      expect((await store.find('desk'))?.secrets).toMatchObject([{ secret: 'fourth', expiresAt: null }]);
    });

    it('refuse a rotation that would leave too many secrets, and change nothing then', async () => {
      const store = await makeStore();
      await store.add(aSource(), 's0');
      const rotate = (secret: string, oldExpireAt: Date): Promise<string> => store.rotate({ source: 'desk', secret, now: at('08:00:00'), oldExpireAt });
      const outcomes = [];
      for (const secret of ['s1', 's2', 's3', 's4', 's5']) outcomes.push(await rotate(secret, at('10:00:00')));
      expect(outcomes).toEqual(['rotated', 'rotated', 'rotated', 'rotated', 'too-many']);
      const before = await store.find('desk');
      expect(before?.secrets.map(({ secret }) => secret)).toEqual(['s4', 's3', 's2', 's1', 's0']);
      expect(await rotate('s6', at('08:00:00'))).toBe('rotated');
      expect((await store.find('desk'))?.secrets).toMatchObject([{ secret: 's6', expiresAt: null }]);
      expect(await store.rotate({ source: 'other', secret: 's', now: at('08:00:00'), oldExpireAt: at('08:00:00') })).toBe('unknown');
    });

    it('are gone with their secrets once removed, and can be made anew', async () => {
      const store = await makeStore();
      await store.add(aSource(), 'old');
      expect([await store.remove('desk'), await store.remove('desk')]).toEqual([true, false]);
      await store.add(aSource(), 'new');
      expect((await store.find('desk'))?.secrets).toMatchObject([{ secret: 'new', expiresAt: null }]);
    });
  });
}
