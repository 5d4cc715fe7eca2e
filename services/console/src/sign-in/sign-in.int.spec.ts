import { type ConsoleUnderTest, startConsoleUnderTest, TOKEN } from '../running-console.fixture.js';

let running: ConsoleUnderTest;

beforeAll(async () => {
  running = await startConsoleUnderTest();
});
afterAll(() => running.close());

const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code];
const makeLink = async (name: string) => {
  const response = await running.call('/v1/sign-in-links', { method: 'POST', body: JSON.stringify({ name }), headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } });
  expect(response.status).toBe(201);
  const { url, expiresAt } = (await response.json()) as { url: string; expiresAt: string };
  const { pathname, search } = new URL(url);
  return { path: `${pathname}${search}`, expiresAt };
};

describe('signing in', () => {
  it('takes a link once, and then the session says who it is', async () => {
    const { path } = await makeLink('Çağla');
    expect(path).not.toContain(TOKEN);
    const signedIn = await running.call(path, { headers: {} });
    expect([signedIn.status, signedIn.headers.get('location'), signedIn.headers.get('cache-control')]).toEqual([303, '/', 'no-store']);
    const cookie = signedIn.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^handoff-session-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const session = await running.call('/api/session', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await session.json()).toEqual({ name: 'Çağla', expiresAt: expect.any(String) as string });
    const again = await running.call(path, { headers: {} });
    expect([again.status, again.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await again.text()).toContain('npx handoff console link');
    expect((await running.call(path, { headers: { cookie: cookie.split(';')[0] ?? '' } })).status).toBe(303);
  });

  it.each([['/sign-in'], ['/sign-in?code='], ['/sign-in?code=x'], [`/sign-in?code=${'x'.repeat(5_000)}`], ['/sign-in?code=a&code=b']])('refuses %s', async (path) => {
    expect((await running.call(path, { headers: {} })).status).toBe(401);
  });

  it('refuses a link that is too old, and of two who use one at once lets one in', async () => {
    const { path: late } = await makeLink('late');
    await running.database.query("update console.sign_in_link set expires_at = now() - interval '1 second'");
    expect((await running.call(late, { headers: {} })).status).toBe(401);
    const { path } = await makeLink('twice');
    const answers = await Promise.all([1, 2, 3].map(() => running.call(path, { headers: {} })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 401, 401]);
  });

  it('keeps nothing in the database that signs anybody in', async () => {
    const { cookie } = await running.signIn('ada');
    const [row] = await running.database.query<{ text: string }>('select string_agg(s::text, $1) as text from console.session s', [' ']);
    expect(row?.text).not.toContain(cookie?.split('=')[1]);
  });
});

describe('a session', () => {
  it('opens the interface of the page and of programs, until its end', async () => {
    const headers = await running.signIn('ada');
    expect((await running.call('/api/queues', { headers })).status).toBe(200);
    expect((await running.call('/v1/dead-letters', { headers })).status).toBe(200);
    await running.database.query('update console.session set expires_at = now()');
    expect(await codeOf(await running.call('/api/queues', { headers }))).toEqual([401, 'sign-in-required']);
  });

  it('survives a restart, and ends when its owner signs out', async () => {
    const headers = await running.signIn('ada');
    await running.restart();
    expect((await running.call('/api/queues', { headers: { cookie: headers['cookie']?.replace(/\d+=/, '0=') ?? '' } })).status).toBe(200);
    const out = await running.call('/api/session', { method: 'DELETE', headers });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect(await codeOf(await running.call('/api/queues', { headers }))).toEqual([401, 'sign-in-required']);
  });

  it.each<[string, Record<string, string | undefined>, string?]>([
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another port of this host', { 'sec-fetch-site': 'same-site' }],
    ['without the header of the page', { 'x-handoff-console': undefined }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, '/api/routing/v1/explain'],
    ['from a browser that tells another origin', { 'sec-fetch-site': undefined, origin: 'http://evil.example' }],
  ])('changes nothing %s', async (_what, change, path = '/v1/sign-in-links') => {
    const own = { ...(await running.signIn('ada')), 'content-type': 'application/json', ...change };
    const headers = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Record<string, string>;
    expect(await codeOf(await running.call(path, { method: 'POST', body: '{"name":"eve"}', headers }))).toEqual([403, 'foreign-call']);
  });

  it('is no use to another site that reads', async () => {
    const headers = { ...(await running.signIn('ada')), 'sec-fetch-site': 'cross-site' };
    expect(await codeOf(await running.call('/api/queues', { headers }))).toEqual([403, 'foreign-call']);
  });

  it('is not asked of a program that has the token', async () => {
    expect((await running.call('/api/session')).status).toBe(200);
    expect(await codeOf(await running.call('/api/session', { headers: { authorization: 'Bearer wrong-token-wrong' } }))).toEqual([401, 'token-required']);
    expect(await codeOf(await running.call('/api/session', { headers: {} }))).toEqual([401, 'sign-in-required']);
  });
});
