import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aFullServiceNowRecord, SYS_ID } from '../adapters/servicenow/servicenow.samples.js';

type Record_ = ReturnType<typeof aFullServiceNowRecord>;

/** Answers a request for records in place of the system, or does something before that does. `true`: it answered. */
export type Interruption = (response: ServerResponse, path: string) => boolean | Promise<boolean>;

/** A server that stands in for a ServiceNow: its Table API with pages, its OAuth tokens, and whatever goes wrong. */
export class ServiceNowFixture {
  readonly records: Record_[] = [];
  /** What was asked for records, in order. */
  readonly asked: string[] = [];
  /** Tokens that hold; they are given out as `token-1`, `token-2` and so on. */
  private readonly tokens = new Set<string>();
  private tokensMade = 0;
  private readonly interruptions: Interruption[] = [];

  private constructor(private readonly server: Server, readonly url: string) {}

  static async open(): Promise<ServiceNowFixture> {
    const server = createServer((request, response) => void fixture.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fixture: ServiceNowFixture = new ServiceNowFixture(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return fixture;
  }

  /** How a source reads it. */
  get access(): object {
    return { baseUrl: this.url, auth: 'oauth2-client-credentials', credentials: { tokenUrl: `${this.url}/oauth_token.do`, clientId: 'handoff', clientSecret: 'made up' } };
  }

  get tokensGiven(): number {
    return this.tokensMade;
  }

  /** A record that was changed last at this time, for the `changes`th time. */
  put(number: string, { updatedAt, changes = 1, ...fields }: { updatedAt: Date; changes?: number } & { readonly [name: string]: unknown }): void {
    const known = this.records.findIndex((record) => record['number']?.value === number);
    const record = aFullServiceNowRecord({
      number, sys_id: number.replace(/\D/g, '').padStart(32, '0'), sys_updated_on: updatedAt.toISOString().slice(0, 19).replace('T', ' '), sys_mod_count: String(changes),
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])),
    });
    this.records.splice(known < 0 ? this.records.length : known, known < 0 ? 0 : 1, record);
  }

  /** The next requests for records meet these, one each. */
  interrupt(...interruptions: Interruption[]): void {
    this.interruptions.push(...interruptions);
  }

  /** Tokens that were given out hold no longer. */
  expireTokens(): void {
    this.tokens.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (pathname === '/oauth_token.do') return this.giveToken(response);
    if (!this.tokens.has((request.headers.authorization ?? '').replace('Bearer ', ''))) return send(response, 401, { error: 'not authenticated' });
    if (pathname === '/api/now/table/sys_user') return send(response, 200, { result: [{ sys_id: SYS_ID, name: 'Ada Brown', email: 'ada@wingtip.example' }] });
    if (pathname !== '/api/now/table/incident') return send(response, 404, {});
    const query = searchParams.get('sysparm_query') ?? '';
    this.asked.push(query);
    const interruption = this.interruptions.shift();
    if (interruption !== undefined && (await interruption(response, query))) return;
    const [offset, limit] = [Number(searchParams.get('sysparm_offset')), Number(searchParams.get('sysparm_limit'))];
    send(response, 200, { result: this.wanted(query).slice(offset, offset + limit) });
  }

  private giveToken(response: ServerResponse): void {
    this.tokensMade += 1;
    this.tokens.add(`token-${this.tokensMade}`);
    send(response, 200, { access_token: `token-${this.tokensMade}`, token_type: 'Bearer', expires_in: 1_799 });
  }

  private wanted(query: string): readonly Record_[] {
    const [, name = '', value] = /^(number|sys_id)=([\w-]+)$/.exec(query) ?? [];
    if (value !== undefined) return this.records.filter((record) => record[name]?.value === value);
    const from = /^sys_updated_on>=([\d :-]+)\^/.exec(query)?.[1] ?? '';
    const key = (record: Record_): string => `${record['sys_updated_on']?.value} ${record['sys_id']?.value}`;
    return this.records.filter((record) => (record['sys_updated_on']?.value ?? '') >= from).sort((a, b) => key(a).localeCompare(key(b)));
  }
}

/** An answer of another kind than the records. */
export function answering(status: number, headers: Readonly<Record<string, string>> = {}): Interruption {
  return (response) => {
    response.writeHead(status, headers).end();
    return true;
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
