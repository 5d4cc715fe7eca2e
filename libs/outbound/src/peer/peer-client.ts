import type { Readable } from 'node:stream';
import { Pool } from 'undici';

export interface PeerOptions {
  /** Origin of the other service, as `http://127.0.0.1:8081`. */
  readonly url: string;
  /** The whole call, from now to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly connectionsMax: number;
}

export interface PeerCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, sent as they are. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
}

/** The answer's body is still on its way, and must be read or destroyed. */
export interface PeerAnswer {
  readonly kind: 'answered';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** `away`: there is no connection, so nothing was done. `slow`: no answer in time. `broken`: the connection ended before the answer. */
export interface PeerFailure {
  readonly kind: 'away' | 'slow' | 'broken';
}

const CONNECT_TIMEOUT_MS = 2_000;
const AWAY = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Calls another service of this installation. Its address is a setting, so where a call goes is not judged; its answer is handed on as it comes. */
export class PeerClient {
  private readonly pool: Pool;

  constructor(private readonly options: PeerOptions) {
    const { url, timeoutMs, connectionsMax } = options;
    // Each call has a deadline of its own, which covers its headers and its body.
    this.pool = new Pool(url, { connections: connectionsMax, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs) } });
  }

  /** Never rejects. */
  async call({ method, path, headers, body, signal }: PeerCall): Promise<PeerAnswer | PeerFailure> {
    const deadline = AbortSignal.timeout(this.options.timeoutMs);
    try {
      const answer = await this.pool.request({ method, path, headers, body, signal: AbortSignal.any([signal, deadline]) });
      return { kind: 'answered', status: answer.statusCode, headers: answer.headers, body: answer.body };
    } catch (error) {
      return { kind: deadline.aborted ? 'slow' : kindOf(error) };
    }
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }
}

function kindOf(error: unknown): PeerFailure['kind'] {
  const { code, errors } = error as { readonly code?: string; readonly errors?: readonly { readonly code?: string }[] };
  const codes = [code, ...(errors ?? []).map((each) => each.code)].filter((each) => each !== undefined);
  return codes.some((each) => AWAY.has(each)) ? 'away' : 'broken';
}
