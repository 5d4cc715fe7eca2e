import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { Socket } from 'node:net';
import { parseAllowList } from './destination/allow-list.js';
import type { EgressPolicy } from './destination/destination.decision.js';
import { GuardedOutbound, type OutboundLimits } from './guarded.outbound.js';
import type { Outcome, OutboundRequest } from './outbound.js';
import { AUTHORITY, CLIENT_CERT, CLIENT_KEY, SERVER_CERT, SERVER_KEY } from './test-servers/certificates.fixture.js';
import { openDnsServer, openHttpServer, openHttpsServer, openTcpServer, type Respond, type Zone } from './test-servers/servers.fixture.js';

const local: EgressPolicy = { allowPrivate: true, allow: parseAllowList('') };
const strict: EgressPolicy = { allowPrivate: false, allow: parseAllowList('127.0.0.1') };
const LIMITS: OutboundLimits = { connectTimeoutMs: 5_000, headersTimeoutMs: 10_000, timeoutMs: 20_000, bodyBytesMax: 100_000, headerBytesMax: 16_384, connectionsAnOriginMax: 4 };
const open: { close(): Promise<void> }[] = [];

/** To be closed after the test. */
async function opened<T extends { close(): Promise<void> }>(thing: T | Promise<T>): Promise<T> {
  const there = await thing;
  open.unshift(there);
  return there;
}

const outbound = (policy: EgressPolicy = local, { dnsServers = [], ...limits }: Partial<OutboundLimits> & { dnsServers?: string[] } = {}): Promise<GuardedOutbound> =>
  opened(new GuardedOutbound({ policy, limits: { ...LIMITS, ...limits }, dnsServers, userAgent: 'Handoff/1' }));
const http = (respond: Respond = (response) => response.end('ok')) => opened(openHttpServer(respond));
const tcp = (talk: (socket: Socket) => void) => opened(openTcpServer(talk));
/** Says this to whoever sends a request, and leaves the connection open. */
const saying = (text: string) => tcp((socket) => socket.on('data', () => socket.write(text)));
const dns = (zone: Zone) => opened(openDnsServer(zone));
const get = async (url: string, request: Partial<OutboundRequest> = {}, limits: Partial<OutboundLimits> = {}): Promise<Outcome> => (await outbound(local, limits)).call({ method: 'GET', url, ...request });
const bodyOf = (outcome: Outcome): string | undefined => outcome.answer?.body.toString('utf8');

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

describe('an answer', () => {
  it('has status, headers, body, and the wish to be left alone for a time', async () => {
    const server = await http((response) => response.writeHead(429, { 'retry-after': '7', 'x-kind': 'a' }).end('slow down'));
    const outcome = await get(`${server.url}/tickets?id=1`, { method: 'POST', headers: { 'x-id': '1' }, body: '{"a":1}' });
    expect(outcome).toMatchObject({ kind: 'answered', answer: { status: 429, headers: { 'x-kind': 'a' }, retryAfterMs: 7_000 } });
    expect(bodyOf(outcome)).toBe('slow down');
    expect(server.received).toMatchObject([{ method: 'POST', path: '/tickets?id=1', body: '{"a":1}', headers: { 'x-id': '1', 'user-agent': 'Handoff/1', host: `127.0.0.1:${server.port}`, 'content-length': '7' } }]);
  });

  it('may be a redirect, which nobody follows', async () => {
    const elsewhere = await http();
    const server = await http((response) => response.writeHead(302, { location: elsewhere.url }).end());
    expect(await get(server.url)).toMatchObject({ kind: 'answered', answer: { status: 302 } });
    expect(elsewhere.connections()).toBe(0);
  });

  it('is none before the last: hints may come first', async () => {
    const server = await saying('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n');
    expect(await get(server.url)).toMatchObject({ kind: 'answered', answer: { status: 204 } });
  });

  it.each([
    ['gzip', gzipSync('text')], ['x-gzip', gzipSync('text')], ['deflate', deflateSync('text')], ['deflate', deflateRawSync('text')], ['br', brotliCompressSync('text')], ['zstd', zstdCompressSync('text')],
    ['gzip, br', brotliCompressSync(gzipSync('text'))], ['identity', Buffer.from('text')], ['gzip', Buffer.alloc(0)],
  ] as const)('is decoded from %s', async (coding, body) => {
    const server = await http((response) => response.writeHead(200, { 'content-encoding': coding }).end(body));
    expect(bodyOf(await get(server.url))).toBe(body.length === 0 ? '' : 'text');
  });

  it('comes over one connection for one call after another, whose name is looked up once', async () => {
    const server = await http();
    const names = await dns(() => ['127.0.0.1']);
    const client = await outbound(strict, { dnsServers: [names.address], connectionsAnOriginMax: 1 });
    for (let nth = 0; nth < 5; nth += 1) expect(await client.call({ method: 'GET', url: `http://desk.contoso.example:${server.port}/` })).toMatchObject({ kind: 'answered' });
    expect([server.connections(), names.asked.length, server.received[4]?.headers.host]).toEqual([1, 1, `desk.contoso.example:${server.port}`]);
  });
});

