import { callJson, type Outbound, type UserGrant } from '@handoff/outbound';
import { type ApiCalls, ApiBusy, ApiRefused, type SourceApi } from '../adapters/source-api.js';
import type { ApiCredentials } from '../sources/api-credentials.js';
import { answerOf } from './api-answer.decision.js';
import { type SigningIn, signingIn } from './signing-in.decision.js';

export interface SourceCallsParts {
  readonly outbound: Outbound;
  /** Its name is that of the lane: each source has its own pace and its own circuit. */
  readonly source: string;
  readonly baseUrl: string;
  readonly api: Pick<SourceApi, 'requestsPerSecondMax' | 'headers'>;
  readonly credentials: ApiCredentials;
  /** Where the refresh token of a user is kept. */
  readonly grant: UserGrant;
}

/** Calls to one source's interface, with its address, its credentials and its vendor's limits. */
export class SourceCalls implements ApiCalls {
  private readonly signing: SigningIn;
  private readonly host: string;
  private foundCount = 0;

  constructor(private readonly parts: SourceCallsParts) {
    this.signing = signingIn(parts.credentials, parts.grant, parts.api.headers);
    this.host = URL.parse(parts.baseUrl)?.host ?? parts.baseUrl;
  }

  /** Calls that found something so far. Where it does not rise, the address may be wrong: everything is 404 there. */
  get found(): number {
    return this.foundCount;
  }

  get(path: string): Promise<unknown> {
    return this.call({ method: 'GET', url: this.urlOf(path) });
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.call({ method: 'POST', url: this.urlOf(path), json: body });
  }

  private async call(request: { method: 'GET' | 'POST'; url: string; json?: unknown }): Promise<unknown> {
    const { outbound, source, api } = this.parts;
    const { auth, headers } = this.signing;
    const lane = { name: `source:${source}`, requestsASecondMax: api.requestsPerSecondMax };
    const answer = answerOf(await callJson(outbound, { ...request, headers, lane, ...(auth === null ? {} : { auth }) }), this.host);
    switch (answer.kind) {
      case 'found': {
        this.foundCount += 1;
        return answer.value;
      }
      case 'nothing': return null;
      case 'refused': throw new ApiRefused(answer.problem);
      case 'later': throw new ApiBusy(answer.problem, answer.retryAfterMs);
    }
  }

  /** The base address has no slash at its end, so a path can name no other host. */
  private urlOf(path: string): string {
    if (!path.startsWith('/')) throw new ApiRefused(`'${path.slice(0, 64)}' is no path of an interface: it must begin with '/'.`);
    return `${this.parts.baseUrl}${path}`;
  }
}
