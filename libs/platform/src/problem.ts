/** One field at fault in a request. */
export interface FieldProblem {
  /** JSON pointer into the body, or the name of a parameter or header. */
  readonly field: string;
  readonly detail: string;
}

/**
 * A refusal that a client can understand: RFC 9457 problem details.
 * `code` is stable and meant for programs; `detail` says what happened and what would be right.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    more: { readonly fields?: readonly FieldProblem[]; readonly retryAfterSeconds?: number; readonly cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.fields = more.fields ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly FieldProblem[];
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 401: 'Not authenticated', 403: 'Not allowed', 404: 'Not found', 405: 'Method not allowed', 408: 'Request timeout', 409: 'Conflict',
  412: 'Precondition failed', 413: 'Body too large', 415: 'Unsupported media type', 422: 'Invalid content', 429: 'Too many requests',
  500: 'Internal error', 502: 'Bad gateway', 503: 'Not available', 504: 'Gateway timeout',
};

export function problemDocument(problem: Problem, instance: string): ProblemDocument {
  return {
    type: `urn:handoff:problem:${problem.code}`,
    title: TITLES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    instance,
    ...(problem.fields.length > 0 ? { errors: problem.fields } : {}),
  };
}
