import type { Failed, FailureKind } from '../outbound.js';

/** Why we ourselves ended a call. */
export type StopReason = 'timeout' | 'too-large' | 'cancelled';

export interface FailureFacts {
  /** Of the error that ended the call, by Node or undici, or its name; or why we ended it. */
  readonly code: string;
  readonly isSent: boolean;
  readonly hasStatus: boolean;
}

const CODES: Readonly<Record<string, FailureKind>> = {
  UND_ERR_HEADERS_TIMEOUT: 'timeout', UND_ERR_BODY_TIMEOUT: 'timeout', ETIMEDOUT: 'timeout', UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_DESTROYED: 'cancelled', UND_ERR_CLOSED: 'cancelled', UND_ERR_INVALID_ARG: 'unsendable', UND_ERR_NOT_SUPPORTED: 'unsendable',
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: 'unsendable', HTTPParserError: 'malformed', UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'malformed', 'content-encoding': 'malformed',
  timeout: 'timeout', 'too-large': 'too-large', cancelled: 'cancelled',
};

const SENTENCES: Readonly<Record<FailureKind, string>> = {
  'refused-destination': 'We do not send there', unsendable: 'The request cannot be sent as it is', dns: 'The host cannot be looked up', connect: 'There is no connection',
  tls: 'The secure connection was refused', reset: 'The connection ended before the answer did', timeout: 'No whole answer came in time', 'too-large': 'The answer is larger than we take',
  malformed: 'The answer cannot be read', cancelled: 'The call was given up', 'no-credentials': 'There is no token',
};

/** What a call is to its caller that ended on its way, after there was a connection or while it waited for one. */
export function failureOf({ code, isSent, hasStatus }: FailureFacts): Pick<Failed, 'kind' | 'arrived' | 'detail'> {
  const kind = kindOf(code);
  return { kind, arrived: arrivedOf(kind, { isSent, hasStatus }), detail: `${SENTENCES[kind]}${code in SENTENCES ? '' : ` (${code})`}.` };
}

function kindOf(code: string): FailureKind {
  if (code.startsWith('HPE_')) return 'malformed';
  // With TLS 1.3 a server refuses our certificate only after it let us begin.
  if (code.startsWith('ERR_SSL_')) return 'tls';
  return CODES[code] ?? 'reset';
}

function arrivedOf(kind: FailureKind, { isSent, hasStatus }: Pick<FailureFacts, 'isSent' | 'hasStatus'>): Failed['arrived'] {
  if (hasStatus) return 'yes';
  return isSent && kind !== 'tls' && kind !== 'unsendable' ? 'unclear' : 'no';
}
