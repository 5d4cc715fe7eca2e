import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import type { Answer } from './transport.js';

export interface Upload {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
  /** Hears how many bytes have gone out so far. */
  readonly sent: (bytes: number) => void;
}

/** A large file is applied after its last byte has come, which takes its time. */
const ANSWER_TIMEOUT_MS = 900_000;

/** Posts a body piece by piece. Resolves with any answer, also one that comes before all was sent; rejects where there was none. */
export function upload({ url, headers, body, sent }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).request(url, { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' }, agent: false });
    const timer = setTimeout(() => request.destroy(new Error(`no answer within ${ANSWER_TIMEOUT_MS / 1_000} s`)), ANSWER_TIMEOUT_MS);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      body.destroy();
      request.destroy();
      reject(error);
    };
    let bytes = 0;
    body.on('data', (chunk: Buffer) => sent((bytes += chunk.length)));
    body.once('error', fail);
    request.once('error', fail);
    request.once('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => void parts.push(part));
      response.once('error', fail);
      response.once('end', () => {
        clearTimeout(timer);
        body.destroy();
        // What was not sent yet need not be.
        if (!request.writableFinished) request.removeListener('error', fail).on('error', () => undefined).destroy();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    body.pipe(request);
  });
}
