import { useMutation, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { call, callForAnswer } from '../api/call.js';
import type { PageOf } from '../api/server-types.js';
import type { Version, VersionSummary } from './version.decision.js';

const PATH = '/api/routing/v1/matrix';
const LIMIT = 200;
const DAYS = 30;

export interface Finding {
  readonly detail?: string;
  readonly message?: string;
  readonly line?: number | null;
  readonly remedy?: string | null;
}

export interface TestResult {
  readonly passed: number;
  readonly failed: number;
  readonly results: readonly { readonly name?: string; readonly id?: string; readonly passed: boolean; readonly differences?: readonly unknown[] }[];
}

export interface Comparison {
  readonly before: string;
  readonly after: string;
  readonly since: string;
  readonly tickets: number;
  readonly changed: number;
  readonly isComplete: boolean;
  readonly byQueue: readonly { readonly from: string; readonly to: string; readonly tickets: number }[];
  readonly byTicket: readonly { readonly ticketId: string; readonly externalId: string; readonly subject: string | null; readonly before: { readonly queue: string }; readonly after: { readonly queue: string } }[];
}

export interface OpenVersion {
  readonly version: Version;
  /** What a change of it must name. */
  readonly etag: string;
}

export function useVersions(): UseQueryResult<PageOf<VersionSummary>> {
  return useQuery({ queryKey: ['matrix'], queryFn: ({ signal }) => call<PageOf<VersionSummary>>(`${PATH}/versions`, { query: { limit: LIMIT }, signal }) });
}

export function useVersion(name: string | undefined): UseQueryResult<OpenVersion> {
  return useQuery({
    queryKey: ['matrix', 'version', name], enabled: name !== undefined,
    queryFn: async ({ signal }) => {
      const { body, headers } = await callForAnswer<Version>(versionPath(name ?? ''), { signal });
      return { version: body, etag: headers.get('etag') ?? '' };
    },
  });
}

export const matrixCalls = {
  create: (version: string, { matrix, cases }: Pick<Version, 'matrix' | 'cases'>) => call<Version>(`${PATH}/versions`, { method: 'POST', body: { version, matrix, cases } }),
  save: (version: string, etag: string, text: Pick<Version, 'matrix' | 'cases'>) => call<Version & { readonly findings: readonly Finding[] }>(versionPath(version), { method: 'PUT', body: text, headers: { 'if-match': etag } }),
  test: (version: string) => call<TestResult>(`${versionPath(version)}/test`, { method: 'POST' }),
  compare: (version: string) => call<Comparison>(`${versionPath(version)}/compare`, { method: 'POST', body: { days: DAYS } }),
  activate: (version: string, expectedActive: string) => call<VersionSummary>(`${versionPath(version)}/activate`, { method: 'POST', body: { expectedActive } }),
  rollBack: (expectedActive: string) => call<VersionSummary>(`${PATH}/rollback`, { method: 'POST', body: { expectedActive } }),
} as const;

function versionPath(version: string): string {
  return `${PATH}/versions/${encodeURIComponent(version)}`;
}

/** Something that is done with the matrix; afterwards all of it is read again. */
export function useMatrixDoing<R, T = void>(doing: (given: T) => Promise<R>, onDone?: (result: R) => void): UseMutationResult<R, Error, T> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: doing,
    onSuccess: (result) => { void client.invalidateQueries({ queryKey: ['matrix'] }); onDone?.(result); },
  });
}
