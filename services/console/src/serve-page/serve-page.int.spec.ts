import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { createHttpApp } from '@handoff/platform';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { headersHook } from './page-headers.js';
import { PAGE_DIR, PageController } from './page.controller.js';

@Controller('api/queues')
class QueuesStandIn {
  @Get()
  list(): object {
    return { items: [] };
  }
}

let dir: string;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'handoff-page-'));
  @Module({ controllers: [QueuesStandIn, PageController], providers: [{ provide: PAGE_DIR, useValue: join(dir, 'dist') }] })
  class PageModule {}
  app = await createHttpApp(PageModule, { service: 'console', description: '', token: 'a-token-of-this-test-run', logLevel: 'silent', bodyBytesMax: 1_000 });
  await app.register(staticFiles, { root: join(dir, 'dist'), serve: false, preCompressed: true, suppressWarning: true });
  app.getHttpAdapter().getInstance().addHook('onRequest', headersHook('https://console.example'));
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the page', () => {
  it('says how it is built where it is not', async () => {
    const answer = await fetch(url);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'page-not-built']);
  });

  describe('once built', () => {
    beforeAll(async () => {
      await mkdir(join(dir, 'dist/assets'), { recursive: true });
      await writeFile(join(dir, 'dist/index.html'), '<!doctype html>the page');
      await writeFile(join(dir, 'dist/icon.svg'), '<svg/>');
      await writeFile(join(dir, 'dist/assets/index-abc.js'), 'let a = 1;');
      await writeFile(join(dir, 'secret.txt'), 'secret');
    });

    it.each([
      ['/', 'the page', 'text/html; charset=utf-8', 'no-cache'],
      ['/queues/isv%2Fcontoso?state=waiting', 'the page', 'text/html; charset=utf-8', 'no-cache'],
      ['/icon.svg', '<svg/>', 'image/svg+xml', 'no-cache'],
      ['/assets/index-abc.js', 'let a = 1;', 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ])('answers %s', async (path, text, type, cacheControl) => {
      const answer = await fetch(`${url}${path}`);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, type, cacheControl]);
      expect(await answer.text()).toContain(text);
      expect(answer.headers.get('content-security-policy')).toBe("default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types console-worker");
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    });

    it.each([['/api/nothing', 404], ['/v1/nothing', 404], ['/assets/index-old.js', 404], ['/robots.txt', 404], ['/api/queues', 401]])('is not what answers %s', async (path, status) => {
      const answer = await fetch(`${url}${path}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8']);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    });

    it.each(['/assets/..%2f..%2fsecret.txt', '/assets/%2e%2e/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%5c..%5csecret.txt'])('gives nothing away beside it: %s', async (path) => {
      expect(await (await fetch(`${url}${path}`)).text()).not.toContain('secret\n');
      expect(await (await fetch(`${url}${path}`)).text()).not.toBe('secret');
    });

    it('is documented beside it, by a page with rules of its own', async () => {
      const answer = await fetch(`${url}/docs`);
      expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([200, "frame-ancestors 'none'"]);
    });
  });
});
