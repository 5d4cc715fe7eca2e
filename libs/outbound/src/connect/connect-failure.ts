import type { FailureKind } from '../outbound.js';

/** No connection came about, so nothing was sent. The message is a sentence without secrets. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';

  constructor(readonly kind: Extract<FailureKind, 'refused-destination' | 'dns' | 'connect' | 'tls' | 'timeout'>, message: string) {
    super(message);
  }
}

const TIMEOUT_CODES = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);
/** What can go wrong before TLS begins. */
const TCP_CODES = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ENOBUFS']);

export function connectFailureOf(error: Error, protocol: string): ConnectFailure {
  if (error instanceof ConnectFailure) return error;
  const { code = 'no code' } = error as NodeJS.ErrnoException;
  if (TIMEOUT_CODES.has(code)) return new ConnectFailure('timeout', 'The connection did not come about in time.');
  if (protocol === 'https:' && !TCP_CODES.has(code)) return new ConnectFailure('tls', `There is no secure connection (${code}).`);
  return new ConnectFailure('connect', `There is no connection (${code}).`);
}
