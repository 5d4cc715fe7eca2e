// What senders may do to a service that listens to everybody: each is cut off, and the others do not notice.
import { connect, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { createTestDatabase, eventually, type TestDatabase } from '@handoff/testing';
import { type IntakeUnderTest, standardHeaders, startIntakeUnderTest, TOKEN } from './running-intake.fixture.js';

const MIB = 1_048_576;
const CONNECTIONS_MAX = 30;
/** How long a request may take where senders are slow; what is large is sent to an intake that has the usual patience. */
const REQUEST_TIMEOUT_MS = 3_000;
const TICKET = { externalId: 'T-1', subject: 'The export stays empty' };

let database: TestDatabase;
let intake: IntakeUnderTest;
let impatient: IntakeUnderTest;
let secret: string;

beforeAll(async () => {
  database = await createTestDatabase();
  intake = await startIntakeUnderTest({ DATABASE_URL: database.url, BODY_BYTES_MAX: String(4 * MIB) });
  impatient = await startIntakeUnderTest({ DATABASE_URL: database.url, REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS), CONNECTIONS_MAX: String(CONNECTIONS_MAX) });
  secret = await intake.createSource('desk');
});

afterAll(async () => {
  await impatient?.running.close();
  await intake?.running.close();
  await database?.drop();
});

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

interface RawClient {
  readonly socket: Socket;
  /** What came back until the connection was closed. */
  readonly closed: Promise<string>;
}

