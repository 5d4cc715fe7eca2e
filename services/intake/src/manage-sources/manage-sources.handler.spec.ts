import { NOTHING_ALLOWED } from '@handoff/outbound';
import { BodyPipe, Problem } from '@handoff/platform';
import { MovableClock } from '@handoff/testing';
import { MemorySourceStore } from '../sources/source.store.memory.js';
import { ManageSourcesHandler } from './manage-sources.handler.js';
import { ChangeSourceBody, CreateSourceBody } from './source.body.js';

const TEST_SECRET_OF_ZENDESK = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

function setUp(): { handler: ManageSourcesHandler; store: MemorySourceStore; clock: MovableClock; forgotten: string[]; create: (body: object) => ReturnType<ManageSourcesHandler['create']>; refusal: (body: object) => Promise<unknown[]> } {
  const forgotten: string[] = [];
  const clock = new MovableClock();
  const store = new MemorySourceStore();
  const handler = new ManageSourcesHandler({ store, cache: { forget: (name) => void forgotten.push(name) }, clock, egress: { allowPrivate: false, allow: NOTHING_ALLOWED } });
  const create = async (body: object): ReturnType<ManageSourcesHandler['create']> => handler.create((await new BodyPipe().transform(body, { type: 'body', metatype: CreateSourceBody })) as CreateSourceBody);
  const refusal = (body: object): Promise<unknown[]> => create(body).then(() => ['created'], (error: unknown) => (error instanceof Problem ? [error.status, error.code, error.fields[0]?.field] : [error]));
  return { handler, store, clock, forgotten, create, refusal };
}

const jira = { source: 'jira', adapter: 'jira-service-management' };
const rule = { field: 'tags', contains: 'x', set: { area: 'payment' } };

describe('a new source', () => {
  it('has the settings of its system, an empty mapping and a new secret', async () => {
    const { create } = setUp();
    const { source, secret } = await create(jira);
    expect(source).toEqual({ ...jira, sourceParty: null, toleranceSeconds: null, mapping: { defaults: {}, fields: {}, rules: [], severities: {}, ticketUrl: null }, settings: {}, pausedAt: null, allowedAddresses: [], requestsPerSecondMax: null, api: null, reconcileEverySeconds: null, ownActors: [], copiesOnly: false, createdAt: '2026-11-02T08:00:00.000Z', updatedAt: '2026-11-02T08:00:00.000Z' });
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps the mapping that was given, with priorities in lower case', async () => {
    const { create, handler } = setUp();
    await create({ ...jira, mapping: { defaults: { asker: 'customer' }, fields: { offerId: 'issue.fields.customfield_10050.value' }, rules: [rule], severities: { ' P1 ': 'A' }, ticketUrl: 'https://x.example/{externalId}' } });
    expect((await handler.find('jira')).source.mapping).toEqual({ defaults: { asker: 'customer' }, fields: { offerId: 'issue.fields.customfield_10050.value' }, rules: [rule], severities: { p1: 'A' }, ticketUrl: 'https://x.example/{externalId}' });
  });

  it.each<[string, object, unknown[]]>([
    ['a name with capitals', { source: 'Jira', adapter: 'zendesk' }, [422, 'invalid-content', '/source']],
    ['an unknown system', { source: 'x', adapter: 'remedy' }, [422, 'invalid-content', '/adapter']],
    ['the test secret of Zendesk', { source: 'z', adapter: 'zendesk', secret: TEST_SECRET_OF_ZENDESK }, [422, 'secret-unusable', '/secret']],
    ['a secret of another form', { source: 's', adapter: 'standard-webhooks', secret: 'x'.repeat(40) }, [422, 'secret-unusable', '/secret']],
    ['no check of the time where the system signs it', { source: 'z', adapter: 'zendesk', toleranceSeconds: null }, [422, 'invalid-content', '/toleranceSeconds']],
    ['a party of no kind', { ...jira, sourceParty: 'northwind' }, [422, 'invalid-content', '/sourceParty']],
    ['an area that does not exist', { ...jira, mapping: { defaults: { area: 'nonsense' } } }, [422, 'invalid-content', '/mapping/defaults/area']],
    ['a rule with two conditions', { ...jira, mapping: { rules: [{ ...rule, equals: 'y' }] } }, [422, 'invalid-content', '/mapping/rules/0']],
    ['a rule without a condition', { ...jira, mapping: { rules: [rule, { field: 'tags', set: { area: 'payment' } }] } }, [422, 'invalid-content', '/mapping/rules/1']],
    ['a rule that sets nothing', { ...jira, mapping: { rules: [{ ...rule, set: {} }] } }, [422, 'invalid-content', '/mapping/rules/0/set']],
    ['a rule that sets what is no fact', { ...jira, mapping: { rules: [{ ...rule, set: { subject: 'x' } }] } }, [422, 'invalid-content', '/mapping/rules/0/set/subject']],
    ['a severity that does not exist', { ...jira, mapping: { severities: { p1: 'Z' } } }, [422, 'invalid-content', '/mapping/severities/p1']],
    ['a link without the id in it', { ...jira, mapping: { ticketUrl: 'https://x.example/' } }, [422, 'invalid-content', '/mapping/ticketUrl']],
    ['settings that its system does not have', { ...jira, settings: { organizationId: 'x' } }, [422, 'invalid-content', '/settings']],
    ['an address that is none', { ...jira, allowedAddresses: ['203.0.113.0/24', 'adatum.example'] }, [422, 'invalid-content', '/allowedAddresses/1']],
    ['the same address twice', { ...jira, allowedAddresses: ['::1', '::1'] }, [422, 'invalid-content', '/allowedAddresses']],
    ['no webhooks at all allowed', { ...jira, requestsPerSecondMax: 0 }, [422, 'invalid-content', '/requestsPerSecondMax']],
    ['a poll every second', { ...jira, reconcileEverySeconds: 1 }, [422, 'invalid-content', '/reconcileEverySeconds']],
    ['a poll of a system that cannot be asked', { source: 's', adapter: 'standard-webhooks', reconcileEverySeconds: 300 }, [422, 'invalid-content', '/reconcileEverySeconds']],
    ['a poll without access', { source: 'a', adapter: 'autotask', reconcileEverySeconds: 300 }, [422, 'invalid-content', '/reconcileEverySeconds']],
    ['access to a system that has none', { source: 's', adapter: 'standard-webhooks', api: { baseUrl: 'https://x.example', auth: 'bearer', credentials: { token: 't' } } }, [422, 'invalid-content', '/api']],
    ['access that nobody knows', { source: 'a', adapter: 'autotask', api: { baseUrl: 'https://webservices5.autotask.net', auth: 'password' } }, [422, 'invalid-content', '/api/auth']],
    ['a key that nobody knows', { ...jira, secrt: 'typo' }, [422, 'invalid-content', '/secrt']],
  ])('is refused with %s, by the name of the field', async (_what, body, outcome) => {
    expect(await setUp().refusal(body)).toEqual(outcome);
  });

  it('is refused under a name that is taken', async () => {
    const { create, refusal } = setUp();
    await create(jira);
    expect((await refusal(jira)).slice(0, 2)).toEqual([409, 'source-exists']);
  });
});

