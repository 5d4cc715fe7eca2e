import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

/**
 * A route that a bare Fastify serves, without Nest's hooks, guards, pipes and filters, because so many requests come to it that what they
 * cost counts. Its controller stays what documents it, and what answers.
 */
export interface DirectRoute {
  readonly method: 'POST';
  /** As the controller names it, with a slash before it. */
  readonly path: string;
  /** The answer's body. What it throws becomes a problem document. Nobody has asked for a token. */
  readonly answer: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

export interface DirectServing {
  readonly bodyBytesMax: number;
  readonly parseBodies: (server: FastifyInstance) => void;
  readonly refuse: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
}

/**
 * Puts itself before the application on its server and takes what is plainly for one of these routes. Anything unusual, as an encoded
 * character in a name, goes to the application, which has the same routes.
 */
export function serveDirectly(app: FastifyInstance, server: Server, routes: readonly DirectRoute[], { bodyBytesMax, parseBodies, refuse }: DirectServing): void {
  const direct = fastify({ bodyLimit: bodyBytesMax });
  parseBodies(direct);
  direct.setErrorHandler((error, request, reply) => refuse(error, request, reply));
  for (const { method, path, answer } of routes) direct.route({ method, url: path, handler: answer });
  const isDirect = matcherOf(routes);
  const [listener] = server.listeners('request') as RequestListener[];
  if (listener === undefined) throw new Error('The application does not listen to its server yet.');
  server.removeListener('request', listener);
  server.on('request', (request, response) => (isDirect(request) ? direct.routing(request, response) : listener(request, response)));
  app.addHook('onReady', async () => void (await direct.ready()));
  app.addHook('preClose', () => direct.close());
}

function matcherOf(routes: readonly DirectRoute[]): (request: IncomingMessage) => boolean {
  const patterns = routes.map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[\\w~-]{1,128}')}(\\?|$)`) }));
  return ({ method, url = '' }) => patterns.some((route) => route.method === method && route.pattern.test(url));
}
