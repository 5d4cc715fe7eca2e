import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { PeerClient } from '@handoff/outbound';
import { createHttpApp } from '@handoff/platform';
import { eventually } from '@handoff/testing';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Sessions } from '../sign-in/sessions.js';
import type { Admission } from '../sign-in/sign-in.store.js';
import { FORWARD_PEERS, ForwardCallsController, type Peers } from './forward-calls.controller.js';
import { isForwarded } from './forwarded-path.decision.js';

const TOKEN = 'a-token-of-this-test-run';
let peer: Server;
let app: NestFastifyApplication;
let url: string;
let peers: Peers;
let session: Pick<Admission, 'name'> | null = null;
let answer: (response: ServerResponse, request: IncomingMessage & { text: string }) => void;

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  peer = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(response, Object.assign(request, { text: Buffer.concat(chunks).toString() })));
  });
  await new Promise<void>((resolve) => void peer.listen(0, '127.0.0.1', resolve));
  const clientTo = (address: string, timeoutMs: number): PeerClient => new PeerClient({ url: address, timeoutMs, connectionsMax: 4 });
  peers = { token: TOKEN, clients: { intake: clientTo('http://127.0.0.1:1', 5_000), routing: clientTo(addressOf(peer), 60_000), notifier: clientTo(addressOf(peer), 300) } };
  @Module({ controllers: [ForwardCallsController], providers: [{ provide: FORWARD_PEERS, useValue: peers }, { provide: Sessions, useValue: { of: () => session } }] })
  class ForwardModule {}
  app = await createHttpApp(ForwardModule, { service: 'console', description: '', token: TOKEN, logLevel: 'silent', bodyBytesMax: 1_000, rawBody: isForwarded });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await Promise.all(Object.values(peers.clients).map((client) => client.close()));
  peer.closeAllConnections();
  await new Promise((resolve) => peer.close(resolve));
});

const call = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } });
const problemOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

describe('a call to another service', () => {
  it('has method, query, the bytes of its body and the headers that count, and the answer comes back as it is', async () => {
    const received: unknown[] = [];
    answer = (response, { method, url: path, headers, text }) => {
      received.push({ method, path, text, headers });
      response.writeHead(412, { 'content-type': 'application/problem+json', etag: '"3"', 'retry-after': '7', 'set-cookie': 'a=b', 'x-inner': '1' }).end('{"code":"ticket-changed"}');
    };
    const body = '{ "by": "Çağla", "n": 1.0 }';
    const response = await call('/api/routing/v1/tickets/4b0e/acknowledge?a=%C3%A7&b=', {
      method: 'POST', body, headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', 'if-match': '"2"', 'accept-language': 'tr', 'x-handoff-actor': 'ada', cookie: 'session=secret', 'x-forwarded-for': '10.0.0.1' },
    });
    expect(received).toMatchObject([{ method: 'POST', path: '/v1/tickets/4b0e/acknowledge?a=%C3%A7&b=', text: body, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': 'k-1', 'if-match': '"2"', 'accept-language': 'tr', 'x-handoff-actor': 'ada' } }]);
    expect(Object.keys((received[0] as { headers: object }).headers)).not.toEqual(expect.arrayContaining(['cookie']));
    expect(Object.keys((received[0] as { headers: object }).headers)).not.toEqual(expect.arrayContaining(['x-forwarded-for']));
    expect([response.status, await response.text()]).toEqual([412, '{"code":"ticket-changed"}']);
    expect(Object.fromEntries(['content-type', 'etag', 'retry-after', 'set-cookie', 'x-inner'].map((name) => [name, response.headers.get(name)])))
      .toEqual({ 'content-type': 'application/problem+json', etag: '"3"', 'retry-after': '7', 'set-cookie': null, 'x-inner': null });
  });

  it.each([['Çağla Işık', 'Cagla Isik'], ['Владимир', 'console']])('is made in the name of who is signed in, whatever the page says: %s', async (name, expected) => {
    const named: unknown[] = [];
    answer = (response, { headers }) => {
      named.push(headers['x-handoff-actor']);
      response.end();
    };
    session = { name };
    await call('/api/routing/v1/tickets', { headers: { 'x-handoff-actor': 'eve' } }).finally(() => (session = null));
    expect(named).toEqual([expected]);
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('may be a %s without a body', async (method) => {
    answer = (response, request) => response.writeHead(204, { 'x-method': request.method }).end();
    expect((await call('/api/routing/v1/offers/a', { method })).status).toBe(204);
  });

  it('is answered piece by piece, and ends there when its caller goes', async () => {
    let ended = false;
    answer = (response) => {
      response.on('close', () => (ended = true));
      response.writeHead(200, { 'content-type': 'text/plain' }).write('first');
    };
    const controller = new AbortController();
    const response = await call('/api/routing/v1/imports/1/report', { signal: controller.signal });
    const { value } = (await response.body?.getReader().read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).toBe('first');
    controller.abort();
    await eventually(() => expect(ended).toBe(true));
  });

  it.each([
    ['has a body over the limit', '/api/routing/v1/tickets', { method: 'POST', body: 'x'.repeat(1_001) }, [413, 'body-too-large']],
    ['is for a service that is away', '/api/intake/v1/sources', {}, [503, 'service-away']],
    ['is for a path that is not handed on', '/api/routing/v1/%2e%2e/metrics', {}, [404, 'not-found']],
    ['is a webhook', '/api/intake/v1/sources/desk/webhooks', { method: 'POST', body: '{}' }, [404, 'not-found']],
  ])('is refused in words when it %s', async (_what, path, init, expected) => {
    expect(await problemOf(await call(path, init))).toEqual(expected);
  });

  it('is refused without a token', async () => {
    expect((await fetch(`${url}/api/routing/v1/tickets`)).status).toBe(401);
  });

  it.each([
    ['is silent', () => undefined, '/api/notifier/v1/channels', [504, 'service-slow']],
    ['breaks off', (response: ServerResponse) => void response.destroy(), '/api/routing/v1/tickets', [502, 'service-broke-off']],
    ['does not know our token', (response: ServerResponse) => void response.writeHead(401).end(), '/api/routing/v1/tickets', [502, 'service-refuses-token']],
  ])('says so when its service %s', async (_what, behaviour, path, expected) => {
    answer = behaviour;
    expect(await problemOf(await call(path))).toEqual(expected);
  });
});
