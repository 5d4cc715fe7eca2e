import { CommandFailure } from '../failure.js';
import type { Installation, ServiceName } from '../installation.js';
import { parsedJson } from '../json-reading.js';
import { refusalOf, refusalSentence } from './refusal.js';
import type { Answer, Call, Transport } from './transport.js';
import { unreachable } from './unreachable.js';

export type Query = Readonly<Record<string, string | number | undefined>>;

/** One service of the installation, called with the installation's token. */
export class ServiceClient {
  constructor(
    readonly name: ServiceName,
    readonly url: string,
    private readonly token: string | null,
    private readonly transport: Transport,
  ) {}

  /**
   * The JSON that a path answers.
   * @throws CommandFailure with the refusal, or with why there was no answer.
   */
  async get(path: string, query: Query = {}): Promise<unknown> {
    return this.accepted('GET', path, await this.ask(path, query));
  }

  /** As `get`, but `null` where there is no such thing (404). */
  async find(path: string): Promise<unknown> {
    const answer = await this.ask(path);
    return answer.status === 404 ? null : this.accepted('GET', path, answer);
  }

  async post(path: string, body: unknown): Promise<unknown> {
    const headers = { ...this.authorization(), 'content-type': 'application/json' };
    const answer = await this.answer({ method: 'POST', url: this.url + path, headers, body: Buffer.from(JSON.stringify(body)) });
    return this.accepted('POST', path, answer);
  }

  /** Replaces what a path answers, if it is still what `ifMatch` (its ETag) names. */
  async put(path: string, body: unknown, ifMatch: string): Promise<unknown> {
    const headers = { ...this.authorization(), 'content-type': 'application/json', 'if-match': ifMatch };
    const answer = await this.answer({ method: 'PUT', url: this.url + path, headers, body: Buffer.from(JSON.stringify(body)) });
    return this.accepted('PUT', path, answer);
  }

  /** Any answer to a GET, also a refusal. @throws CommandFailure where there was none. */
  async ask(path: string, query: Query = {}): Promise<Answer> {
    return this.answer({ method: 'GET', url: this.url + path + queryText(query), headers: this.authorization() });
  }

  /** Any answer to a request of one's own making, which carries no token. */
  async answer(call: Call): Promise<Answer> {
    try {
      return await this.transport.send({ ...call, headers: { accept: 'application/json', ...call.headers } });
    } catch (error) {
      throw unreachable(this.name, call.url, error);
    }
  }

  private accepted(method: string, path: string, { status, body }: Answer): unknown {
    const text = body.toString('utf8');
    if (status < 200 || status > 299) {
      const refusal = refusalOf(status, text);
      throw new CommandFailure(1, refusal.code, refusalSentence(`The ${this.name} service`, `${method} ${path}`, refusal), status);
    }
    const value = parsedJson(text);
    if (value !== undefined) return value;
    throw new CommandFailure(1, 'not-json', `${this.url}${path} answered something that is not JSON. Does another program use that port?`, status);
  }

  private authorization(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

export type Services = Readonly<Record<ServiceName, ServiceClient>>;

/** The services of an installation over one transport. */
export function servicesOf({ addresses, token }: Installation, transport: Transport): Services {
  const client = (name: ServiceName): ServiceClient => new ServiceClient(name, addresses[name].url, token, transport);
  return { intake: client('intake'), routing: client('routing'), notifier: client('notifier') };
}

function queryText(query: Query): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) told.append(name, String(value));
  return told.size === 0 ? '' : `?${told.toString()}`;
}