describe('a source', () => {
  it('is seen by the next webhook as it was changed', async () => {
    const { create, handler, forgotten } = setUp();
    await create(jira);
    forgotten.length = 0;
    await handler.change('jira', Object.assign(new ChangeSourceBody(), { sourceParty: 'partner/1001', toleranceSeconds: 600 }));
    await handler.rotate('jira', {});
    await handler.remove('jira');
    expect(forgotten).toEqual(['jira', 'jira', 'jira']);
  });

  it('is paused once, however often it is told, and resumed', async () => {
    const { create, handler, clock, store } = setUp();
    await create(jira);
    const first = await handler.pause('jira');
    clock.advance(60_000);
    expect([first.pausedAt, (await handler.pause('jira')).pausedAt]).toEqual(['2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.000Z']);
    expect((await handler.resume('jira')).pausedAt).toBeNull();
    expect((await store.find('jira'))?.source.pausedAt).toBeNull();
  });

  it('is read with access whose credentials are kept apart, until it is taken away', async () => {
    const { create, handler, store } = setUp();
    const headers = { UserName: 'u', Secret: 's', ApiIntegrationCode: 'c' };
    const { source } = await create({ source: 'at', adapter: 'autotask', api: { baseUrl: 'https://webservices5.autotask.net/', auth: 'headers', headers }, reconcileEverySeconds: 300 });
    expect(source.api).toEqual({ baseUrl: 'https://webservices5.autotask.net', auth: 'headers' });
    expect((await store.find('at'))?.apiCredentials).toEqual({ auth: 'headers', headers });
    await expect(handler.change('at', Object.assign(new ChangeSourceBody(), { api: null, reconcileEverySeconds: 60 }))).rejects.toMatchObject({ fields: [{ field: '/reconcileEverySeconds' }] });
    await handler.change('at', Object.assign(new ChangeSourceBody(), { api: null }));
    expect(await store.find('at')).toMatchObject({ source: { api: null, reconcileEverySeconds: null }, apiCredentials: null });
  });

  it('is listed page by page until there is no more', async () => {
    const { create, handler } = setUp();
    for (const source of ['a', 'b', 'c']) await create({ ...jira, source });
    const first = await handler.list(null, 2);
    expect([first.items.map(({ source }) => source), first.next]).toEqual([['a', 'b'], 'b']);
    const second = await handler.list(first.next, 2);
    expect([second.items.map(({ source }) => source), second.next]).toEqual([['c'], null]);
  });

  it('gets a new secret in place of the old one, which holds a day longer', async () => {
    const { create, handler } = setUp();
    const { secret } = await create(jira);
    const rotated = await handler.rotate('jira', {});
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.oldExpireAt.toISOString()).toBe('2026-11-03T08:00:00.000Z');
  });

  it.each<[string, (handler: ManageSourcesHandler) => Promise<unknown>]>([
    ['read', (handler) => handler.find('nobody')], ['changed', (handler) => handler.change('nobody', {})], ['rotated', (handler) => handler.rotate('nobody', {})], ['removed', (handler) => handler.remove('nobody')], ['paused', (handler) => handler.pause('nobody')], ['resumed', (handler) => handler.resume('nobody')],
  ])('that does not exist cannot be %s', async (_what, act) => {
    await expect(act(setUp().handler)).rejects.toMatchObject({ status: 404, code: 'source-unknown' });
  });
});
