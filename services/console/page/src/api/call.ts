/** Only a script of this page can set it: what another site makes a browser send lacks it. */
const PROOF = { 'x-handoff-console': '1' } as const;
const TIMEOUT_MS = 20_000;

/** A refusal (RFC 9457), or a call that got no answer. Its message is a sentence for people. */
export class CallFailed extends Error {
  /** 0: there was no answer. */
  readonly status: number;
  /** Stable, for programs, as `ticket-unknown`; `unreachable` and `timed-out` are ours. */
  readonly code: string;
  readonly requestId: string | null;
  /** What of the request was at fault, by field. */
  readonly fields: readonly { readonly field: string; readonly detail: string }[];

  constructor({ status, code, detail, requestId = null, fields = [] }: { status: number; code: string; detail: string; requestId?: string | null; fields?: CallFailed['fields'] }) {
    super(detail);
    this.name = 'CallFailed';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.fields = fields;
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const signedOut = new Set<() => void>();

/** Hears when a call is refused because the session has ended. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Calls the console's server: `/api/tickets`, or another service through it, as `/api/routing/v1/tickets/…`. @throws CallFailed */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  return (await callForAnswer<T>(path, options)).body;
}

/** The same, with the headers of the answer. @throws CallFailed */
export async function callForAnswer<T>(path: string, { method = 'GET', body, query = {}, headers = {}, signal }: CallOptions = {}): Promise<{ readonly body: T; readonly headers: Headers }> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await reach(`${path}${queryOf(query)}`, {
    method, credentials: 'same-origin', signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    headers: { accept: 'application/json', ...(method === 'GET' ? {} : { 'content-type': 'application/json', ...PROOF }), ...headers },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  });
  const text = await response.text();
  if (!response.ok) throw refusalOf(response, text);
  return { body: (text === '' ? null : JSON.parse(text)) as T, headers: response.headers };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    throw new CallFailed({ status: 0, code: isLate ? 'timed-out' : 'unreachable', detail: isLate ? `${url} did not answer within ${TIMEOUT_MS / 1000} s.` : `${url} could not be reached.` });
  }
}

function refusalOf(response: Response, text: string): CallFailed {
  const problem = problemIn(text);
  const failure = new CallFailed({
    status: response.status, code: problem.code ?? `http-${response.status}`, detail: problem.detail ?? problem.title ?? `The answer was ${response.status}.`,
    requestId: response.headers.get('x-request-id') ?? problem.requestId ?? null, fields: problem.errors ?? [],
  });
  if (failure.isSignedOut) for (const listener of signedOut) listener();
  return failure;
}

interface ProblemDocument {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: CallFailed['fields'];
}

/** A proxy on the way may answer with a page of its own, which says nothing to us. */
function problemIn(text: string): ProblemDocument {
  try {
    return JSON.parse(text) as ProblemDocument;
  } catch {
    return {};
  }
}

function queryOf(query: NonNullable<CallOptions['query']>): string {
  const given = Object.entries(query).filter(([, value]) => value != null && value !== false);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}