it('looks a name up once for all who ask at the same time', async () => {
  const server = await http();
  const names = await dns(() => ['127.0.0.1']);
  const client = await outbound(strict, { dnsServers: [names.address] });
  const call = () => client.call({ method: 'GET', url: `http://desk.contoso.example:${server.port}/` });
  await Promise.all([call(), call(), call(), call()]);
  expect([server.connections(), names.asked.length]).toEqual([4, 1]);
});

describe('a destination that is not allowed', () => {
  it('is not connected to, neither by address nor by a name that leads there', async () => {
    const server = await http();
    const client = await outbound({ ...strict, allow: parseAllowList('') });
    for (const url of [server.url, server.url.replace('127.0.0.1', 'localhost'), server.url.replace('127.0.0.1', '2130706433')]) {
      expect(await client.call({ method: 'GET', url })).toMatchObject({ kind: 'refused-destination', arrived: 'no', answer: null });
    }
    expect(server.connections()).toBe(0);
  });

  it.each([['127.0.0.2'], ['10.0.0.1'], ['169.254.169.254'], ['0.0.0.0'], ['100.64.0.1']])('is a name at %s, also among allowed addresses', async (address) => {
    const server = await http();
    for (const addresses of [[address], ['127.0.0.1', address], [address, '127.0.0.1']]) {
      const names = await dns(() => addresses);
      const client = await outbound(strict, { dnsServers: [names.address] });
      expect(await client.call({ method: 'GET', url: `http://desk.contoso.example:${server.port}/` })).toMatchObject({ kind: 'refused-destination', arrived: 'no' });
    }
    expect(server.connections()).toBe(0);
  });

  it('is reached by no name that changes after it was checked', async () => {
    const server = await http((response) => response.setHeader('connection', 'close').end('checked'));
    // The first answer is an allowed address, every later one is not.
    const names = await dns((_name, nth) => (nth === 0 ? ['127.0.0.1'] : ['127.0.0.2']));
    const client = await outbound(strict, { dnsServers: [names.address] });
    const call = () => client.call({ method: 'GET', url: `http://rebind.contoso.example:${server.port}/` });
    const first = await call();
    expect(bodyOf(first)).toBe('checked');
    expect(names.asked).toEqual(['rebind.contoso.example']);
    expect(await call()).toMatchObject({ kind: 'refused-destination', arrived: 'no', host: `rebind.contoso.example:${server.port}` });
    expect(server.connections()).toBe(1);
  });

  it('is tried at each of its addresses, where all are allowed', async () => {
    const server = await http();
    const names = await dns(() => ['127.0.0.2', '127.0.0.1']);
    const client = await outbound({ ...strict, allow: parseAllowList('127.0.0.0/8') }, { dnsServers: [names.address] });
    expect(await client.call({ method: 'GET', url: `http://desk.contoso.example:${server.port}/` })).toMatchObject({ kind: 'answered' });
  });

  it('can be allowed by its name', async () => {
    const server = await http();
    const names = await dns(() => ['127.0.0.1']);
    const client = await outbound({ ...strict, allow: parseAllowList('*.contoso.example') }, { dnsServers: [names.address] });
    expect(await client.call({ method: 'GET', url: `http://desk.contoso.example:${server.port}/` })).toMatchObject({ kind: 'answered' });
    expect(await client.call({ method: 'GET', url: `http://desk.fabrikam.example:${server.port}/` })).toMatchObject({ kind: 'refused-destination' });
  });
});