function rawClient(): RawClient {
  const { hostname, port } = new URL(impatient.running.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  let told = '';
  socket.setEncoding('latin1').on('data', (text) => (told += String(text)));
  // A connection that is reset is closed as well.
  socket.on('error', () => undefined);
  return { socket, closed: new Promise((resolve) => socket.once('close', () => resolve(told))) };
}

/** Sends a byte now and then, so that the connection is never quiet, until it is closed. */
async function drips({ socket, closed }: RawClient, head: string): Promise<string> {
  socket.write(head);
  const timer = setInterval(() => socket.write('x'), 50);
  try {
    return await closed;
  } finally {
    clearInterval(timer);
  }
}

const post = async (payload: object | string | Buffer, headers: Record<string, string> = {}, to = intake): Promise<number> => (await to.post('desk', secret, payload, headers)).status;
const HEAD = 'POST /v1/sources/desk/webhooks HTTP/1.1\r\nHost: intake\r\nContent-Type: application/json\r\n';

describe('a sender who is slow', () => {
  const heads = {
    'with the body': `${HEAD}Content-Length: 100000\r\n\r\n{"a":"`,
    'with a body in pieces': `${HEAD}Transfer-Encoding: chunked\r\n\r\nfffff\r\n`,
    'with the headers': `${HEAD}X-Slow: `,
    'with the first line': 'POST /v1/sou',
  };

  it(`${Object.keys(heads).join(', ')} is cut off, while others are served`, async () => {
    const slow = Object.entries(heads).flatMap(([what, head]) => Array.from({ length: 4 }, async () => ({ what, answer: await drips(rawClient(), head) })));
    expect(await Promise.all(Array.from({ length: 10 }, () => post(TICKET, {}, impatient)))).toEqual(Array.from({ length: 10 }, () => 202));
    for (const { what, answer } of await Promise.all(slow)) expect({ what, answer }).toEqual({ what, answer: expect.stringMatching(/^(HTTP\/1\.1 408 |$)/) });
    expect(await post(TICKET, {}, impatient)).toBe(202);
  });
});

describe('a flood of connections', () => {
  it('takes up no more than the limit, and no longer than headers may take', async () => {
    const flood = Array.from({ length: CONNECTIONS_MAX + 50 }, () => rawClient());
    const answers = await Promise.all(flood.map(({ closed }) => closed));
    // None of them said anything: those over the limit are closed at once, and the others when their time is over.
    expect(answers).toHaveLength(CONNECTIONS_MAX + 50);
    await eventually(async () => expect(await post(TICKET, {}, impatient)).toBe(202));
  });
});

describe('a body that is compressed', () => {
  const body = Buffer.from(JSON.stringify(TICKET));
  const encoded: readonly [string, (bytes: Buffer) => Buffer][] = [['gzip', gzipSync], ['deflate', deflateSync], ['br', (bytes) => brotliCompressSync(bytes)]];

  it.each(encoded)('with %s is taken, signed over what its system wrote', async (encoding, encode) => {
    const deliver = (headers: Record<string, string>): Promise<number> => intake.post('desk', secret, encode(body), { ...headers, 'content-encoding': encoding }).then(({ status }) => status);
    expect([await deliver(standardHeaders(secret, body)), await deliver(standardHeaders(secret, encode(body)))]).toEqual([202, 401]);
  });

  it('in a way that is not known, or falsely named, is refused', async () => {
    expect([await post(body, { 'content-encoding': 'zstd' }), await post(body, { 'content-encoding': 'gzip' })]).toEqual([415, 400]);
  });

  it('counts by what comes out: bombs are refused, and take no memory', async () => {
    // A member of gzip is a kilobyte that becomes a mebibyte; three thousand of them are one body.
    const gzipBomb = Buffer.concat(Array<Buffer>(3_000).fill(gzipSync(Buffer.alloc(MIB))));
    const brotliBomb = brotliCompressSync(Buffer.alloc(256 * MIB), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    expect([gzipBomb.length, brotliBomb.length].every((bytes) => bytes < 4 * MIB)).toBe(true);
    const before = process.memoryUsage().rss;
    let peak = before;
    for (let round = 0; round < 5; round += 1) {
      const bombs = Array.from({ length: 10 }, (_, index) => post(index % 2 === 0 ? gzipBomb : brotliBomb, { 'content-encoding': index % 2 === 0 ? 'gzip' : 'br' }));
      expect(new Set(await Promise.all(bombs))).toEqual(new Set([413]));
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    // Some 80 GiB would have come out of them.
    expect(peak - before).toBeLessThan(512 * MIB);
    expect(await post(TICKET)).toBe(202);
  });
});

describe('a body that is built to hurt', () => {
  const deep = (open: string, close: string): string => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
  const lists = deep('[', ']');
  const objects = deep('{"a":', '}');
  const items = `[${'1,'.repeat(999_999)}1]`;
  const bodies: readonly [string, string][] = [
    ['lists in lists, 100,000 deep', lists], ['objects in objects, 100,000 deep', objects], ['a million items', items],
    ['depth within a ticket', `{"externalId":"T-1","subject":${lists}}`], ['depth under a name that is not known', `{"externalId":"T-1","subject":"x","other":${objects}}`],
    ['a million labels', `{"externalId":"T-1","subject":"x","labels":[${'"a",'.repeat(999_999)}"a"]}`], ['a million empty objects', `{"externalId":"T-1","subject":"x","labels":[${'{},'.repeat(999_999)}{}]}`],
    ['300,000 names', `{"externalId":"T-1",${Array.from({ length: 300_000 }, (_, index) => `"k${index}":1`).join(',')}}`], ['a text of 4 million characters', `{"externalId":"T-1","subject":"${'x'.repeat(4_000_000)}"}`],
  ];

  it.each(bodies)('with %s is taken of a genuine system, and parked or cut', async (_what, body) => {
    expect(await post(body)).toBe(202);
  });

  it.each(bodies)('with %s is refused, not failed at, everywhere else', async (_what, body) => {
    for (const path of ['/v1/tickets', '/v1/health-notices', '/v1/sources', '/v1/sources/desk/secrets/rotate', '/v1/parked-deliveries/retry']) {
      const response = await fetch(`${intake.running.url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' } });
      await response.text();
      expect({ path, isRefused: response.status >= 400 && response.status < 500, status: response.status }).toEqual({ path, isRefused: true, status: response.status });
    }
    expect((await intake.manage('GET', '/v1/sources/desk')).status).toBe(200);
  });
});

describe('a source that sends too much', () => {
  it('is told when to come again, and strangers cannot use up what it may send', async () => {
    const own = await intake.createSource('busy', { requestsPerSecondMax: 1 });
    const forged = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    for (let sent = 0; sent < 10; sent += 1) expect((await intake.post('busy', forged, TICKET)).status).toBe(401);
    const answers = await Promise.all(Array.from({ length: CONNECTIONS_MAX / 2 }, () => intake.post('busy', own, TICKET)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
    const refused = answers.find(({ status }) => status === 429);
    expect([refused?.headers.get('retry-after'), refused?.body]).toEqual([expect.stringMatching(/^[1-9]\d*$/), expect.objectContaining({ code: 'too-many-requests' })]);
    await eventually(async () => expect((await intake.post('busy', own, TICKET)).status).toBe(202));
    await eventually(async () => expect(await database.query('select source from intake.source_rate where source = $1', ['busy'])).toHaveLength(1));
  });
});
