import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { call } from '../api/call.js';
import type { PageOf } from '../api/server-types.js';
import { type Cause, lettersPath } from './cause.js';

const SHOWN = 50;

/** One of the things that a cause counts. */
export interface StuckItem {
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly ticketId: string | null;
  readonly at: string;
  readonly attempts: number;
  readonly attemptsLeft: number;
  readonly nextAt: string | null;
}

interface NotificationItem { readonly notificationId: string; readonly about: string; readonly ticketId: string; readonly address: string | null; readonly destination: string; readonly detail: string | null; readonly createdAt: string; readonly attempts: readonly unknown[]; readonly attemptsLeft: number; readonly nextAttemptAt: string | null }
interface ParkedItem { readonly parkedId: string; readonly source: string; readonly failures: readonly { readonly detail: string }[]; readonly receivedAt: string; readonly attempts: number }
interface LetterItem { readonly id: string; readonly type: string | null; readonly topic: string; readonly ticketId: string | null; readonly detail: string; readonly setAsideAt: string; readonly attempts: number; readonly attemptsLeft: number; readonly nextRetryAt: string | null }

/** The latest of a cause. */
export function useStuckItems(cause: Cause): UseQueryResult<{ readonly items: readonly StuckItem[]; readonly hasMore: boolean }> {
  return useQuery({ queryKey: ['undelivered', 'items', cause.id], queryFn: ({ signal }) => load(cause, signal) });
}

async function load({ kind, service, code, about, rawState }: Cause, signal: AbortSignal): Promise<{ readonly items: readonly StuckItem[]; readonly hasMore: boolean }> {
  switch (kind) {
    case 'notification': {
      const { items, next } = await call<PageOf<NotificationItem>>('/api/notifier/v1/notifications', { query: { undelivered: true, state: rawState, code, destination: about, limit: SHOWN }, signal });
      return { hasMore: next !== null, items: items.map((item) => ({ id: item.notificationId, title: item.address ?? item.destination, detail: item.detail, ticketId: item.about === 'ticket' ? item.ticketId : null, at: item.createdAt, attempts: item.attempts.length, attemptsLeft: item.attemptsLeft, nextAt: item.nextAttemptAt })) };
    }
    case 'parked': {
      const { items, next } = await call<PageOf<ParkedItem>>('/api/intake/v1/parked-deliveries', { query: { source: about, code, limit: SHOWN }, signal });
      return { hasMore: next !== null, items: items.map((item) => ({ id: item.parkedId, title: item.source, detail: item.failures[0]?.detail ?? null, ticketId: null, at: item.receivedAt, attempts: item.attempts, attemptsLeft: 0, nextAt: null })) };
    }
    case 'letter': {
      const { items, next } = await call<PageOf<LetterItem>>(lettersPath(service ?? 'routing'), { query: { reason: code, state: rawState, type: about, limit: SHOWN }, signal });
      return { hasMore: next !== null, items: items.map((item) => ({ id: item.id, title: item.type ?? item.topic, detail: item.detail, ticketId: item.ticketId, at: item.setAsideAt, attempts: item.attempts, attemptsLeft: item.attemptsLeft, nextAt: item.nextRetryAt })) };
    }
  }
}

/** Tries one again, a dead letter with other data if they are given. @throws CallFailed */
export async function retryItem({ kind, service }: Cause, id: string, value?: unknown): Promise<void> {
  switch (kind) {
    case 'notification': return void await call(`/api/notifier/v1/notifications/${id}/retry`, { method: 'POST' });
    case 'parked': return void await call(`/api/intake/v1/parked-deliveries/${id}/retry`, { method: 'POST' });
    case 'letter': return void await call(`${lettersPath(service ?? 'routing')}/${id}/retry`, { method: 'POST', body: value === undefined ? {} : { value } });
  }
}

/** Calls at once: enough to be quick, few enough to leave the page its connections. */
const AT_ONCE_MAX = 3;

/** Tries these again, each by itself. How many were taken, and why the first of the others was not. */
export async function retryItems(cause: Cause, ids: readonly string[]): Promise<{ readonly done: number; readonly failure: unknown }> {
  const waiting = [...ids];
  let done = 0;
  let failure: unknown = null;
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await retryItem(cause, id);
        done += 1;
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE_MAX, ids.length) }, work));
  return { done, failure };
}

/** Gives one up for good. @throws CallFailed */
export async function discardItem({ kind, service }: Cause, id: string, { by, note }: { readonly by: string; readonly note: string }): Promise<void> {
  if (kind === 'parked') await call(`/api/intake/v1/parked-deliveries/${id}`, { method: 'DELETE', query: { note: `${note} (${by})` } });
  else await call(`${lettersPath(service ?? 'routing')}/${id}/discard`, { method: 'POST', body: { by, note } });
}

/** The data of a dead letter, as text to edit; as they came where they are no JSON. @throws CallFailed */
export async function valueOfLetter({ service }: Cause, id: string): Promise<string> {
  const { value, editedValue } = await call<{ readonly value: { readonly text: string | null } | null; readonly editedValue: { readonly text: string | null } | null }>(`${lettersPath(service ?? 'routing')}/${id}`);
  const text = editedValue?.text ?? value?.text ?? '';
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
