import { once } from 'node:events';
import http, { type Server } from 'node:http';
import type { Socket } from 'node:net';
import { eventually } from '@handoff/testing';
import { Body, Controller, Module, Post, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Public } from './bearer.guard.js';
import { createHttpApp } from './http-app.js';
import { StreamedBody } from './streamed-body.js';

let bytesSeen = 0;
/** What the reader allows a client to be silent. */
let idleMsMax = 10_000;

@Public()
@Controller()
class FilesController {
  @Post('files')
  async count(@Req() { body }: FastifyRequest): Promise<object> {
    bytesSeen = 0;
    for await (const chunk of (body as StreamedBody).chunks(idleMsMax)) bytesSeen += chunk.length;
    return { bytes: bytesSeen, contentType: (body as StreamedBody).contentType };
  }

  @Post('notes')
  note(@Body() body: object): object {
    return body;
  }
}

@Module({ controllers: [FilesController] })
class FilesModule {}

describe('a body that is read as it comes', () => {
  let app: NestFastifyApplication;
  let url: string;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    app = await createHttpApp(FilesModule, { service: 'files', description: 'Counts.', token: null, logLevel: 'silent', bodyBytesMax: 1_000, streamedBody: (method, path) => method === 'POST' && path === '/files' });
    (app.getHttpServer() as Server).on('connection', (socket) => sockets.push(socket));
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterAll(() => app.close());
  beforeEach(() => {
    idleMsMax = 10_000;
    bytesSeen = 0;
  });

  const post = async (path: string, body: string, contentType: string) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': contentType } });
    return { status: response.status, body: await response.json() as unknown };
  };
  const upload = () => http.request(`${url}/files`, { method: 'POST', agent: false, headers: { 'content-type': 'text/csv', 'transfer-encoding': 'chunked' } });
  const timeOut = (socket: Socket | undefined) => (app.getHttpServer() as Server).emit('clientError', Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket as Socket);
  const answerOf = async (request: http.ClientRequest) => {
    const [response] = await once(request, 'response') as [http.IncomingMessage];
    response.resume();
    return response.statusCode;
  };

  it('may be larger than others, and of any type', async () => {
    expect(await post('/files?x=1', 'x'.repeat(3_000_000), 'text/csv; charset=utf-8')).toEqual({ status: 201, body: { bytes: 3_000_000, contentType: 'text/csv; charset=utf-8' } });
    expect(await post('/files', '', 'application/json')).toMatchObject({ status: 201, body: { bytes: 0 } });
  });

  it('leaves all other bodies as they are', async () => {
    expect(await post('/notes', '{"a":1}', 'application/json')).toEqual({ status: 201, body: { a: 1 } });
    expect(await post('/notes', JSON.stringify({ a: 'x'.repeat(2_000) }), 'application/json')).toMatchObject({ status: 413 });
    expect(await post('/notes', 'x', 'application/vnd.handoff.streamed')).toMatchObject({ status: 415 });
  });

  it('may take longer than other requests, whose connections are closed', async () => {
    const slow = upload();
    slow.write('first ');
    await eventually(() => expect(bytesSeen).toBe(6));
    timeOut(sockets.at(-1));
    slow.end('last');
    expect(await answerOf(slow)).toBe(201);

    const connections = sockets.length;
    const other = http.request(`${url}/notes`, { method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'content-length': '100' } });
    other.on('error', () => undefined);
    const closed = new Promise((resolve) => other.once('close', resolve));
    other.write('{');
    await eventually(() => expect(sockets).toHaveLength(connections + 1));
    await eventually(() => expect(sockets.at(-1)?.bytesRead).toBeGreaterThan(0));
    timeOut(sockets.at(-1));
    await closed;
  });

  it('is given up when nothing comes any more', async () => {
    idleMsMax = 20;
    const silent = upload();
    silent.write('first');
    expect(await answerOf(silent)).toBe(408);
    silent.on('error', () => undefined).destroy();
  });
});