describe('no connection', () => {
  it('is dns where the host has no address, or nobody says', async () => {
    const names = await dns((name) => (name.startsWith('silent') ? 'silent' : []));
    const client = await outbound(strict, { dnsServers: [names.address] });
    expect(await client.call({ method: 'GET', url: 'http://nowhere.contoso.example/' })).toMatchObject({ kind: 'dns', arrived: 'no', detail: 'The host cannot be looked up (ENOTFOUND).' });
    expect(await client.call({ method: 'GET', url: 'http://silent.contoso.example/', timeoutMs: 500 })).toMatchObject({ kind: 'timeout', arrived: 'no' });
  });

  it('is connect where nobody listens', async () => {
    const server = await http();
    await server.close();
    expect(await get(server.url)).toMatchObject({ kind: 'connect', arrived: 'no', detail: 'There is no connection (ECONNREFUSED).', host: `127.0.0.1:${server.port}` });
  });

  it('is timeout where a server takes the connection and says nothing of TLS', async () => {
    const server = await tcp(() => undefined);
    expect(await get(server.url.replace('http:', 'https:'), {}, { connectTimeoutMs: 300 })).toMatchObject({ kind: 'timeout', arrived: 'no' });
  });

  it('is tls where the other side does not speak it, hangs up, or is not whom we know', async () => {
    const [plain, rude] = [await http(), await tcp((socket) => socket.on('data', () => socket.destroy()))];
    const unknown = await opened(openHttpsServer({ cert: SERVER_CERT, key: SERVER_KEY }, (response) => response.end()));
    for (const { url } of [plain, rude, unknown]) expect(await get(url.replace('http:', 'https:'))).toMatchObject({ kind: 'tls', arrived: 'no' });
    expect(unknown.received).toEqual([]);
  });
});

describe('TLS', () => {
  const tls = { cert: CLIENT_CERT, key: CLIENT_KEY, ca: AUTHORITY };
  const asking = () => opened(openHttpsServer({ cert: SERVER_CERT, key: SERVER_KEY, ca: AUTHORITY, requestCert: true, rejectUnauthorized: true }, (response) => response.end('known')));

  it('checks the certificate against the name, though the connection goes to an address', async () => {
    const server = await asking();
    const names = await dns(() => ['127.0.0.1']);
    const client = await outbound(strict, { dnsServers: [names.address] });
    const call = (host: string) => client.call({ method: 'GET', url: `https://${host}:${server.port}/`, tls });
    expect(bodyOf(await call('desk.contoso.example'))).toBe('known');
    expect(await call('other.contoso.example')).toMatchObject({ kind: 'tls', arrived: 'no', detail: 'There is no secure connection (ERR_TLS_CERT_ALTNAME_INVALID).' });
  });

  it('shows our certificate only for calls that have one, on connections of their own', async () => {
    const server = await asking();
    const names = await dns(() => ['127.0.0.1']);
    const client = await outbound(strict, { dnsServers: [names.address] });
    const call = (certificate: OutboundRequest['tls']) => client.call({ method: 'GET', url: `https://desk.contoso.example:${server.port}/`, ...(certificate === undefined ? {} : { tls: certificate }) });
    expect(await call(tls)).toMatchObject({ kind: 'answered' });
    expect(await call({ ...tls })).toMatchObject({ kind: 'answered' });
    expect(await call(undefined)).toMatchObject({ kind: 'tls', arrived: 'no' });
    expect(server.received).toHaveLength(2);
  });

  it('takes the word of a private authority, for calls that name it alone', async () => {
    const server = await opened(openHttpsServer({ cert: SERVER_CERT, key: SERVER_KEY }, (response) => response.end()));
    const names = await dns(() => ['127.0.0.1']);
    const client = await outbound(strict, { dnsServers: [names.address] });
    const url = `https://desk.contoso.example:${server.port}/`;
    expect(await client.call({ method: 'GET', url, tls: { ca: AUTHORITY } })).toMatchObject({ kind: 'answered' });
    expect(await client.call({ method: 'GET', url })).toMatchObject({ kind: 'tls', arrived: 'no', detail: 'There is no secure connection (UNABLE_TO_VERIFY_LEAF_SIGNATURE).' });
  });

  it('with a key that is none is a failure of that call', async () => {
    const server = await asking();
    expect(await get(server.url, { tls: { cert: 'x', key: 'y' } })).toMatchObject({ kind: 'tls', arrived: 'no' });
  });
});

