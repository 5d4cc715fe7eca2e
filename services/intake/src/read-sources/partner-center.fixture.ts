import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aServiceRequest } from '../adapters/partner-center/partner-center.samples.js';

type Request = Readonly<Record<string, unknown>>;
/** Answers a call in place of Partner Center. */
export type Instead = (response: ServerResponse) => void;

const NUMBERS = { severity: ['unknown', 'critical', 'moderate', 'minimal'], status: ['none', 'open', 'closed', 'attention_needed'] } as const;
const CLIENT = { client_id: 'handoff', client_secret: 'made up' };

/**
 * A server that stands in for Partner Center as it is documented: service requests for a user, with an access token that a refresh
 * token brought; each refresh token takes the place of the one before. What is not documented it refuses.
 */
export class PartnerCenterFixture {
  readonly requests = new Map<string, Request>();
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  private refreshToken = 'refresh-0';
  private readonly tokens = new Set<string>();
  private tokensMade = 0;
  private readonly instead: Instead[] = [];

  private constructor(private readonly server: Server, readonly url: string) {}

  static async open(): Promise<PartnerCenterFixture> {
    const server = createServer((request, response) => void fixture.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fixture: PartnerCenterFixture = new PartnerCenterFixture(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return fixture;
  }

  /** How a source reads it, but for its address, which must be Microsoft's. */
  get access(): object {
    return {
      baseUrl: 'https://api.partnercenter.microsoft.com', auth: 'oauth2-refresh-token',
      credentials: { tokenUrl: `${this.url}/token`, clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret, refreshToken: 'refresh-0', scope: 'https://api.partnercenter.microsoft.com/user_impersonation offline_access', secretIn: 'body' },
    };
  }

  get tokensGiven(): number {
    return this.tokensMade;
  }

  put(id: string, parts: object): void {
    this.requests.set(id, aServiceRequest({ ...(this.requests.get(id) ?? {}), id, ...parts }) as Request);
  }

  /** The next calls meet these, one each. */
  answerInstead(...instead: Instead[]): void {
    this.instead.push(...instead);
  }

  expireTokens(): void {
    this.tokens.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (pathname === '/token') return this.giveToken(request, response);
    if (!this.tokens.has(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')) return send(response, 401, { code: 900_401, description: 'Unauthorized' });
    if (request.method !== 'GET') return send(response, 405, {});
    this.asked.push(pathname);
    const instead = this.instead.shift();
    if (instead !== undefined) return instead(response);
    const id = /^\/v1\/servicerequests\/([^/]+)$/.exec(pathname)?.[1];
    if (id !== undefined) {
      const found = this.requests.get(decodeURIComponent(id));
      return found === undefined ? send(response, 404, { code: 900_404, description: 'Not found' }) : send(response, 200, found);
    }
    const [size, offset] = [Number(searchParams.get('size')), Number(searchParams.get('offset'))];
    if (pathname !== '/v1/servicerequests' || !(size >= 1 && size <= 500) || !(offset >= 0)) return send(response, 400, { code: 2_000, description: 'Bad request' });
    send(response, 200, { totalCount: this.requests.size, items: [...this.requests.values()].slice(offset, offset + size).map(listed), attributes: { objectType: 'Collection' } });
  }

  private async giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const isForm = request.method === 'POST' && request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    if (!isForm || form.get('grant_type') !== 'refresh_token' || form.get('client_id') !== CLIENT.client_id || form.get('client_secret') !== CLIENT.client_secret) return send(response, 401, { error: 'invalid_client' });
    if (form.get('refresh_token') !== this.refreshToken) return send(response, 400, { error: 'invalid_grant' });
    this.tokensMade += 1;
    this.refreshToken = `refresh-${this.tokensMade}`;
    this.tokens.add(`token-${this.tokensMade}`);
    send(response, 200, { access_token: `token-${this.tokensMade}`, refresh_token: this.refreshToken, token_type: 'Bearer', expires_in: 3_599 });
  }
}

/** Lists have numbers where single requests have words, and no description. */
function listed({ description: _, notes: __, severity, status, ...rest }: Request): object {
  return { ...rest, severity: NUMBERS.severity.indexOf(String(severity) as 'critical'), status: NUMBERS.status.indexOf(String(status) as 'open') };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
