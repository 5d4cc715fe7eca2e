import { NOTHING_ALLOWED, parseAllowList } from './destination/allow-list.js';
import { callJson } from './json/call-json.js';
import { type OpenOutbound, openOutbound, type OpenOutboundOptions } from './open-outbound.js';
import type { Outcome } from './outbound.js';
import type { CircuitChange } from './pace/open-lane.js';
import { openHttpServer, type Respond, type TestServer } from './test-servers/servers.fixture.js';

let server: TestServer;
let answer: Respond;
let outbound: OpenOutbound;
const opened: OpenOutbound[] = [];
const open = (options: Partial<OpenOutboundOptions> = {}): OpenOutbound => {
  const client = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1', ...options });
  opened.push(client);
  return client;
};

beforeEach(async () => {
  answer = (response) => response.end();
  server = await openHttpServer((response, request) => answer(response, request));
  outbound = open();
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
  await server.close();
});

describe('JSON', () => {
  const get = () => callJson(outbound, { method: 'GET', url: server.url });
  const say = (status: number, type: string, body: string | Buffer): void => {
    answer = (response) => response.writeHead(status, { 'content-type': type }).end(body);
  };

  it('is sent and asked for', async () => {
    await callJson(outbound, { method: 'POST', url: server.url, json: { subject: 'Çok yavaş' }, headers: { 'x-a': 'b' } });
    expect(server.received).toMatchObject([{ method: 'POST', body: '{"subject":"Çok yavaş"}', headers: { accept: 'application/json', 'content-type': 'application/json', 'x-a': 'b' } }]);
    await callJson(outbound, { method: 'PATCH', url: server.url, json: null, headers: { 'content-type': 'application/json-patch+json' } });
    expect(server.received[1]).toMatchObject({ body: 'null', headers: { 'content-type': 'application/json-patch+json' } });
  });

  it.each([['application/json'], ['application/json; charset=utf-8'], ['application/problem+json'], ['Application/JSON'], ['application/vnd.api+json;x=y']])('is what says it is: %s', async (type) => {
    say(200, type, '\ufeff{"a":[1,null,"ü"]}');
    expect(await get()).toMatchObject({ kind: 'answered', answer: { status: 200 }, content: { kind: 'json', value: { a: [1, null, 'ü'] } } });
  });

  it.each([['text/html', 200, '{"a":1}'], ['application/jsonp', 200, '{}'], ['text/json5', 200, '{}'], ['application/json', 204, ''], ['application/json', 503, '<html>busy'], ['application/json', 500, Buffer.from([0x22, 0xff, 0x22])]])('is not what does not say so, is empty, or failed anyway: %s of %i', async (type, status, body) => {
    say(status, type, body);
    expect(await get()).toMatchObject({ kind: 'answered', answer: { status }, content: { kind: 'bytes', bytes: Buffer.from(body) } });
  });

  it.each([['{"a":'], ['NaN'], [Buffer.from([0x22, 0xff, 0x22])], ['{} {}'], [`${'['.repeat(500)}`]])('of a success that cannot be read is malformed, with its status', async (body) => {
    say(201, 'application/json', body);
    expect(await get()).toMatchObject({ kind: 'malformed', arrived: 'yes', answer: { status: 201 }, host: server.url.slice('http://'.length) });
  });

  it('is not awaited from a call that failed', async () => {
    answer = (response) => response.socket?.destroy();
    expect(await get()).toMatchObject({ kind: 'reset', arrived: 'unclear' });
  });
});

describe('redirects', () => {
  it('are followed as often as the caller asks, within one time limit', async () => {
    answer = (response, { path }) => (path === '/3' ? response.end('there') : response.writeHead(302, { location: `/${Number(path.slice(1)) + 1}` }).end());
    const get = (redirectsMax?: number) => outbound.call({ method: 'GET', url: `${server.url}/0`, ...(redirectsMax === undefined ? {} : { redirectsMax }) });
    expect((await get(3)).answer?.body.toString()).toBe('there');
    expect([(await get(2)).answer?.headers['location'], (await get()).answer?.headers['location']]).toEqual(['/3', '/1']);
    answer = (response, { path }) => setTimeout(() => response.writeHead(302, { location: `${path}x` }).end(), 40);
    expect(await outbound.call({ method: 'GET', url: `${server.url}/0`, redirectsMax: 1_000, timeoutMs: 300 })).toMatchObject({ kind: 'timeout' });
  });

  it.each([['http://169.254.169.254/latest/meta-data'], ['http://127.0.0.2/'], ['http://[::ffff:10.0.0.1]/'], ['//3232235777/']])('lead to no forbidden destination: %s', async (location) => {
    answer = (response) => response.writeHead(302, { location }).end();
    const strict = open({ policy: { allowPrivate: false, allow: parseAllowList('127.0.0.1') } });
    expect(await strict.call({ method: 'GET', url: server.url, redirectsMax: 5 })).toMatchObject({ kind: 'refused-destination', arrived: 'no' });
  });
});

describe('an observer', () => {
  it('hears of every outcome and of circuits that change', async () => {
    const heard: { readonly outcomes: Outcome[]; readonly durationsMs: number[]; readonly changes: CircuitChange[] } = { outcomes: [], durationsMs: [], changes: [] };
    const observed = open({
      pace: { waitMsMax: 0, circuit: { failuresInRow: 1 } },
      observer: {
        onOutcome: (outcome, durationMs) => {
          heard.outcomes.push(outcome);
          heard.durationsMs.push(durationMs);
        },
        onCircuitChange: (change) => heard.changes.push(change),
      },
    });
    answer = (response) => response.writeHead(500).end();
    for (let nth = 0; nth < 2; nth += 1) await observed.call({ method: 'GET', url: server.url });
    expect(heard.outcomes.map(({ kind }) => kind)).toEqual(['answered', 'held-back']);
    expect(heard.durationsMs.filter((ms) => ms >= 0)).toHaveLength(2);
    expect(heard.changes).toEqual([{ lane: server.url, from: 'closed', to: 'open' }]);
    expect(observed.lanes()).toMatchObject([{ name: server.url, circuit: 'open', underWay: 0, waiting: 0 }]);
    expect(outbound.lanes()).toEqual([]);
  });
});
