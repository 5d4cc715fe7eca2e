/** What TLS needs for servers that ask for a certificate, or have one of a private authority. All in PEM; a certificate comes with its key. */
export interface ClientTls {
  readonly cert?: string;
  readonly key?: string;
  /** The authorities that may have issued the server's certificate, in place of the public ones. */
  readonly ca?: string;
}

/** How we show who we are, in a header. A client certificate is not one of these: it belongs to the connection, and may come with any. */
export type Auth =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | OAuthClient
  | OAuthUser;

/** OAuth 2 client credentials (RFC 6749 section 4.4). */
export interface OAuthClient {
  readonly kind: 'oauth2';
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  /** Further fields that a token endpoint wants, as `audience`, `resource` or `tenant`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Where the secret goes: in the `authorization` header, as the standard prefers, or in the body. */
  readonly secretIn?: 'header' | 'body';
}

/** OAuth 2 on behalf of a user who signed in once, by a refresh token (RFC 6749 section 6). */
export interface OAuthUser extends Omit<OAuthClient, 'kind' | 'clientSecret'> {
  readonly kind: 'oauth2-user';
  /** Without one: a public client, which names itself in the body. */
  readonly clientSecret?: string;
  readonly grant: UserGrant;
}

/** The refresh token of a user, kept by whoever makes the calls. */
export interface UserGrant {
  /** Names the user's sign-in among all of the process: access tokens are kept under it. */
  readonly name: string;
  /** The refresh token that holds now. When it rejects, there are no credentials. */
  current(): Promise<string>;
  /** Hears that the server gave another in place of the one that was used, which may hold no longer. Never rejects. */
  replaced(former: string, by: string): Promise<void>;
}

/** What shares one allowance and one circuit: the account that we have with a server, or the server. */
export interface Lane {
  readonly name: string;
  readonly requestsASecondMax?: number;
  /** Requests that may go at once after a pause; 1 where it is not set. */
  readonly burstMax?: number;
  readonly concurrentMax?: number;
}

export interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** Names in lower case. What belongs to the connection (as `host`, `content-length`) is not ours to set. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly auth?: Auth;
  readonly tls?: ClientTls;
  /** Without one: the origin of the URL, without limits of its own. */
  readonly lane?: Lane;
  /** How many redirects of a GET or HEAD are followed, each to a checked destination; 0 where it is not set. To another origin goes nothing that shows who we are. */
  readonly redirectsMax?: number;
  /** Gives up when it aborts. */
  readonly signal?: AbortSignal;
  /** The whole call, from now to the last byte of the answer, with waiting, tokens and redirects; at most that of the client. */
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
 * - `no-credentials`: the token endpoint did not give a token.
 */
export type FailureKind = 'refused-destination' | 'unsendable' | 'dns' | 'connect' | 'tls' | 'reset' | 'timeout' | 'too-large' | 'malformed' | 'cancelled' | 'no-credentials';

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

/** The answer came whole. */
export interface Answered {
  readonly kind: 'answered';
  readonly answer: Answer;
}

/** It was not sent: the lane's circuit is open, its server asked for a pause, or too many others are before it. */
export interface HeldBack extends Omit<Failed, 'kind'> {
  readonly kind: 'held-back';
  readonly arrived: 'no';
  readonly answer: null;
  /** Sooner it makes no sense to try. */
  readonly retryAfterMs: number;
}

/** What came of a call. An answer of any status is `answered`, also a redirect that was not followed. */
export type Outcome = Answered | Failed | HeldBack;

/** HTTP calls to servers that are not ours. */
export interface Outbound {
  /** Never rejects. */
  call(request: OutboundRequest): Promise<Outcome>;
}

/** A failure before anything was sent. */
export function notSent(kind: FailureKind, detail: string, host: string): Failed {
  return { kind, arrived: 'no', answer: null, detail, host };
}
