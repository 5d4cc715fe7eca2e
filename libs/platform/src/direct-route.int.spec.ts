import { Body, Controller, HttpCode, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Public } from './bearer.guard.js';
import { createHttpApp } from './http-app.js';
import { Problem } from './problem.js';

/** Says who was asked: the controller by Nest, or by the direct route. */
@Controller('boxes')
class BoxesController {
  @Public()
  @Post(':box/letters')
  @HttpCode(202)
  put(@Param('box') box: string, @Body() body: Buffer, by = 'nest'): { box: string; bytes: number; by: string } {
    if (box === 'full') throw new Problem(503, 'too-busy', 'No room.', { retryAfterSeconds: 3 });
    if (box === 'broken') throw new Error('the password is hunter2');
    return { box, bytes: body.length, by };
  }
}

@Module({ controllers: [BoxesController] })
class BoxesModule {}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  app = await createHttpApp(BoxesModule, {
    service: 'boxes', description: 'Takes letters.', token: 'a-token-that-is-long-enough', logLevel: 'silent', bodyBytesMax: 1_000, rawBody: (path) => path.endsWith('/letters'),
    direct: (served) => [{
      method: 'POST', path: '/boxes/:box/letters',
      answer: ({ params, body }, reply) => {
        void reply.status(202);
        return Promise.resolve().then(() => served.get(BoxesController).put((params as { box: string }).box, body as Buffer, 'fastify'));
      },
    }],
  });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

const post = async (path: string, body = 'Hello') => {
  const response = await fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  return { status: response.status, type: response.headers.get('content-type'), retryAfter: response.headers.get('retry-after'), body: (await response.json()) as Record<string, unknown> };
};

describe('a direct route', () => {
  it('is served without Nest, by the same controller', async () => {
    expect(await post('/boxes/red/letters')).toMatchObject({ status: 202, body: { box: 'red', bytes: 5, by: 'fastify' } });
    expect(await post('/boxes/red/letters?from=ada')).toMatchObject({ status: 202, body: { by: 'fastify' } });
  });

  it('leaves names that are not plain to Nest', async () => {
    expect(await post('/boxes/r%C3%B6t/letters')).toMatchObject({ status: 202, body: { box: 'röt', by: 'nest' } });
    expect(await post(`/boxes/${'x'.repeat(200)}/letters`)).toMatchObject({ status: 202, body: { by: 'nest' } });
  });

  it.each([
    ['a refusal', '/boxes/full/letters', 'Hello', 503, 'too-busy'],
    ['what nobody foresaw', '/boxes/broken/letters', 'Hello', 500, 'internal'],
    ['a body over the limit', '/boxes/red/letters', 'x'.repeat(2_000), 413, 'body-too-large'],
  ])('answers %s as every route does', async (_what, path, body, status, code) => {
    const answer = await post(path, body);
    expect(answer).toMatchObject({ status, type: expect.stringMatching(/^application\/problem\+json/), body: { code, instance: path } });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(answer.retryAfter).toBe(status === 503 ? '3' : null);
  });

  it('changes nothing about other routes and methods', async () => {
    expect((await fetch(`${url}/boxes/red/letters`)).status).toBe(404);
    expect(await (await fetch(`${url}/boxes/red`)).json()).toMatchObject({ status: 404, code: 'not-found' });
    expect(await (await fetch(`${url}/openapi.json`)).json()).toHaveProperty(['paths', '/boxes/{box}/letters', 'post']);
  });
});
