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

  /** @param by who does it; absent: nobody says. */
  async post(path: string, body: unknown, by?: string): Promise<unknown> {
    return this.accepted('POST', path, await this.sent('POST', path, body, actorHeader(by)));
  }

  /** Replaces what a path answers, if it is still what `ifMatch` (its ETag) names. */
  async put(path: string, body: unknown, { ifMatch, by }: { readonly ifMatch: string; readonly by?: string | undefined }): Promise<unknown> {
    return this.accepted('PUT', path, await this.sent('PUT', path, body, { 'if-match': ifMatch, ...actorHeader(by) }));
  }

  /** Changes what the body names of what a path answers. */
  async patch(path: string, body: unknown): Promise<unknown> {
    return this.accepted('PATCH', path, await this.sent('PATCH', path, body));
  }

  /** Removes what a path answers. @throws CommandFailure as `get`. */
  async delete(path: string): Promise<void> {
    this.requireAccepted('DELETE', path, await this.answer({ method: 'DELETE', url: this.url + path, headers: this.authorization() }));
  }

  /** As `get`, for an answer that is text of the media type `type`. */
  async text(path: string, type: string): Promise<string> {
    const answer = await this.answer({ method: 'GET', url: this.url + path, headers: { ...this.authorization(), accept: type } });
    this.requireAccepted('GET', path, answer);
    return answer.body.toString('utf8');
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

  private async sent(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.answer({ method, url: this.url + path, headers: { ...this.authorization(), 'content-type': 'application/json', ...headers }, body: Buffer.from(JSON.stringify(body)) });
  }

  private accepted(method: string, path: string, answer: Answer): unknown {
    this.requireAccepted(method, path, answer);
    const value = parsedJson(answer.body.toString('utf8'));
    if (value !== undefined) return value;
    throw new CommandFailure(1, 'not-json', `${this.url}${path} answered something that is not JSON. Does another program use that port?`, answer.status);
  }

  private requireAccepted(method: string, path: string, { status, body }: Answer): void {
    if (status >= 200 && status <= 299) return;
    const refusal = refusalOf(status, body.toString('utf8'));
    throw new CommandFailure(1, refusal.code, refusalSentence(`The ${this.name} service`, `${method} ${path}`, refusal), status);
  }

  private authorization(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }
}

export type Services = Readonly<Record<ServiceName, ServiceClient>>;

/** The services of an installation over one transport. */
export function servicesOf({ addresses, token }: Installation, transport: Transport): Services {
  const client = (name: ServiceName): ServiceClient => new ServiceClient(name, addresses[name].url, token, transport);
  return { intake: client('intake'), routing: client('routing'), notifier: client('notifier'), console: client('console') };
}

function queryText(query: Query): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) told.append(name, String(value));
  return told.size === 0 ? '' : `?${told.toString()}`;
}

function actorHeader(by: string | undefined): Readonly<Record<string, string>> {
  return by === undefined ? {} : { 'x-handoff-actor': by };
}
