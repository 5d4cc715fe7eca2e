import type { Answer, Failed, HeldBack, Outbound, OutboundRequest } from '../outbound.js';

export interface JsonRequest extends OutboundRequest {
  /** Sent as the body, with its content type. */
  readonly json?: unknown;
}

/** What an answer holds: JSON where it says so, and otherwise bytes. Nothing is known of the value: callers parse it. */
export type Content = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'bytes'; readonly bytes: Buffer };

export interface JsonAnswered {
  readonly kind: 'answered';
  readonly answer: Answer;
  readonly content: Content;
}

export type JsonOutcome = JsonAnswered | Failed | HeldBack;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** A call that asks for JSON. An answer of success that says it is JSON and is not, is `malformed`; of another status, bytes. */
export async function callJson(outbound: Outbound, { json, ...request }: JsonRequest): Promise<JsonOutcome> {
  const headers = { accept: 'application/json', 'accept-encoding': 'gzip, br', ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers };
  const outcome = await outbound.call({ ...request, headers, ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
  if (outcome.kind !== 'answered') return outcome;
  const { answer } = outcome;
  const content = contentOf(answer);
  if (content !== null) return { kind: 'answered', answer, content };
  return { kind: 'malformed', arrived: 'yes', answer, detail: 'The answer says it is JSON, and is not.', host: URL.parse(request.url)?.host ?? '' };
}

function contentOf({ status, headers, body }: Answer): Content | null {
  const bytes: Content = { kind: 'bytes', bytes: body };
  const type = headers['content-type'];
  if (typeof type !== 'string' || !JSON_TYPE.test(type) || body.length === 0) return bytes;
  try {
    // Bytes that are no UTF-8 are no JSON; a byte order mark is dropped.
    return { kind: 'json', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown };
  } catch {
    return status >= 200 && status < 300 ? null : bytes;
  }
}
