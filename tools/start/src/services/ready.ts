import { request } from 'node:http';
import { LOOPBACK } from '@handoff/engines';

const ANSWER_TIMEOUT_MS = 3_000;
const BODY_CHARS_MAX = 500;

/** Asks a service whether it is ready. Answers undefined when it is, else why not. */
export function notReadyReason(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const asking = request({ host: LOOPBACK, port, path: '/health/ready', timeout: ANSWER_TIMEOUT_MS }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body = (body + chunk).slice(0, BODY_CHARS_MAX)));
      response.on('error', (error) => resolve(error.message));
      response.on('end', () => {
        const ready = response.statusCode === 200;
        resolve(ready ? undefined : `GET /health/ready answers ${response.statusCode}: ${body.trim()}`);
      });
    });
    asking.on('timeout', () => asking.destroy(new Error('GET /health/ready is not answered')));
    asking.on('error', (error) => resolve(error.message));
    asking.end();
  });
}
