import { NOTHING_ALLOWED } from '../destination/allow-list.js';
import { type OpenOutbound, openOutbound } from '../open-outbound.js';
import type { OAuthClient, OutboundRequest, Outcome, UserGrant } from '../outbound.js';
import { openHttpServer, type Respond, type TestServer } from '../test-servers/servers.fixture.js';

const json = (value: unknown, status = 200): Respond => (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

let nowMs: number;
let issued: number;
let login: TestServer;
let desk: TestServer;
let outbound: OpenOutbound;
let giveToken: Respond;
let answer: Respond;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-02T08:00:00.000Z');
  issued = 0;
  giveToken = (response, request) => json({ access_token: `token-${issued += 1}`, token_type: 'Bearer', expires_in: 3_600 })(response, request);
  answer = (response) => response.end();
  login = await openHttpServer((response, request) => giveToken(response, request));
  desk = await openHttpServer((response, request) => answer(response, request));
  outbound = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1', now: () => new Date(nowMs) });
});
afterEach(async () => {
  await outbound.close();
  await login.close();
  await desk.close();
});

const client = (more: Partial<OAuthClient> = {}): OAuthClient => ({ kind: 'oauth2', tokenUrl: `${login.url}/token`, clientId: 'handoff', clientSecret: 'hunter2', ...more });
const call = (request: Partial<OutboundRequest> = {}): Promise<Outcome> => outbound.call({ method: 'GET', url: desk.url, auth: client(), ...request });
const shown = (): (string | undefined)[] => desk.received.map(({ headers }) => headers.authorization);

describe('what shows who we are', () => {
  it.each([[{ kind: 'basic', user: 'a', password: 'b' }, { authorization: 'Basic YTpi' }], [{ kind: 'bearer', token: 't' }, { authorization: 'Bearer t' }], [{ kind: 'header', name: 'x-api-key', value: 'k' }, { 'x-api-key': 'k' }]] as const)('arrives: %j', async (auth, header) => {
    await call({ auth, headers: { 'x-a': 'b' } });
    expect(desk.received[0]?.headers).toMatchObject({ ...header, 'x-a': 'b' });
  });

  it('does not go along to another server', async () => {
    const elsewhere = await openHttpServer((response) => response.end('there'));
    answer = (response) => response.writeHead(302, { location: `${elsewhere.url}/x` }).end();
    for (const auth of [{ kind: 'bearer', token: 't' }, { kind: 'header', name: 'x-api-key', value: 'k' }, client()] as const) {
      expect((await call({ auth, redirectsMax: 1 })).answer?.body.toString()).toBe('there');
    }
    expect(JSON.stringify(elsewhere.received)).not.toMatch(/authorization|x-api-key|token-1/);
    await elsewhere.close();
  });
});

