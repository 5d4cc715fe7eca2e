import type { Server as HttpServer } from 'node:http';
import type { Type } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { BearerGuard } from './bearer.guard.js';
import { BodyPipe } from './body.pipe.js';
import { type DirectRoute, serveDirectly } from './direct-route.js';
import { createPino, NestLog } from './logging.js';
import { Problem } from './problem.js';
import { ProblemFilter } from './problem.filter.js';
import { streamBodies } from './streamed-body.js';

export interface HttpAppOptions {
  readonly service: string;
  readonly description: string;
  readonly token: string | null;
  readonly logLevel: string;
  readonly bodyBytesMax: number;
  /** Paths whose body stays the bytes that came, for signatures over them. */
  readonly rawBody?: (path: string) => boolean;
  /** Requests whose body the handler reads as it comes, as a `StreamedBody`, without `bodyBytesMax`. */
  readonly streamedBody?: (method: string, path: string) => boolean;
  /** Routes that are served without Nest; they must need no token. */
  readonly direct?: (app: NestFastifyApplication) => readonly DirectRoute[];
}

const REQUEST_TIMEOUT_MS = 30_000;
const CONNECTIONS_MAX = 2_000;

/** A Nest application on Fastify with what every service has: problems, bearer token, validation, OpenAPI at /openapi.json and /docs. */
export async function createHttpApp(module: Type | { module: Type }, options: HttpAppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: options.bodyBytesMax, requestTimeout: REQUEST_TIMEOUT_MS, forceCloseConnections: 'idle', skipMiddie: true, routerOptions: { maxParamLength: 512 } });
  const log = new NestLog(createPino(options.service, options.logLevel));
  const app = await NestFactory.create<NestFastifyApplication>(module as Type, adapter, { logger: log, bodyParser: false, abortOnError: false });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const isRaw = options.rawBody ?? ((): boolean => false);
  parseBodies(fastify, isRaw);
  if (options.streamedBody !== undefined) streamBodies(fastify, app.getHttpServer() as HttpServer, options.streamedBody);
  (app.getHttpServer() as HttpServer).maxConnections = CONNECTIONS_MAX;
  const problems = new ProblemFilter();
  app.useGlobalFilters(problems);
  if (options.direct !== undefined) {
    serveDirectly(fastify, app.getHttpServer() as HttpServer, options.direct(app), {
      bodyBytesMax: options.bodyBytesMax, parseBodies: (server) => parseBodies(server, isRaw), refuse: (error, request, reply) => problems.refuse(error, request, reply),
    });
  }
  app.useGlobalPipes(new BodyPipe());
  app.useGlobalGuards(new BearerGuard(app.get(Reflector), options.token));
  const openApi = new DocumentBuilder().setTitle(`Handoff ${options.service}`).setDescription(options.description).setVersion('1').addBearerAuth().addSecurityRequirements('bearer').build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, openApi), { jsonDocumentUrl: 'openapi.json', customSiteTitle: `Handoff ${options.service}` });
  return app;
}

/** JSON is parsed here, not by Nest, so that webhook routes can have the bytes as they came. */
function parseBodies(fastify: FastifyInstance, isRaw: (path: string) => boolean): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (isRaw(request.url.split('?')[0] ?? '')) return done(null, bytes);
    // A call without content, as a retry, may come with the header all the same.
    if (bytes.length === 0) return done(null, undefined);
    if (!/^application\/([\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
      return done(new Problem(415, 'unsupported-media-type', 'The Content-Type is not supported; send application/json.'));
    }
    try {
      done(null, JSON.parse(bytes.toString('utf8')));
    } catch (error) {
      done(new Problem(400, 'invalid-json', `The body is not JSON: ${(error as Error).message}.`));
    }
  });
}
