import type { OAuthClient, OAuthUser, Outbound, OutboundRequest, Outcome } from '../outbound.js';
import { notSent } from '../outbound.js';
import { withTimeLeft } from '../time-left.js';
import { headerOf, type Token } from './authorization.decision.js';
import { type Fetched, Tokens } from './tokens.js';

const UNAUTHORIZED = 401;

/** Adds what shows who we are. Callers give it as data; it is sent to the request's own origin alone. */
export class AuthorizedOutbound implements Outbound {
  private readonly tokens: Tokens;

  constructor(private readonly inner: Outbound, now: () => Date) {
    this.tokens = new Tokens(inner, now);
  }

  async call({ auth, ...request }: OutboundRequest): Promise<Outcome> {
    if (auth === undefined) return this.inner.call(request);
    if (auth.kind !== 'oauth2' && auth.kind !== 'oauth2-user') return this.inner.call(withHeaders(request, headerOf(auth)));
    return this.withToken(request, auth);
  }

  private async withToken(request: OutboundRequest, client: OAuthClient | OAuthUser): Promise<Outcome> {
    const startedMs = performance.now();
    const send = (token: Token): Promise<Outcome> => this.inner.call(withHeaders(withTimeLeft(request, startedMs), headerOf({ kind: 'bearer', token: token.value })));
    const first = await this.token(request, client);
    if ('failure' in first) return first.failure;
    const outcome = await send(first.token);
    if (outcome.answer?.status !== UNAUTHORIZED) return outcome;
    // It may have been revoked before its end. A second refusal stands.
    const second = await this.token(request, client, first.token);
    return 'failure' in second ? outcome : send(second.token);
  }

  /** A token is fetched for all who wait for it, so one caller that gives up, or whose time is over, does not end that. */
  private async token({ url, tls, signal, timeoutMs }: OutboundRequest, client: OAuthClient | OAuthUser, refused?: Token): Promise<Fetched> {
    const fetched = this.tokens.of(client, tls, refused);
    const gone = Promise.withResolvers<Fetched>();
    const host = URL.parse(url)?.host ?? '';
    const giveUp = (): void => gone.resolve({ failure: notSent('cancelled', 'The call was given up.', host) });
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => gone.resolve({ failure: notSent('timeout', 'No token came in time.', host) }), timeoutMs);
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp);
    try {
      return await Promise.race([fetched, gone.promise]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    }
  }
}

function withHeaders(request: OutboundRequest, headers: Readonly<Record<string, string>>): OutboundRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}
