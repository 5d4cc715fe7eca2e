import { listAt, textAt } from '../json-reading.js';
import type { Query, ServiceClient } from './service-client.js';

const PAGE_ITEMS = 100;
const ITEMS_MAX = 10_000;

/** The items of all pages of a list, up to a limit that no sensible list reaches. @throws CommandFailure */
export async function allPages(service: Pick<ServiceClient, 'get'>, path: string, query: Query = {}): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let cursor: string | null = null;
  do {
    const page: unknown = await service.get(path, { ...query, limit: PAGE_ITEMS, cursor: cursor ?? undefined });
    items.push(...listAt(page, 'items'));
    cursor = textAt(page, 'next');
  } while (cursor !== null && items.length < ITEMS_MAX);
  return items;
}
