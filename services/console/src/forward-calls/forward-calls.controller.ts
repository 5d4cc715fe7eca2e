import type { PeerAnswer, PeerCall, PeerClient, PeerFailure } from '@handoff/outbound';
import { Problem } from '@handoff/platform';
import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sessions } from '../sign-in/sessions.js';
import { actorNameOf } from './actor-name.decision.js';
import { forwardedPathOf, type Peer } from './forwarded-path.decision.js';

/** The other services, and what opens them: the bearer token of the installation, which no browser sees. */
export interface Peers {
  readonly clients: Readonly<Record<Peer, PeerClient>>;
  readonly token: string;
}

export const FORWARD_PEERS = Symbol('FORWARD_PEERS');

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** What a service may know of a call, and what a caller may know of its answer. Nothing else passes. */
const REQUEST_HEADERS = ['accept', 'accept-language', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'traceparent', 'x-handoff-actor'] as const;
const ANSWER_HEADERS = ['content-type', 'content-length', 'content-disposition', 'content-language', 'cache-control', 'etag', 'retry-after', 'vary'] as const;
const RETRY_AFTER_SECONDS = 5;

/** Hands calls of the page on to the services whose interface they are for. */
@ApiExcludeController()
@Controller('api')
export class ForwardCallsController {
  constructor(@Inject(FORWARD_PEERS) private readonly peers: Peers, private readonly sessions: Sessions) {}

  @All(':peer/v1/*')
  async forward(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const forwarded = forwardedPathOf(request.url);
    if (forwarded === null) throw new Problem(404, 'not-found', 'The console hands on calls to /v1 of intake, routing and notifier, without those that come from other systems.');
    const { peer, path } = forwarded;
    const answer = await this.peers.clients[peer].call({ method: methodOf(request), path, headers: this.headersOf(request), body: bodyOf(request), signal: endOf(reply) });
    if (answer.kind !== 'answered') throw problemOf(peer, answer);
    if (answer.status === 401) throw refused(peer, answer);
    for (const name of ANSWER_HEADERS) if (answer.headers[name] !== undefined) void reply.header(name, answer.headers[name]);
    await reply.status(answer.status).send(answer.body);
  }

  private headersOf(request: FastifyRequest): Record<string, string> {
    const { headers } = request;
    const own: Record<string, string> = Object.fromEntries(REQUEST_HEADERS.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
    const session = this.sessions.of(request);
    // Who is signed in speaks for nobody else.
    if (session !== null) own['x-handoff-actor'] = actorNameOf(session.name);
    return { ...own, authorization: `Bearer ${this.peers.token}` };
  }
}

function methodOf({ method }: FastifyRequest): PeerCall['method'] {
  const known = METHODS.find((each) => each === method);
  if (known === undefined) throw new Problem(405, 'method-not-allowed', `The console hands on ${METHODS.join(', ')}.`);
  return known;
}

function bodyOf({ body }: FastifyRequest): Buffer | null {
  return Buffer.isBuffer(body) && body.length > 0 ? body : null;
}

/** Aborts when nobody waits for the answer any more. */
function endOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}

function problemOf(peer: Peer, { kind }: PeerFailure): Problem {
  switch (kind) {
    case 'away': return new Problem(503, 'service-away', `The ${peer} service cannot be reached now, and nothing was done. Try again in a few seconds; 'npx handoff doctor' says what is wrong.`, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    case 'slow': return new Problem(504, 'service-slow', `The ${peer} service did not answer in time. Whether it did what was asked is not known: look before you try again.`);
    case 'broken': return new Problem(502, 'service-broke-off', `The ${peer} service broke the connection off before it answered. Whether it did what was asked is not known: look before you try again.`);
  }
}

/** Not the caller's fault, who would believe himself signed out. */
function refused(peer: Peer, { body }: PeerAnswer): Problem {
  body.destroy();
  return new Problem(502, 'service-refuses-token', `The ${peer} service refuses the token of the console. All services need the same HANDOFF_TOKEN or HANDOFF_TOKEN_FILE.`);
}
