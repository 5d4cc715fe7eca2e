import { connect } from 'node:net';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import { Public } from './bearer.guard.js';
import { HEALTH_CHECKS, HealthController } from './health.controller.js';
import { createHttpApp } from './http-app.js';
import { MetricsController } from './metrics.js';
import { Problem } from './problem.js';

class Greeting {
  @IsString() name!: string;
}

@Controller('greetings')
class GreetingsController {
  @Post()
  greet(@Body() { name }: Greeting): { text: string } {
    return { text: `Hello ${name}` };
  }

  @Get('broken')
  broken(): never {
    throw new Error('the password is hunter2');
  }

  @Public()
  @Get('busy')
  busy(): never {
    throw new Problem(503, 'busy', 'Come back later.', { retryAfterSeconds: 7 });
  }
}

const health = { isWell: true };

@Module({
  controllers: [GreetingsController, HealthController, MetricsController],
  providers: [{ provide: HEALTH_CHECKS, useValue: [{ name: 'store', check: () => (health.isWell ? Promise.resolve() : Promise.reject(new Error('it is gone'))) }] }],
})
class GreetingsModule {}

const TOKEN = 'a-token-that-is-long-enough';

async function open(token: string | null): Promise<{ app: NestFastifyApplication; url: string }> {
  const app = await createHttpApp(GreetingsModule, { service: 'greetings', description: 'Greets.', token, logLevel: 'silent', bodyBytesMax: 1_000 });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

describe('the HTTP side of a service', () => {
  let running: { app: NestFastifyApplication; url: string };

  beforeAll(async () => {
    running = await open(TOKEN);
  });
  afterAll(() => running.app.close());

  const call = async (path: string, init: RequestInit = {}, authorization = `Bearer ${TOKEN}`) => {
    const response = await fetch(`${running.url}${path}`, { ...init, headers: { 'content-type': 'application/json', authorization, ...init.headers } });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  };
  const post = (body: string, headers: Record<string, string> = {}) => call('/greetings', { method: 'POST', body, headers });
  const codeOf = ({ text }: { text: string }) => (JSON.parse(text) as { code: string }).code;

  it.each([
    ['JSON that ends early', 400, 'invalid-json', () => post('{"name":')],
    ['no body', 400, 'invalid-json', () => post('')],
    ['a body over the limit', 413, 'body-too-large', () => post(JSON.stringify({ name: 'x'.repeat(2_000) }))],
    ['a form', 415, 'unsupported-media-type', () => post('name=Ada', { 'content-type': 'application/x-www-form-urlencoded' })],
    ['JSON that is nested too deeply', 422, 'invalid-content', () => post(`${'['.repeat(100)}${']'.repeat(100)}`)],
    ['a list for an object', 422, 'invalid-content', () => post('[]')],
    ['a missing field', 422, 'invalid-content', () => post('{}')],
    ['a key that every object has', 422, 'invalid-content', () => post('{"name":{"constructor":1}}')],
    ['a key that nobody knows', 422, 'invalid-content', () => post('{"name":"Ada","nmae":"x"}')],
    ['a path that leads nowhere', 404, 'not-found', () => call('/nowhere')],
    ['no token', 401, 'token-required', () => call('/greetings', { method: 'POST', body: '{}' }, '')],
    ['a token that is not ours', 401, 'token-required', () => call('/greetings', { method: 'POST', body: '{}' }, 'Bearer guess')],
    ['another scheme', 401, 'token-required', () => call('/greetings', { method: 'POST', body: '{}' }, `Basic ${TOKEN}`)],
    ['what nobody foresaw', 500, 'internal', () => call('/greetings/broken')],
    ['what asks to wait', 503, 'busy', () => call('/greetings/busy', {}, '')],
  ])('%s is answered with %i %s', async (_what, status, code, ask) => {
    const answer = await ask();
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('takes what is right', async () => {
    expect(await post('{"name":"Ada"}')).toMatchObject({ status: 201, text: '{"text":"Hello Ada"}' });
  });

  it('names the field at fault', async () => {
    expect(JSON.parse((await post('{"name":1}')).text)).toMatchObject({ errors: [{ field: '/name', detail: 'name must be a string' }] });
  });

  it('answers a body that is too large also to a sender who writes all of it before it reads', async () => {
    const { hostname, port } = new URL(running.url);
    const body = Buffer.alloc(20_000_000, 'x');
    for (let sent = 0; sent < 5; sent += 1) {
      const socket = connect(Number(port), hostname);
      const answered = new Promise<string>((resolve, reject) => {
        socket.once('error', reject);
        socket.write(`POST /greetings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`);
        socket.write(body, (error) => (error ? reject(error) : socket.once('data', (data) => resolve(data.toString('latin1')))));
      });
      expect(await answered).toMatch(/^HTTP\/1\.1 413 /);
      socket.destroy();
    }
  });

  it('tells nobody what an unforeseen error said', async () => {
    expect((await call('/greetings/broken')).text).not.toContain('hunter2');
  });

  it('says when to come back', async () => {
    expect((await call('/greetings/busy')).headers.get('retry-after')).toBe('7');
  });

  it('shows its health and its interface to anybody, its metrics to those with the token', async () => {
    expect((await call('/health/live', {}, '')).status).toBe(200);
    expect((await call('/health/ready', {}, '')).status).toBe(200);
    expect((await call('/docs', {}, '')).status).toBe(200);
    expect(JSON.parse((await call('/openapi.json', {}, '')).text)).toHaveProperty('paths./greetings');
    expect((await call('/metrics', {}, '')).status).toBe(401);
    expect((await call('/metrics')).text).toContain('process_cpu_seconds_total');
  });

  it('is not ready, and says why, while a thing it needs is away', async () => {
    health.isWell = false;
    const answer = await call('/health/ready', {}, '');
    health.isWell = true;
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('store: it is gone.');
  });

  it('lets nobody manage it when no token is configured', async () => {
    const closed = await open(null);
    const answer = await fetch(`${closed.url}/greetings`, { method: 'POST', body: '{}', headers: { authorization: 'Bearer ', 'content-type': 'application/json' } });
    expect(answer.status).toBe(401);
    await closed.app.close();
  });
});
