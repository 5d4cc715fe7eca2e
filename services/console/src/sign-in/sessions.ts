import { Problem } from '@handoff/platform';
import type { FastifyRequest } from 'fastify';
import { foreignCallReason } from './own-page.decision.js';
import type { SessionCookie } from './session-cookie.js';
import type { SignInHandler } from './sign-in.handler.js';
import type { Admission } from './sign-in.store.js';

/** Who calls from a browser. */
export class Sessions {
  private readonly known = new WeakMap<FastifyRequest, Admission>();

  constructor(private readonly handler: SignInHandler, readonly cookie: SessionCookie, private readonly origin: string) {}

  /** The session that a request was let in by; `null` where the bearer token let it in. */
  of(request: FastifyRequest): Admission | null {
    return this.known.get(request) ?? null;
  }

  /** @throws Problem 401 `sign-in-required`, 403 `foreign-call` */
  async letIn(request: FastifyRequest): Promise<void> {
    const session = await this.find(request);
    if (session === null) throw new Problem(401, 'sign-in-required', "You are not signed in, or no longer. Run 'npx handoff console link' and open the link that it prints. Programs send 'Authorization: Bearer <token>'; local runs keep the token in .handoff/token.");
    const reason = foreignCallReason({ method: request.method, headers: request.headers, origin: this.origin });
    if (reason !== null) throw new Problem(403, 'foreign-call', `This call is not one of the console's own page: ${reason}. Programs send the bearer token instead of a session.`);
    this.known.set(request, session);
  }

  /** Whoever's cookie this is, wherever the request comes from. */
  find({ headers }: FastifyRequest): Promise<Admission | null> {
    const secret = this.cookie.read(headers.cookie);
    return secret === null ? Promise.resolve(null) : this.handler.sessionOf(secret);
  }
}
