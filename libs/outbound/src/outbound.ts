/** Keys of a client, for servers that ask for a certificate. All in PEM. */
export interface ClientTls {
  readonly cert: string;
  readonly key: string;
  /** The authorities that may have issued the server's certificate, in place of the public ones. */
  readonly ca?: string;
}

export interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** Names in lower case. What belongs to the connection (as `host`, `content-length`) is not ours to set. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly tls?: ClientTls;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal;
  /** The whole call, from now to the last byte of the answer; at most that of the client. */
  readonly timeoutMs?: number;
  /** Of the answer's body, as it came and decoded; at most that of the client. */
  readonly bodyBytesMax?: number;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Decoded. Of an answer that was cut: its beginning, or nothing where that was compressed. */
  readonly body: Buffer;
  /** For how long the server asks us to wait; `null`: it does not say. At most `RETRY_AFTER_MS_MAX`. */
  readonly retryAfterMs: number | null;
}

/**
 * Why a call has no whole answer.
 * - `refused-destination`: we do not send there (an internal address, a port or a scheme that is not allowed).
 * - `unsendable`: the request itself is not possible, as a header with a line break.
 * - `dns`, `connect`, `tls`: no connection.
 * - `reset`: the connection ended before the answer did.
 * - `timeout`: a limit of time passed.
 * - `too-large`: headers or body of the answer are beyond the limit.
 * - `malformed`: what came is not HTTP, or not what its headers say.
 * - `cancelled`: the caller's signal aborted, or the client was closed.
 */
export type FailureKind = 'refused-destination' | 'unsendable' | 'dns' | 'connect' | 'tls' | 'reset' | 'timeout' | 'too-large' | 'malformed' | 'cancelled';

export interface Failed {
  readonly kind: FailureKind;
  /** Whether the server got the request: surely not, perhaps, surely. */
  readonly arrived: 'no' | 'unclear' | 'yes';
  /** What came of an answer before the failure: at least its status, where this is not `null`. */
  readonly answer: Answer | null;
  /** A sentence. It holds the host at most: no path, no query, no header, nothing that the server said. */
  readonly detail: string;
  /** Host and port, or what stands there in a URL that is none. */
  readonly host: string;
}

export interface Answered {
  readonly kind: 'answered';
  readonly answer: Answer;
}

/** What came of a call. An answer of any status is `answered`; redirects are answers. */
export type Outcome = Answered | Failed;

/** HTTP calls to servers that are not ours. */
export interface Outbound {
  /** Never rejects. */
  call(request: OutboundRequest): Promise<Outcome>;
}
