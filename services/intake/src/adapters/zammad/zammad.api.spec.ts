import { describeReading } from '../source-api.contract.js';
import { type ApiRoute, aDocumentedApi, listed } from '../source-api.samples.js';
import { zammadApi } from './zammad.api.js';
import { anExpandedZammadTicket, aZammadArticle } from './zammad.samples.js';

type ExpandedTicket = ReturnType<typeof anExpandedZammadTicket>;

/** Zammad's search takes days; a time with colons in it finds nothing. */
function anInstance(tickets: ExpandedTicket[], afterPage: () => void = () => undefined): readonly ApiRoute[] {
  return [
    { method: 'GET', path: /^\/api\/v1\/tickets\/(\d+)$/, parameters: { expand: /^true$/ }, answer: ({ at: [id] }) => tickets.find((ticket) => String(ticket['id']) === id) ?? null },
    { method: 'GET', path: /^\/api\/v1\/ticket_articles\/by_ticket\/(\d+)$/, answer: () => [aZammadArticle({ body: 'It fails since Monday.' }), aZammadArticle({ body: 'Any news?' })] },
    {
      method: 'GET', path: /^\/api\/v1\/tickets\/search$/, parameters: { query: /^updated_at:>=\d{4}-\d\d-\d\d$/, sort_by: /^updated_at$/, order_by: /^desc$/, expand: /^true$/, per_page: /^\d+$/, page: /^[1-9]\d*$/ },
      answer: ({ parameters }) => {
        const day = String(parameters['query']).slice(-10);
        const found = tickets.filter((ticket) => String(ticket['updated_at']) >= day).toSorted((a, b) => String(b['updated_at']).localeCompare(String(a['updated_at'])));
        const size = Number(parameters['per_page']);
        const page = found.slice((Number(parameters['page']) - 1) * size, Number(parameters['page']) * size);
        afterPage();
        return page;
      },
    },
  ];
}

describe('a ticket of Zammad', () => {
  const thin = { externalId: '81', externalUrl: 'https://zammad.adatum.example/#ticket/zoom/81', change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {} };

  it('is read whole, in the form of a webhook, with what its asker wrote', async () => {
    const { context } = aDocumentedApi(anInstance([anExpandedZammadTicket()]));
    expect(await zammadApi.complete(thin, context)).toEqual({
      externalId: '81', externalUrl: thin.externalUrl, change: 'updated', occurredAt: '2026-11-02T07:59:58.333Z', updatedAt: '2026-11-02T07:59:58.333Z', actor: '3',
      fields: { subject: 'Sign-in fails', description: 'It fails since Monday.', status: 'open', severity: 'A', requester: { name: null, email: 'ada@wingtip.example' } },
      payload: { article: null, ticket: expect.objectContaining({ organization: { id: 3, name: 'Wingtip Toys' }, group: { id: 3, name: 'Service Desk' }, priority: { id: 3, name: '3 high' } }) },
    });
  });

  it('may be gone', async () => {
    const { context } = aDocumentedApi(anInstance([]));
    expect(await zammadApi.complete(thin, context)).toBeNull();
    expect(await zammadApi.complete({ ...thin, externalId: 'search' }, context)).toBeNull();
  });
});

describe('a poll of Zammad', () => {
  const since = new Date('2026-11-02T07:00:00.000Z');
  const at = (second: number): string => new Date(since.getTime() + second * 1_000).toISOString();
  const ids = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

  it('reads what changed since and shortly before, the oldest first, and stops at what is older', async () => {
    const tickets = Array.from({ length: 350 }, (_, index) => anExpandedZammadTicket({ id: index, updated_at: at(index - 150) }));
    const { context, asked } = aDocumentedApi(anInstance(tickets));
    const found = await listed(zammadApi.updatedSince?.({ since }, context));
    expect(found.map(({ externalId }) => externalId)).toEqual(ids(30, 349));
    expect(asked).toHaveLength(4);
  });

  it('tells new tickets and closed ones from changed ones', async () => {
    const tickets = [anExpandedZammadTicket({ id: 1, created_at: at(1), updated_at: at(1), article_count: 1 }), anExpandedZammadTicket({ id: 2, updated_at: at(2), state: 'closed' }), anExpandedZammadTicket({ id: 3, updated_at: at(3) })];
    const found = await listed(zammadApi.updatedSince?.({ since }, aDocumentedApi(anInstance(tickets)).context));
    expect(found.map(({ externalId, change }) => [externalId, change])).toEqual([['1', 'created'], ['2', 'closed'], ['3', 'updated']]);
  });

  it('tells each ticket once while others change between two pages', async () => {
    const tickets = Array.from({ length: 150 }, (_, index) => anExpandedZammadTicket({ id: index, updated_at: at(index) }));
    let changes = 0;
    const { context } = aDocumentedApi(anInstance(tickets, () => { changes += 1; tickets[changes] = anExpandedZammadTicket({ id: changes, updated_at: at(1_000 + changes) }); }));
    const found = await listed(zammadApi.updatedSince?.({ since }, context));
    expect(found.map(({ externalId }) => externalId).filter((id) => !['1', '2'].includes(id))).toEqual(['0', ...ids(3, 149)]);
    expect(new Set(found.map(({ externalId }) => externalId)).size).toBe(found.length);
  });
});

describeReading('Zammad', { api: zammadApi, externalId: '81', context: () => aDocumentedApi(anInstance([anExpandedZammadTicket()])).context });
