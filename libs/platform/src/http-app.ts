import type { Server as HttpServer } from 'node:http';
import type { Type } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BearerGuard, type LetIn } from './bearer.guard.js';
import { BodyPipe } from './body.pipe.js';
import { type DirectRoute, serveDirectly } from './direct-route.js';
import { decodedBody } from './encoded-body.js';
import { structureProblem } from './json-structure.js';
import { createPino, NestLog } from './logging.js';
import { Problem } from './problem.js';
import { ProblemFilter } from './problem.filter.js';
import { streamBodies } from './streamed-body.js';

export interface HttpAppOptions {
  readonly service: string;
  readonly description: string;
  readonly token: string | null;
  /** Of callers without a bearer token; without it they are refused. */
  readonly letIn?: LetIn;
  readonly logLevel: string;
  /** Of a body that is encoded, both as it comes and as it decodes. */
  readonly bodyBytesMax: number;
  /** How long a request may take to come in whole; `30 s` where it is not said. */
  readonly requestTimeoutMs?: number;
  /** Connections that are open at once; `2000` where it is not said. */
  readonly connectionsMax?: number;
  /** Paths whose body stays the bytes that came, for signatures over them. */
  readonly rawBody?: (path: string) => boolean;
  /** Requests whose body the handler reads as it comes, as a `StreamedBody`, without `bodyBytesMax`. */
  readonly streamedBody?: (method: string, path: string) => boolean;
  /** Routes that are served without Nest; they must need no token. */
  readonly direct?: (app: NestFastifyApplication) => readonly DirectRoute[];
}

const REQUEST_TIMEOUT_MS = 30_000;
const CONNECTIONS_MAX = 2_000;
/** How long the headers of a request may take, counted from the connection or the request before. */
const HEADERS_TIMEOUT_MS = 10_000;
/** How often it is looked for connections whose time is over. */
const TIMEOUT_CHECK_INTERVAL_MS = 1_000;

/** A Nest application on Fastify with what every service has: problems, bearer token, validation, OpenAPI at /openapi.json and /docs. */
export async function createHttpApp(module: Type | { module: Type }, options: HttpAppOptions): Promise<NestFastifyApplication> {
  const { bodyBytesMax, requestTimeoutMs = REQUEST_TIMEOUT_MS, connectionsMax = CONNECTIONS_MAX } = options;
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax, requestTimeout: requestTimeoutMs, forceCloseConnections: 'idle', skipMiddie: true, routerOptions: { maxParamLength: 512 },
    http: { headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs), connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS },
  });
  const log = new NestLog(createPino(options.service, options.logLevel));
  const app = await NestFactory.create<NestFastifyApplication>(module as Type, adapter, { logger: log, bodyParser: false, abortOnError: false });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const isRaw = options.rawBody ?? ((): boolean => false);
  parseBodies(fastify, isRaw, bodyBytesMax);
  if (options.streamedBody !== undefined) streamBodies(fastify, app.getHttpServer() as HttpServer, options.streamedBody);
  (app.getHttpServer() as HttpServer).maxConnections = connectionsMax;
  const problems = new ProblemFilter();
  app.useGlobalFilters(problems);
  if (options.direct !== undefined) {
    serveDirectly(fastify, app.getHttpServer() as HttpServer, options.direct(app), {
      bodyBytesMax, parseBodies: (server) => parseBodies(server, isRaw, bodyBytesMax), refuse: (error, request, reply) => problems.refuse(error, request, reply),
    });
  }
  app.useGlobalPipes(new BodyPipe());
  app.useGlobalGuards(new BearerGuard(app.get(Reflector), options.token, options.letIn));
  const openApi = new DocumentBuilder().setTitle(`Handoff ${options.service}`).setDescription(options.description).setVersion('1').addBearerAuth().addSecurityRequirements('bearer').build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, openApi), { jsonDocumentUrl: 'openapi.json', customSiteTitle: `Handoff ${options.service}` });
  return app;
}

/** JSON is parsed here, not by Nest, so that webhook routes can have the bytes as their sender wrote them. */
function parseBodies(fastify: FastifyInstance, isRaw: (path: string) => boolean, bytesMax: number): void {
  const parsed = (request: FastifyRequest, bytes: Buffer): unknown => (isRaw(request.url.split('?')[0] ?? '') ? bytes : jsonIn(bytes, request.headers['content-type'] ?? ''));
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined) {
      decodedBody(body as Buffer, encoding, bytesMax).then((bytes) => {
        // From here on the body has no coding any more.
        delete request.headers['content-encoding'];
        return parsed(request, bytes);
      }).then((value) => done(null, value), (error: Error) => done(error));
      return;
    }
    try {
      done(null, parsed(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** @throws Problem 415 `unsupported-media-type`, 400 `invalid-json`, 422 `invalid-content` where it has too much structure. */
function jsonIn(bytes: Buffer, contentType: string): unknown {
  // A call without content, as a retry, may come with the header all the same.
  if (bytes.length === 0) return undefined;
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(contentType)) throw new Problem(415, 'unsupported-media-type', 'The Content-Type is not supported; send application/json.');
  const value = parsedJson(bytes);
  const structure = structureProblem(value);
  if (structure !== null) throw new Problem(422, 'invalid-content', `The body ${structure}.`, { fields: [{ field: '', detail: structure }] });
  return value;
}

function parsedJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new Problem(400, 'invalid-json', `The body is not JSON: ${(error as Error).message}.`);
  }
}
