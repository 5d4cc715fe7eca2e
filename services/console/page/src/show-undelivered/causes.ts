import { queryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call } from '../api/call.js';
import { type Cause, causeOfLetters, causeOfNotifications, causeOfParked, type LetterCause, type LetterService, lettersPath, type NotificationCause, type ParkedCause } from './cause.js';

const INTERVAL_MS = 15_000;
const CALLS_MAX = 200;
const EPOCH = '1970-01-01T00:00:00Z';
const LETTER_SERVICES: readonly LetterService[] = ['routing', 'notifier', 'console'];

type Items<T> = { readonly items: readonly T[] };

const causesQuery = (name: string, since: string | null, load: (signal: AbortSignal) => Promise<readonly Cause[]>) =>
  queryOptions({ queryKey: ['undelivered', name, since], queryFn: ({ signal }) => load(signal), refetchInterval: INTERVAL_MS });

/** What needs a person, from all services that answer. One that does not hides no other. */
export function useCauses(since: string | null): { readonly causes: readonly Cause[]; readonly failures: readonly Error[]; readonly isLoading: boolean; readonly renew: () => void } {
  const client = useQueryClient();
  const query = { since };
  const results = useQueries({
    queries: [
      causesQuery('notifications', since, async (signal) => (await call<Items<NotificationCause>>('/api/notifier/v1/notifications/causes', { query, signal })).items.map(causeOfNotifications)),
      causesQuery('parked', since, async (signal) => (await call<Items<ParkedCause>>('/api/intake/v1/parked-deliveries/causes', { query, signal })).items.map(causeOfParked)),
      ...LETTER_SERVICES.map((service) => causesQuery(service, since, async (signal) => (await call<Items<LetterCause>>(`${lettersPath(service)}/causes`, { query, signal })).items.map((cause) => causeOfLetters(service, cause)))),
    ],
  });
  return {
    causes: results.flatMap(({ data }) => data ?? []), failures: results.flatMap(({ error }) => error ?? []), isLoading: results.some(({ isPending }) => isPending),
    renew: useCallback(() => void client.invalidateQueries({ queryKey: ['undelivered'] }), [client]),
  };
}

/** Tries all of a cause again, and says how many. @throws CallFailed */
export async function retryCause({ kind, service, code, about }: Cause, since: string | null): Promise<number> {
  switch (kind) {
    case 'notification': return whileMore(() => call<{ retried: number; hasMore: boolean }>('/api/notifier/v1/notifications/retry', { method: 'POST', body: { since: since ?? EPOCH, destination: about, code } }), ({ retried }) => retried);
    case 'parked': return whileMore(() => call<{ tried: number; released: number; hasMore: boolean }>('/api/intake/v1/parked-deliveries/retry', { method: 'POST', body: { source: about, code, ...(since === null ? {} : { since }) } }), ({ released }) => released);
    case 'letter': return whileMore(() => call<{ retrying: number; hasMore: boolean }>(`${lettersPath(service ?? 'routing')}/retry`, { method: 'POST', body: { reason: code, ...(since === null ? {} : { since }) } }), ({ retrying }) => retrying);
  }
}

/** Until nothing is left, or nothing moves any more. */
async function whileMore<T extends { readonly hasMore: boolean }>(once: () => Promise<T>, countOf: (answer: T) => number): Promise<number> {
  let done = 0;
  for (let calls = 0; calls < CALLS_MAX; calls += 1) {
    const answer = await once();
    done += countOf(answer);
    if (!answer.hasMore || countOf(answer) === 0) return done;
  }
  return done;
}
