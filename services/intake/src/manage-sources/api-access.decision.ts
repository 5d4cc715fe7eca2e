import { type EgressPolicy, urlProblemOf } from '@handoff/outbound';
import { type FieldProblem, Problem } from '@handoff/platform';
import { z } from 'zod';
import type { Adapter } from '../adapters/adapter.js';
import type { SourceApi } from '../adapters/source-api.js';
import { apiCredentials, type ApiCredentials } from '../sources/api-credentials.js';
import type { ApiAccess } from '../sources/source.js';
import type { SourceApiBody } from './source.body.js';

const NO_HEADERS = z.strictObject({});

/**
 * How a source's system is read, as a body asks for it. Address and credentials always come together: otherwise credentials
 * that are stored could be sent to another address.
 * @throws Problem 422 `invalid-content` that names each field at fault.
 */
export function apiAccessOf({ api, title }: Adapter, body: SourceApiBody, egress: EgressPolicy): { readonly api: ApiAccess; readonly apiCredentials: ApiCredentials } {
  if (api === undefined) throw invalid([{ field: '/api', detail: `must be left out: nothing is read from ${title}` }]);
  const baseUrl = body.baseUrl.replace(/\/+$/, '');
  const credentials = apiCredentials.safeParse({ auth: body.auth, ...body.credentials, headers: body.headers ?? {} });
  const problems = [
    ...(api.auth.some((auth) => auth === body.auth) ? [] : [{ field: '/api/auth', detail: `must be one of ${api.auth.join(', ')}` }]),
    ...addressProblems(baseUrl, api, egress),
    ...(credentials.success ? tokenUrlProblems(credentials.data, egress) : issuesOf(credentials.error, (path) => (path[0] === 'headers' ? '/api' : '/api/credentials'))),
    ...headerProblems(body, api),
  ];
  if (!credentials.success || problems.length > 0) throw invalid(problems);
  return { api: { baseUrl, auth: credentials.data.auth }, apiCredentials: credentials.data };
}

function addressProblems(baseUrl: string, { hosts }: SourceApi, egress: EgressPolicy): FieldProblem[] {
  const problem = secureUrlProblem(baseUrl, egress);
  if (problem !== null) return [{ field: '/api/baseUrl', detail: problem }];
  const { hostname, search, hash } = new URL(baseUrl);
  if (search !== '' || hash !== '') return [{ field: '/api/baseUrl', detail: 'must end with its path: no query and no fragment' }];
  return hosts === null || hosts.test(hostname) ? [] : [{ field: '/api/baseUrl', detail: `must have a host of the vendor, which matches ${hosts.source}` }];
}

function tokenUrlProblems(credentials: ApiCredentials, egress: EgressPolicy): FieldProblem[] {
  const problem = 'tokenUrl' in credentials ? secureUrlProblem(credentials.tokenUrl, egress) : null;
  return problem === null ? [] : [{ field: '/api/credentials/tokenUrl', detail: problem }];
}

/** Credentials go over TLS alone, but within a local run. */
function secureUrlProblem(url: string, egress: EgressPolicy): string | null {
  return urlProblemOf(url, { ...egress, httpsOnly: !egress.allowPrivate });
}

function headerProblems({ auth, headers = {} }: SourceApiBody, { settings = NO_HEADERS }: SourceApi): FieldProblem[] {
  const parsed = settings.safeParse(headers);
  if (!parsed.success) return issuesOf(parsed.error, () => '/api/headers');
  return auth === 'headers' && Object.keys(headers).length === 0 ? [{ field: '/api/headers', detail: 'must have the headers to sign in with' }] : [];
}

function issuesOf({ issues }: z.ZodError, parent: (path: readonly PropertyKey[]) => string): FieldProblem[] {
  return issues.map(({ path, message }) => ({ field: [parent(path), ...path.map(String)].join('/'), detail: message }));
}

function invalid(fields: readonly FieldProblem[]): Problem {
  return new Problem(422, 'invalid-content', `The access to the system is not valid: ${fields.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ')}.`, { fields });
}
