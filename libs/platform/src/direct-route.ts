import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * A route that Fastify serves without Nest's guards, pipes and filters, because so many requests come to it that what they cost counts.
 * Its controller stays what documents it, and what answers.
 */
export interface DirectRoute {
  /** In capital letters. */
  readonly method: string;
  /** As the controller names it, with a slash before it. */
  readonly path: string;
  /** The answer's body. What it throws becomes a problem document. Nobody has asked for a token. */
  readonly answer: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

type Refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** Takes the place of the handlers that Nest registers for these routes. A route that no controller has stops the start. */
export function serveDirectly(fastify: FastifyInstance, routes: readonly DirectRoute[], refuse: Refuse): void {
  const missing = new Set(routes);
  fastify.addHook('onRoute', (registered) => {
    const route = routes.find(({ method, path }) => registered.method === method && registered.url === path);
    if (route === undefined) return;
    missing.delete(route);
    registered.handler = async (request, reply) => {
      try {
        return await route.answer(request, reply);
      } catch (error) {
        refuse(error, request, reply);
        return reply;
      }
    };
  });
  fastify.addHook('onReady', (done) => {
    const [lost] = missing;
    done(lost === undefined ? undefined : new Error(`No controller has the route ${lost.method} ${lost.path}, which is to be served directly.`));
  });
}
