import { type Agent, type Dispatcher, request } from 'undici';
import type { Message } from '../../message/message.js';
import { type Answer, type Channel, safeDetail, type WebhookAddress } from '../channel.js';
import { urlProblemOf } from './egress.decision.js';
import { createAgent } from './guarded-agent.js';
import { signatureOf } from './signature.js';
import { payloadOf } from './webhook.payload.js';

export interface WebhookSettings {
  readonly allowPrivate: boolean;
  readonly connectionsAnOriginMax: number;
  readonly sendTimeoutMs: number;
  /** Told to receivers in User-Agent. */
  readonly publicUrl: string | null;
  readonly now: () => Date;
}

const ANSWER_BYTES_MAX = 16_384;

/** Signed POST requests by Standard Webhooks. Delivered means: the receiver answered 2xx. */
export class WebhookChannel implements Channel<WebhookAddress> {
  private readonly agent: Agent;
  private readonly userAgent: string;

  constructor(private readonly settings: WebhookSettings) {
    this.agent = createAgent({ ...settings, timeoutMs: settings.sendTimeoutMs });
    this.userAgent = settings.publicUrl === null ? 'Handoff/1' : `Handoff/1 (+${settings.publicUrl})`;
  }

  async send(message: Message, to: WebhookAddress, signal: AbortSignal): Promise<Answer> {
    const problem = urlProblemOf(to.url, this.settings);
    if (problem !== null) return { kind: 'forbidden', detail: problem };
    try {
      const response = await request(to.url, { method: 'POST', dispatcher: this.agent, signal, ...this.signed(message, to.secret) });
      return await answerOf(response, { to, now: this.settings.now() });
    } catch (error) {
      return failureOf(error, { to, signal });
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private signed(message: Message, secret: string): { headers: Record<string, string>; body: string } {
    const body = payloadOf(message);
    const timestampSeconds = Math.floor(this.settings.now().getTime() / 1_000);
    return {
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': this.userAgent,
        'webhook-id': message.notificationId,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureOf({ id: message.notificationId, timestampSeconds, body }, secret),
      },
    };
  }
}

async function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData, { to, now }: { to: WebhookAddress; now: Date }): Promise<Answer> {
  const text = await startOf(body);
  if (statusCode >= 200 && statusCode < 300) return { kind: 'accepted', receipt: `HTTP ${statusCode}` };
  const detail = safeDetail(`The receiver answered HTTP ${statusCode}${text === '' ? '' : `: ${text}`}`, secretsIn(to));
  return { kind: 'answered', protocol: 'http', status: statusCode, detail, retryAfterMs: retryAfterMs(headers['retry-after'], now) };
}

/** Reads an answer as far as is worth it. A short one to its end, so that the connection can be used again. */
async function startOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= ANSWER_BYTES_MAX) break;
    }
  } catch {
    // The status came; a body cut short changes nothing about it.
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString('utf8');
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
export function retryAfterMs(header: string | string[] | undefined, now: Date): number | null {
  const text = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

const TIMEOUT_CODES = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

function failureOf(error: unknown, { to, signal }: { to: WebhookAddress; signal: AbortSignal }): Answer {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const detail = safeDetail(String(message === undefined || message === '' ? (code ?? error) : message), secretsIn(to));
  if (code === 'FORBIDDEN_ADDRESS') return { kind: 'forbidden', detail };
  if (signal.aborted || (typeof code === 'string' && TIMEOUT_CODES.has(code))) return { kind: 'timeout', detail: `The receiver did not answer in time. ${detail}` };
  return { kind: 'unreachable', detail };
}

/** The signing secret, and what a URL may hide in its query. */
function secretsIn({ url, secret }: WebhookAddress): readonly string[] {
  const { search } = new URL(url);
  return [secret, secret.replace('whsec_', ''), search, ...new URLSearchParams(search).values()].filter((text) => text.length >= 6);
}
