import { storableText } from '../postgres/storable-text.js';

/** One thing that happened to an event that was set aside. Times in RFC 3339. */
export interface HistoryEntry {
  readonly at: string;
  readonly what: 'set-aside' | 'failed' | 'retry-asked' | 'edited' | 'retried' | 'discarded';
  /** Why it failed. */
  readonly code?: string;
  readonly detail?: string;
  /** When it is tried again; `null`: a person must decide. */
  readonly nextRetryAt?: string | null;
  readonly by?: string;
  readonly note?: string;
}

/** Of a longer history the latest are kept. */
const HISTORY_ENTRIES_MAX = 100;

/** For the parameter of `HISTORY_ADDED`. */
export function historyJson(entry: HistoryEntry): string {
  return JSON.stringify([Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, storableText(value as string | null)]))]);
}

/** SQL: the history with more entries, which `parameter` holds as a JSON list. */
export const HISTORY_ADDED = (parameter: string): string => `jsonb_path_query_array(history || ${parameter}::jsonb, '$[last - ${HISTORY_ENTRIES_MAX - 1} to last]')`;
