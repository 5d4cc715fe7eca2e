import type { ApiCalls, ReadContext } from './source-api.js';

const KEPT_MS = 3_600_000;

/** What a system says of itself, as the words of its pick lists: each source asks for it once an hour. */
export function keptForApi<T>(load: (api: ApiCalls) => Promise<T>): (context: ReadContext) => Promise<T> {
  const kept = new WeakMap<ApiCalls, { readonly atMs: number; readonly value: T }>();
  return async ({ api, now }) => {
    const last = kept.get(api);
    if (last !== undefined && now.getTime() - last.atMs < KEPT_MS) return last.value;
    const value = await load(api);
    kept.set(api, { atMs: now.getTime(), value });
    return value;
  };
}
