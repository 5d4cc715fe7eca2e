import { describeReading } from '../source-api.contract.js';
import { type ApiRoute, aDocumentedApi, listed } from '../source-api.samples.js';
import { intercomApi } from './intercom.api.js';
import { anIntercomConversation, anIntercomTicket } from './intercom.samples.js';

type Item = ReturnType<typeof anIntercomTicket>;
interface Search { readonly query: { readonly field: string; readonly operator: string; readonly value: number }; readonly pagination: { readonly per_page: number; readonly starting_after?: string } }

function aWorkspace(tickets: readonly Item[], conversations: readonly Item[] = []): readonly ApiRoute[] {
  const byId = (items: readonly Item[], id: string | undefined): unknown => items.find((item) => item['id'] === id) ?? null;
  return [
    { method: 'GET', path: /^\/tickets\/([^/]+)$/, answer: ({ at }) => byId(tickets, at[0]) },
    { method: 'GET', path: /^\/conversations\/([^/]+)$/, answer: ({ at }) => byId(conversations, at[0]) },
    { method: 'GET', path: /^\/contacts\/([^/]+)$/, answer: ({ at }) => (at[0] === 'c-1' ? { type: 'contact', id: 'c-1', name: 'Ada Brown', email: 'ada@wingtip.example' } : null) },
    {
      method: 'POST', path: /^\/tickets\/search$/,
      answer: ({ body }) => {
        const { query, pagination } = body as Search;
        if (query.field !== 'updated_at' || query.operator !== '>' || !Number.isInteger(query.value) || pagination.per_page > 150) throw new Error('The search is wrong.');
        const found = tickets.filter((ticket) => Number(ticket['updated_at']) > query.value);
        const start = Number(pagination.starting_after ?? 0);
        const end = start + pagination.per_page;
        return { type: 'ticket.list', tickets: found.slice(start, end), total_count: found.length, pages: { type: 'pages', next: end < found.length ? { page: 2, starting_after: String(end) } : null } };
      },
    },
  ];
}

const thin = { externalId: 'T-1', externalUrl: 'https://app.intercom.com/x', change: 'created' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };

describe('a ticket of Intercom', () => {
  it('is completed by its contact', async () => {
    const { context, asked } = aDocumentedApi(aWorkspace([anIntercomTicket()]));
    expect(await intercomApi.complete(thin, context)).toMatchObject({
      externalId: 'T-1', externalUrl: thin.externalUrl, change: 'updated', updatedAt: new Date(1_793_606_398_000).toISOString(), fields: { subject: 'Sign-in fails', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } }, payload: { data: { item: { ticket_type: { name: 'Bug report' } } } },
    });
    expect(asked).toEqual(['GET /tickets/T-1', 'GET /contacts/c-1']);
  });

  it('may be a conversation, lack its contact, or be gone', async () => {
    expect(await intercomApi.complete({ ...thin, externalId: '4711' }, aDocumentedApi(aWorkspace([], [anIntercomConversation()])).context)).toMatchObject({ externalId: '4711', fields: { subject: 'Export fails.' } });
    expect(await intercomApi.complete(thin, aDocumentedApi(aWorkspace([anIntercomTicket({ contacts: { contacts: [{ id: 'gone' }] } })])).context)).toMatchObject({ fields: { subject: 'Sign-in fails' } });
    expect(await intercomApi.complete(thin, aDocumentedApi(aWorkspace([])).context)).toBeNull();
  });
});

describe('a poll of Intercom', () => {
  const since = new Date('2026-11-02T07:00:00.900Z');
  const second = (offset: number): number => Math.floor(since.getTime() / 1_000) + offset;

  it('reads what changed since and shortly before, the oldest first, whatever the order of the search', async () => {
    const tickets = Array.from({ length: 230 }, (_, index) => anIntercomTicket({ id: String(index), created_at: second(-9_000), updated_at: second((index * 7) % 230) })).concat(anIntercomTicket({ id: 'old', updated_at: second(-300) }));
    const { context, asked } = aDocumentedApi(aWorkspace(tickets));
    const found = await listed(intercomApi.updatedSince?.({ since }, context));
    expect(found).toHaveLength(230);
    expect(found.map(({ updatedAt }) => updatedAt)).toEqual(Array.from({ length: 230 }, (_, index) => new Date(second(index) * 1_000).toISOString()));
    expect(asked).toHaveLength(3);
  });

  it('reads who asked for new tickets', async () => {
    const tickets = [anIntercomTicket({ id: '1', created_at: second(5), updated_at: second(5) }), anIntercomTicket({ id: '2', created_at: second(-9_000), updated_at: second(6), ticket_state: { category: 'resolved' } })];
    const found = await listed(intercomApi.updatedSince?.({ since }, aDocumentedApi(aWorkspace(tickets)).context));
    expect(found.map(({ externalId, change, fields }) => [externalId, change, fields.requester])).toEqual([['1', 'created', { name: 'Ada Brown', email: 'ada@wingtip.example' }], ['2', 'closed', undefined]]);
  });
});

describeReading('Intercom', { api: intercomApi, externalId: 'T-1', context: () => aDocumentedApi(aWorkspace([anIntercomTicket()])).context });
