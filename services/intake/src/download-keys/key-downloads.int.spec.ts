import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NOTHING_ALLOWED, type OpenOutbound, openOutbound } from '@handoff/outbound';
import { eventually } from '@handoff/testing';
import { KeyDownloads } from './key-downloads.js';

const MINUTE_MS = 60_000;

/** A server of keys on this machine, and what asks it. */
let server: Server;
let origin: string;
let outbound: OpenOutbound;
let asked: string[];
let answer: (path: string, response: ServerResponse) => void;
let nowMs: number;
let downloads: KeyDownloads;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers['clientid']?.toString() ?? '-'}`);
    answer(request.url ?? '', response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  outbound = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff' });
});

afterAll(async () => {
  await outbound.close();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  asked = [];
  nowMs = 0;
  answer = (path, response) => response.end(`key of ${path}`);
  downloads = new KeyDownloads({ outbound, now: () => nowMs });
});

const fetched = (path: string, headers?: Record<string, string>): Promise<string> => downloads.fetch(`${origin}${path}`, headers).then((body) => body.toString(), (error: Error) => `failed: ${error.message}`);
const fails = (status: number) => (_path: string, response: ServerResponse): void => void response.writeHead(status, status === 302 ? { location: `${origin}/elsewhere` } : {}).end('no');

describe('a key', () => {
  it('is asked for once by many webhooks at once, and kept for five minutes', async () => {
    expect(await Promise.all(Array.from({ length: 50 }, () => fetched('/a')))).toEqual(Array.from({ length: 50 }, () => 'key of /a'));
    nowMs = 5 * MINUTE_MS;
    await fetched('/a');
    expect(asked).toEqual(['/a -']);
    nowMs += 1;
    await fetched('/a');
    expect(asked).toEqual(['/a -', '/a -']);
  });

  it('is another one where another client asks', async () => {
    await Promise.all([fetched('/a', { clientId: 'one' }), fetched('/a', { clientId: 'two' }), fetched('/a')]);
    expect(asked.sort()).toEqual(['/a -', '/a one', '/a two']);
  });

  it('is believed for an hour while its server does not answer, and asked for each time', async () => {
    await fetched('/a');
    answer = fails(503);
    nowMs = 60 * MINUTE_MS;
    expect([await fetched('/a'), await fetched('/a'), asked.length]).toEqual(['key of /a', 'key of /a', 3]);
    nowMs += 1;
    expect(await fetched('/a')).toMatch(/^failed: .*503/);
  });

  it.each([404, 500, 302, 204])('is not had from an answer with %d, and a redirect is not followed', async (status) => {
    answer = fails(status);
    expect(await fetched('/a')).toBe(`failed: The server of the key answered with ${status}.`);
    expect(asked).toEqual(['/a -']);
  });

  it('is not had where it is larger than any key', async () => {
    answer = (_path, response) => response.end(Buffer.alloc(262_145));
    expect(await fetched('/a')).toMatch(/^failed: /);
  });

  it('is asked for again after a failure, and stays however many others failed', async () => {
    await fetched('/good');
    answer = fails(404);
    for (let n = 0; n < 250; n += 1) await fetched(`/bad-${n}`);
    answer = (path, response) => response.end(path);
    expect([await fetched('/good'), await fetched('/bad-7')]).toEqual(['key of /good', '/bad-7']);
  });

  it('is not waited for where too many are under way', async () => {
    const waiting: ServerResponse[] = [];
    answer = (_path, response) => void waiting.push(response);
    const first = Array.from({ length: 16 }, (_, n) => fetched(`/slow-${n}`));
    await eventually(() => expect(waiting).toHaveLength(16));
    expect(await fetched('/one-more')).toBe('failed: 16 keys are being fetched already.');
    answer = (_path, response) => response.end('key');
    for (const response of waiting) response.end('key');
    expect(new Set(await Promise.all(first))).toEqual(new Set(['key']));
    expect(await fetched('/one-more')).toBe('key');
  });
});
