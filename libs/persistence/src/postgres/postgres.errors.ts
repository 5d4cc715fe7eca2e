/** SQLSTATE classes and codes (PostgreSQL, appendix A) that mean: the server, not the statement, is the trouble. */
const UNAVAILABLE_STATES = /^(08...|57P0[1-3]|53...|25006|XX000)$/;
const CONFLICT_STATES = new Set(['40001', '40P01']);
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** node-postgres reports a lost connection by these sentences alone, without a code. */
const LOST_CONNECTION = /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Driver not Connected|Connection ended/i;

/** The database cannot be used now; the same work may succeed later. */
export function isUnavailable(error: unknown): boolean {
  return causes(error).some(({ code, message }) =>
    (typeof code === 'string' && (NETWORK_CODES.has(code) || UNAVAILABLE_STATES.test(code))) || (typeof message === 'string' && code === undefined && LOST_CONNECTION.test(message)));
}

/** A deadlock or a serialisation failure: the same work, run again, can succeed. */
export function isConflict(error: unknown): boolean {
  return causes(error).some(({ code }) => typeof code === 'string' && CONFLICT_STATES.has(code));
}

interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
}

/** The error, what TypeORM wrapped in it, and the parts of an AggregateError (several addresses tried). */
function causes(error: unknown): ErrorLike[] {
  if (typeof error !== 'object' || error === null) return [];
  const { driverError, cause, errors } = error as { driverError?: unknown; cause?: unknown; errors?: unknown[] };
  return [error, ...[driverError, cause, ...(errors ?? [])].filter((inner) => inner !== error).flatMap(causes)];
}
