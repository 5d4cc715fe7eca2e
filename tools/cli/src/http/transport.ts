import http from 'node:http';
import https from 'node:https';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TransportLimits {
  readonly connectionsMax: number;
  readonly answerTimeoutMs: number;
}

const ANSWER_BYTES_MAX = 64 * 1024 * 1024;

/** No answer within the time allowed. */
export class AnswerTimeout extends Error {
  override readonly name = 'AnswerTimeout';
}

/**
 * Sends requests over kept connections. On node:http rather than fetch, for a command that starts fast and can keep up
 * with a load of many thousand small requests.
 */
export class Transport {
  private readonly agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent };

  constructor(private readonly limits: TransportLimits) {
    const options = { keepAlive: true, maxSockets: limits.connectionsMax };
    this.agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  }

  /** Resolves with any answer, also a refusal; rejects where there was none. */
  async send(call: Call): Promise<Answer> {
    try {
      return await this.attempt(call);
    } catch (error) {
      // The server may close a kept connection just as it is used again. All our calls may be repeated.
      if (error instanceof StaleConnection) return this.attempt(call);
      throw error;
    }
  }

  close(): void {
    this.agents['http:'].destroy();
    this.agents['https:'].destroy();
  }

  private attempt({ method, url, headers, body }: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const isSecure = url.startsWith('https:');
      const length = body === undefined ? {} : { 'content-length': String(body.length) };
      const options = { method, headers: { ...headers, ...length }, agent: this.agents[isSecure ? 'https:' : 'http:'] };
      const request = (isSecure ? https : http).request(url, options);
      const timer = setTimeout(() => request.destroy(new AnswerTimeout(`no answer within ${this.limits.answerTimeoutMs / 1_000} s`)), this.limits.answerTimeoutMs);
      const fail = (error: Error): void => {
        clearTimeout(timer);
        const isStale = request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
        reject(isStale ? new StaleConnection('a kept connection was closed', { cause: error }) : error);
      };
      request.once('error', fail);
      request.once('response', (response) => {
        readAll(response).then((bytes) => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes });
        }, fail);
      });
      request.end(body);
    });
  }
}

class StaleConnection extends Error {
  override readonly name = 'StaleConnection';
}

async function readAll(response: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    if (bytes > ANSWER_BYTES_MAX) throw new Error(`the answer is longer than ${ANSWER_BYTES_MAX} bytes`);
  }
  return Buffer.concat(parts);
}
