import { useMutation, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { PageOf } from '../api/server-types.js';
import { sentenceOf } from '../design/states.js';
import { tell } from '../shell/toasts.js';
import { sayNow } from '../words/words.js';
import type { Channel, Source } from './standing.decision.js';

const INTERVAL_MS = 15_000;
const PAGES_MAX = 50;
const LIMIT = 200;

export interface Setup {
  readonly title: string;
  readonly webhookUrl: string;
  readonly showsSecret: boolean;
  readonly steps: readonly { readonly text: string; readonly snippet?: { readonly content: string } }[];
}

export interface TestReport {
  readonly isOk: boolean;
  readonly ticketId: string | null;
  readonly steps: readonly { readonly step: string; readonly isOk: boolean; readonly text: string }[];
}

export function useSources(): UseQueryResult<readonly Source[]> {
  return useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => allOf<Source>('/api/intake/v1/sources', signal), refetchInterval: INTERVAL_MS });
}

export function useChannels(): UseQueryResult<readonly Channel[]> {
  return useQuery({ queryKey: ['channels'], queryFn: ({ signal }) => allOf<Channel>('/api/notifier/v1/channels', signal), refetchInterval: INTERVAL_MS });
}

export function useSetup(source: string): UseQueryResult<Setup> {
  return useQuery({ queryKey: ['sources', source, 'setup'], queryFn: ({ signal }) => call<Setup>(`${sourcePath(source)}/setup`, { signal }), gcTime: 0 });
}

async function allOf<T>(path: string, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer: PageOf<T> = await call<PageOf<T>>(path, { query: { limit: LIMIT, cursor }, signal });
    items.push(...answer.items);
    if (answer.next === null) break;
    cursor = answer.next;
  }
  return items;
}

export function sourcePath(source: string): string {
  return `/api/intake/v1/sources/${encodeURIComponent(source)}`;
}

export function channelPath({ id }: Channel): string {
  return `/api/notifier/v1/channels/${id}`;
}

/** Something that is done to a source or a channel; a refusal is told. */
export function useDoing<T = void, R = unknown>(doing: (given: T) => Promise<R>, onDone?: (result: R) => void): UseMutationResult<R, Error, T> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: doing,
    onSuccess: (result) => onDone?.(result),
    onError: (error) => tell({ title: sayNow('sources.refused'), text: sentenceOf(error), tone: 'bad' }),
    onSettled: () => { for (const queryKey of [['sources'], ['channels']]) void client.invalidateQueries({ queryKey }); },
  });
}
