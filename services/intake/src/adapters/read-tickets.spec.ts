import { changedSince, readTicket } from './read-tickets.js';

interface Item {
  readonly id: string;
  readonly at: number;
}

const BEGIN = Date.parse('2026-11-02T08:00:00Z');

/** A system whose tickets change while they are read; `meanwhile` runs after each page. */
async function readAll(items: Item[], { pageSize = 2, meanwhile = () => undefined }: { pageSize?: number; meanwhile?: (page: number) => void } = {}): Promise<string[]> {
  const found: string[] = [];
  let pages = 0;
  const read = (from: Date, page: number): Promise<Item[]> => {
    const sorted = items.filter(({ at }) => at >= from.getTime()).sort((a, b) => a.at - b.at);
    const result = sorted.slice((page - 1) * pageSize, page * pageSize);
    pages += 1;
    expect(pages).toBeLessThan(100);
    meanwhile(pages);
    return Promise.resolve(result);
  };
  for await (const { id, at } of changedSince<Item>({ since: new Date(BEGIN), pageSize, read, idOf: ({ id: each }) => each, updatedAtOf: (item) => new Date(item.at).toISOString() })) found.push(`${id}@${at - BEGIN}`);
  return found;
}

const at = (id: string, ms: number): Item => ({ id, at: BEGIN + ms });

describe('what changed since a time', () => {
  it('is read to its end, the oldest first, each state once', async () => {
    expect(await readAll([at('c', 3), at('a', 1), at('old', -1), at('b', 2), at('d', 4), at('e', 5)])).toEqual(['a@1', 'b@2', 'c@3', 'd@4', 'e@5']);
    expect(await readAll([])).toEqual([]);
  });

  it('is read whole where more than a page changed at one moment', async () => {
    expect(await readAll(['a', 'b', 'c', 'd', 'e'].map((id) => at(id, 7)))).toEqual(['a@7', 'b@7', 'c@7', 'd@7', 'e@7']);
    expect(await readAll([at('z', 1), ...['a', 'b', 'c', 'd', 'e'].map((id) => at(id, 7)), at('y', 9)])).toEqual(['z@1', 'a@7', 'b@7', 'c@7', 'd@7', 'e@7', 'y@9']);
  });

  it('misses none that moves up a page because another changed meanwhile', async () => {
    const items = [at('a', 1), at('b', 2), at('c', 3), at('d', 4)];
    const meanwhile = (page: number): void => {
      if (page === 1) items[0] = at('a', 100);
    };
    expect(await readAll(items, { meanwhile })).toEqual(['a@1', 'b@2', 'c@3', 'd@4', 'a@100']);
  });
});

describe('a ticket that was read', () => {
  const mapped = { externalId: '1', externalUrl: null, change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };

  it('is whole, and new where its reader says so', () => {
    const state = { payload: { id: 1 }, updatedAt: mapped.occurredAt, isNew: false };
    expect(readTicket(mapped, state)).toEqual({ externalId: '1', externalUrl: null, change: 'updated', occurredAt: mapped.occurredAt, fields: {}, updatedAt: mapped.occurredAt, payload: { id: 1 } });
    expect(readTicket(mapped, { ...state, isNew: true }).change).toBe('created');
    expect(readTicket({ ...mapped, change: 'closed' }, { ...state, isNew: true }).change).toBe('closed');
  });
});