describe('a call that ends on its way', () => {
  it.each([
    ['the server hangs up', async () => tcp((socket) => socket.on('data', () => socket.destroy())), { kind: 'reset', arrived: 'unclear', answer: null }],
    ['the server resets the connection', async () => tcp((socket) => socket.on('data', () => socket.resetAndDestroy())), { kind: 'reset', arrived: 'unclear', answer: null }],
    ['it hangs up within its headers', async () => tcp((socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nx-a'))), { arrived: 'unclear', answer: null }],
    ['it hangs up after a hint', async () => tcp((socket) => socket.on('data', () => socket.end('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'))), { kind: 'reset', arrived: 'unclear', answer: null }],
    ['it hangs up within the body', async () => tcp((socket) => socket.on('data', () => socket.end('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\nhalf'))), { kind: 'reset', arrived: 'yes', answer: { status: 201 } }],
    ['it hangs up within a chunk', async () => tcp((socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n40\r\nhalf'))), { arrived: 'yes', answer: { status: 200 } }],
    ['it speaks something else', async () => saying('SSH-2.0-OpenSSH_9.9\r\n'), { kind: 'malformed', arrived: 'unclear', answer: null }],
    ['it says two lengths', async () => saying('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'), { kind: 'malformed', arrived: 'unclear' }],
    ['a chunk has no length', async () => saying('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'), { kind: 'malformed', arrived: 'yes', answer: { status: 200 } }],
    ['its headers are too large', async () => saying(`HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(20_000)}\r\n\r\n`), { kind: 'too-large', arrived: 'unclear', answer: null }],
    ['its headers have no end', async () => tcp((socket) => socket.on('data', () => setInterval(() => socket.write(`x-${'a'.repeat(500)}: b\r\n`), 1).unref()).write('HTTP/1.1 200 OK\r\n')), { arrived: 'unclear', answer: null }],
  ])('is told from an answer: %s', async (_what, server, expected) => {
    expect(await get((await server()).url, { method: 'POST', body: 'x' })).toMatchObject(expected);
  });

  it.each([
    ['nothing comes', async () => tcp(() => undefined), 'unclear'],
    ['headers come one by one', async () => saying('HTTP/1.1 200 OK\r\n'), 'unclear'],
    ['the body stops', async () => saying('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'), 'yes'],
    ['the body comes byte by byte', async () => tcp((socket) => socket.on('data', () => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    })), 'yes'],
  ] as const)('is a timeout when %s', async (_what, server, arrived) => {
    const { url } = await server();
    expect(await get(url, { timeoutMs: 300 })).toMatchObject({ kind: 'timeout', arrived, host: url.slice('http://'.length) });
  });

  it('is a timeout of the headers alone, too', async () => {
    const server = await tcp(() => undefined);
    expect(await get(server.url, {}, { headersTimeoutMs: 200 })).toMatchObject({ kind: 'timeout', arrived: 'unclear' });
  });

  it('surely did not arrive when its time passed while it waited for a connection', async () => {
    const server = await http((response, { path }) => (path === '/third' ? response.end() : undefined));
    const client = await outbound(local, { connectionsAnOriginMax: 1 });
    const first = client.call({ method: 'GET', url: `${server.url}/first`, timeoutMs: 600 });
    const second = client.call({ method: 'GET', url: `${server.url}/second`, timeoutMs: 300 });
    expect(await second).toMatchObject({ kind: 'timeout', arrived: 'no' });
    expect(await first).toMatchObject({ kind: 'timeout', arrived: 'unclear' });
    expect(await client.call({ method: 'GET', url: `${server.url}/third` })).toMatchObject({ kind: 'answered' });
    expect(server.received.map(({ path }) => path)).toEqual(['/first', '/third']);
  });

  it('is cancelled by its caller, before, under way, and by closing the client', async () => {
    const server = await http(() => undefined);
    expect(await get(server.url, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'cancelled', arrived: 'no' });
    const caller = new AbortController();
    const client = await outbound();
    const calls = [client.call({ method: 'GET', url: server.url, signal: caller.signal }), client.call({ method: 'GET', url: server.url })];
    while (server.connections() < 2) await new Promise((resolve) => setImmediate(resolve));
    caller.abort();
    expect(await calls[0]).toMatchObject({ kind: 'cancelled' });
    await client.close();
    expect(await calls[1]).toMatchObject({ kind: 'cancelled' });
    expect(await client.call({ method: 'GET', url: server.url })).toMatchObject({ kind: 'cancelled', arrived: 'no' });
  });
});

describe('an answer beyond the limit', () => {
  it('is cut, with its status and its beginning', async () => {
    const server = await http((response) => response.writeHead(200).end('x'.repeat(1_000_000)));
    const outcome = await get(server.url, { bodyBytesMax: 1_000 });
    expect(outcome).toMatchObject({ kind: 'too-large', arrived: 'yes', answer: { status: 200 }, detail: 'The answer is larger than we take.' });
    expect(bodyOf(outcome)).toBe('x'.repeat(1_000));
  });

  it('is never taken further than the client allows, and up to there it is', async () => {
    const server = await http((response) => response.end('x'.repeat(100_000)));
    expect(await get(server.url, { bodyBytesMax: 1_000_000 })).toMatchObject({ kind: 'answered' });
    expect(await get(server.url, { bodyBytesMax: 1_000_000 }, { bodyBytesMax: 99_999 })).toMatchObject({ kind: 'too-large' });
  });

  it.each([['gzip', gzipSync], ['deflate', deflateSync], ['br', brotliCompressSync], ['zstd', zstdCompressSync]] as const)('is not even made from a small one: %s', async (coding, compress) => {
    const bomb = compress(Buffer.alloc(5_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    const server = await http((response) => response.writeHead(200, { 'content-encoding': coding }).end(bomb));
    expect(await get(server.url)).toMatchObject({ kind: 'too-large', arrived: 'yes', answer: { status: 200, body: Buffer.alloc(0) } });
  });

  it.each([['gzip', 'not gzip'], ['compress', 'x'], ['gzip, gzip, gzip, gzip', 'x'], ['br', 'not brotli']])('differs from one that is not %s at all', async (coding, body) => {
    const server = await http((response) => response.writeHead(200, { 'content-encoding': coding }).end(body));
    expect(await get(server.url)).toMatchObject({ kind: 'malformed', arrived: 'yes', answer: { status: 200 }, detail: 'The answer cannot be read (content-encoding).' });
  });
});

describe('a request that cannot be sent', () => {
  it.each([[{ 'x-a': 'b\r\nx-c: d' }], [{ 'x a': 'b' }], [{ host: 'other.example' }], [{ Host: 'other.example' }], [{ 'content-length': '3' }], [{ 'transfer-encoding': 'chunked' }], [{ connection: 'upgrade' }]])('has headers %j', async (headers) => {
    const server = await http();
    expect(await get(server.url, { headers: headers as unknown as Record<string, string> })).toMatchObject({ kind: 'unsendable', arrived: 'no', answer: null });
    expect(server.connections()).toBe(0);
  });
});

it('no secret is in what a failure says', async () => {
  const servers = [await tcp((socket) => socket.on('data', () => socket.destroy())), await saying('hunter2 hunter2\r\n'), await tcp(() => undefined)];
  const failed = [];
  for (const { url } of servers) failed.push(await get(`${url}/hunter2?key=hunter2`, { method: 'POST', headers: { authorization: 'Bearer hunter2' }, body: 'hunter2', timeoutMs: 300 }));
  failed.push(await get('https://user:hunter2@contoso.example/'), await get('http://127.0.0.1:1/hunter2'), await get('hunter2'), await get(`${servers[0]?.url}/`, { headers: { 'x-a': 'hunter2\n' } }));
  expect(failed.map(({ kind }) => kind)).not.toContain('answered');
  expect(JSON.stringify(failed)).not.toContain('hunter2');
});
