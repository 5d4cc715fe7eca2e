import { describeReading } from '../source-api.contract.js';
import { type ApiRoute, aDocumentedApi, listed } from '../source-api.samples.js';
import { freshdeskApi } from './freshdesk.api.js';
import { aFreshdeskRecord } from './freshdesk.samples.js';

type FreshdeskRecord = ReturnType<typeof aFreshdeskRecord>;

function anAccount(records: readonly FreshdeskRecord[]): readonly ApiRoute[] {
  return [
    { method: 'GET', path: /^\/api\/v2\/tickets\/(\d+)$/, parameters: { include: /^(requester|stats|company|conversations)$/ }, answer: ({ at: [id] }) => records.find((record) => String(record['id']) === id) ?? null },
    {
      method: 'GET', path: /^\/api\/v2\/tickets$/,
      parameters: { updated_since: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, order_by: /^updated_at$/, order_type: /^asc$/, include: /^((requester|stats|description),?)+$/, per_page: /^(\d\d?|100)$/, page: /^([1-9]\d?|[12]\d\d|300)$/ },
      answer: ({ parameters }) => {
        const size = Number(parameters['per_page']);
        const found = records.filter((record) => String(record['updated_at']) >= String(parameters['updated_since'])).toSorted((a, b) => String(a['updated_at']).localeCompare(String(b['updated_at'])));
        return found.slice((Number(parameters['page']) - 1) * size, Number(parameters['page']) * size);
      },
    },
  ];
}

describe('a ticket of Freshdesk', () => {
  const thin = { externalId: '18', externalUrl: 'https://northwind.freshdesk.example/a/tickets/18', change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {} };

  it('is read whole, in the words of our template', async () => {
    const { context } = aDocumentedApi(anAccount([aFreshdeskRecord()]));
    expect(await freshdeskApi.complete(thin, context)).toEqual({
      externalId: '18', externalUrl: thin.externalUrl, change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', updatedAt: '2026-11-02T07:59:58.000Z',
      fields: { subject: 'Please help', description: 'It fails.', status: 'Open', severity: 'C', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['crm'] },
      payload: { freshdesk_webhook: expect.objectContaining({ ticket_id: 18, ticket_cf_product: 'contoso-crm', ticket_status: 'Open', ticket_priority: 'Low' }) },
    });
  });

  it('is closed when it was deleted, and may be gone', async () => {
    const { context, asked } = aDocumentedApi(anAccount([aFreshdeskRecord({ deleted: true })]));
    expect(await freshdeskApi.complete(thin, context)).toMatchObject({ change: 'closed' });
    expect(await freshdeskApi.complete({ ...thin, externalId: '19' }, context)).toBeNull();
    expect(await freshdeskApi.complete({ ...thin, externalId: '../contacts/1' }, context)).toBeNull();
    expect(asked).toHaveLength(2);
  });
});

describe('a poll of Freshdesk', () => {
  it('reads what changed since, page by page, the oldest first', async () => {
    const records = Array.from({ length: 250 }, (_, index) => {
      const updated_at = new Date(Date.parse('2026-11-02T07:00:00Z') + Math.floor(index / 4) * 1_000).toISOString().replace('.000Z', 'Z');
      return aFreshdeskRecord({ id: index, updated_at, ...(index % 2 === 0 ? { created_at: updated_at } : {}), ...(index === 249 ? { status: 5, subject: '', priority: null, type: null, tags: null } : {}) });
    });
    const { context, asked } = aDocumentedApi(anAccount(records.toReversed()));
    const found = await listed(freshdeskApi.updatedSince?.({ since: new Date('2026-11-02T07:00:01.999Z') }, context));
    expect(found.map(({ externalId }) => Number(externalId)).toSorted((a, b) => a - b)).toEqual(records.slice(4).map((record) => record['id']));
    expect(found.map(({ updatedAt }) => updatedAt)).toEqual(found.map(({ updatedAt }) => updatedAt).toSorted());
    expect(found.find(({ externalId }) => externalId === '10')).toMatchObject({ change: 'created', updatedAt: '2026-11-02T07:00:02.000Z' });
    expect(found.find(({ externalId }) => externalId === '11')).toMatchObject({ change: 'updated' });
    expect(found.find(({ externalId }) => externalId === '249')).toMatchObject({ change: 'closed', fields: { status: 'Closed', labels: [] } });
    expect(asked).toHaveLength(3);
  });
});

describeReading('Freshdesk', { api: freshdeskApi, externalId: '18', context: () => aDocumentedApi(anAccount([aFreshdeskRecord()])).context });