describe('a token', () => {
  it('is fetched once for all who ask meanwhile, and kept until shortly before its end', async () => {
    await Promise.all(Array.from({ length: 20 }, () => call()));
    expect(login.received).toMatchObject([{ method: 'POST', path: '/token', body: 'grant_type=client_credentials' }]);
    expect(new Set(shown())).toEqual(new Set(['Bearer token-1']));
    nowMs += 3_539_999;
    await call();
    expect(login.received).toHaveLength(1);
    nowMs += 1;
    await call();
    expect(login.received).toHaveLength(2);
    expect(shown().at(-1)).toBe('Bearer token-2');
  });

  it('is another one for another client, scope or secret', async () => {
    for (const more of [{}, { clientId: 'other' }, { scope: 'tickets' }, { clientSecret: 'changed' }, { fields: { tenant: 'x' } }, {}]) await call({ auth: client(more) });
    expect(login.received).toHaveLength(5);
  });

  it('is fetched anew once when the server refuses it, for all whom it refuses', async () => {
    await call();
    answer = (response, { headers }) => response.writeHead(headers.authorization === 'Bearer token-1' ? 401 : 200).end();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => call({ method: 'POST', body: 'again' })));
    expect(outcomes.map((outcome) => outcome.answer?.status)).toEqual([200, 200, 200, 200, 200]);
    expect(login.received).toHaveLength(2);
    expect(desk.received.slice(-5).map(({ body }) => body)).toEqual(['again', 'again', 'again', 'again', 'again']);
  });

  it('that is refused a second time stays refused', async () => {
    answer = (response) => response.writeHead(401).end();
    expect(await call()).toMatchObject({ kind: 'answered', answer: { status: 401 } });
    expect([login.received.length, desk.received.length]).toEqual([2, 2]);
  });

  it.each<[string, Respond, object]>([
    ['the client is not known', json({ error: 'invalid_client', error_description: 'hunter2' }, 401), { kind: 'no-credentials', detail: 'The token endpoint answered HTTP 401 (invalid_client).' }],
    ['the endpoint is in trouble', (response) => response.writeHead(503).end('hunter2'), { kind: 'no-credentials', detail: 'The token endpoint answered HTTP 503.' }],
    ['the answer is no JSON', (response) => response.end('hunter2'), { kind: 'no-credentials', detail: 'The token endpoint answered without a token.' }],
    ['the answer is broken', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"hunter2'), { kind: 'no-credentials' }],
    ['the endpoint hangs up', (response) => response.socket?.destroy(), { kind: 'reset' }],
    ['the endpoint sends us elsewhere', (response) => response.writeHead(307, { location: desk.url }).end(), { kind: 'no-credentials' }],
  ])('that cannot be had is a failure of the call, which was not sent: %s', async (_what, respond, expected) => {
    giveToken = respond;
    const outcome = await call();
    expect(outcome).toMatchObject({ ...expected, arrived: 'no', answer: null, host: login.url.slice('http://'.length) });
    expect(JSON.stringify(outcome)).not.toContain('hunter2');
    expect(desk.received).toEqual([]);
  });

  it('is fetched by the next call when it could not be had by the last', async () => {
    const works = giveToken;
    giveToken = (response) => response.writeHead(500).end();
    expect(await call()).toMatchObject({ kind: 'no-credentials' });
    giveToken = works;
    expect(await call()).toMatchObject({ kind: 'answered' });
  });

  it('comes only from a destination that is allowed', async () => {
    expect(await call({ auth: client({ tokenUrl: 'http://169.254.169.254/token' }) })).toMatchObject({ kind: 'refused-destination', arrived: 'no' });
  });

  it('is waited for by nobody who gave up, and serves the others', async () => {
    let give: () => void = () => undefined;
    const works = giveToken;
    giveToken = (response, request) => {
      give = () => works(response, request);
    };
    const caller = new AbortController();
    const [gaveUp, late, patient] = [call({ signal: caller.signal }), call({ timeoutMs: 100 }), call()];
    while (login.received.length < 1) await new Promise((resolve) => setImmediate(resolve));
    caller.abort();
    expect(await gaveUp).toMatchObject({ kind: 'cancelled', arrived: 'no' });
    expect(await late).toMatchObject({ kind: 'timeout', arrived: 'no' });
    give();
    expect(await patient).toMatchObject({ kind: 'answered' });
    expect([login.received.length, desk.received.length]).toEqual([1, 1]);
  });
});

describe('a token of a user', () => {
  /** Who signed in once, and what became of the refresh token. */
  class Grant implements UserGrant {
    readonly replacements: string[] = [];
    constructor(readonly name: string, private token: string | null) {}
    current(): Promise<string> {
      return this.token === null ? Promise.reject(new Error('hunter2')) : Promise.resolve(this.token);
    }
    replaced(former: string, by: string): Promise<void> {
      this.replacements.push(`${former} > ${by}`);
      this.token = by;
      return Promise.resolve();
    }
  }
  const asUser = (grant: UserGrant): Promise<Outcome> => call({ auth: { kind: 'oauth2-user', tokenUrl: `${login.url}/token`, clientId: 'handoff', clientSecret: 'hunter2', grant } });
  const givesNext: Respond = (response, request) => json({ access_token: `token-${issued += 1}`, refresh_token: `next-${issued}` })(response, request);

  it('is fetched by the refresh token that holds, which the server may replace each time', async () => {
    giveToken = givesNext;
    const grant = new Grant('ada', 'first');
    answer = (response, { headers }) => response.writeHead(headers.authorization === 'Bearer token-1' ? 401 : 200).end();
    expect(await asUser(grant)).toMatchObject({ kind: 'answered', answer: { status: 200 } });
    expect(login.received.map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual(['first', 'next-1']);
    expect(grant.replacements).toEqual(['first > next-1', 'next-1 > next-2']);
    await asUser(grant);
    expect(login.received).toHaveLength(2);
  });

  it('is not that of another user', async () => {
    await asUser(new Grant('ada', 'a'));
    await asUser(new Grant('ben', 'b'));
    expect(shown()).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('cannot be had where there is no refresh token', async () => {
    const outcome = await asUser(new Grant('ada', null));
    expect(outcome).toMatchObject({ kind: 'no-credentials', arrived: 'no', detail: 'The refresh token cannot be read now.' });
    expect([JSON.stringify(outcome).includes('hunter2'), login.received.length]).toEqual([false, 0]);
  });

  it('cannot be had any more when the sign-in has ended', async () => {
    giveToken = json({ error: 'invalid_grant' }, 400);
    expect(await asUser(new Grant('ada', 'old'))).toMatchObject({ kind: 'no-credentials', detail: 'The token endpoint answered HTTP 400 (invalid_grant).' });
  });
});
