import { describeReading } from '../source-api.contract.js';
import { type ApiRoute, aDocumentedApi, listed } from '../source-api.samples.js';
import { RECEIVED_AT } from '../webhook.samples.js';
import { zendeskApi } from './zendesk.api.js';
import { aZendeskRecord } from './zendesk.samples.js';

type ZendeskRecord = ReturnType<typeof aZendeskRecord>;

const users = [{ id: 4, name: 'Ben Field', email: 'ben@adatum.example' }, { id: 5, name: 'Ada Brown', email: 'ada@wingtip.example' }];

/** Zendesk's export goes by the time stamps that the system gives to records. */
function anAccount(records: readonly ZendeskRecord[]): readonly ApiRoute[] {
  const pageSize = 3;
  const exported = records.toSorted((a, b) => Number(a['generated_timestamp']) - Number(b['generated_timestamp']));
  return [
    { method: 'GET', path: /^\/api\/v2\/tickets\/(\d+)\.json$/, parameters: { include: /^users$/ }, answer: ({ at: [id] }) => { const ticket = records.find((record) => String(record['id']) === id); return ticket === undefined ? null : { ticket, users }; } },
    {
      method: 'GET', path: /^\/api\/v2\/incremental\/tickets\/cursor\.json$/, parameters: { start_time: /^\d{10}$/, cursor: /^after-\d+$/, include: /^users$/, per_page: /^\d+$/ },
      answer: ({ parameters }) => {
        const { start_time: startTime, cursor } = parameters;
        if ((startTime === undefined) === (cursor === undefined)) throw new Error('An export begins at a time or goes on at a cursor.');
        if (Number(startTime ?? 0) * 1_000 > RECEIVED_AT.getTime() - 60_000) throw new Error('start_time must be more than a minute ago.');
        const begin = cursor === undefined ? exported.findIndex((record) => Number(record['generated_timestamp']) >= Number(startTime)) : Number(cursor.slice(6));
        const end = begin < 0 ? exported.length : begin + pageSize;
        return { tickets: begin < 0 ? [] : exported.slice(begin, end), users, after_cursor: `after-${Math.min(end, exported.length)}`, end_of_stream: end >= exported.length };
      },
    },
  ];
}

describe('a ticket of Zendesk', () => {
  const thin = { externalId: '5158', externalUrl: null, change: 'created' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };

  it('is completed by who asks and by its page', async () => {
    const { context } = aDocumentedApi(anAccount([aZendeskRecord()]));
    expect(await zendeskApi.complete(thin, context)).toEqual({
      externalId: '5158', externalUrl: 'https://northwind.zendesk.example/agent/tickets/5158', change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', updatedAt: '2026-11-02T07:59:58.000Z',
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'open', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['mobile', 'login'] },
      payload: { type: 'zen:event-type:ticket.read', time: '2026-11-02T07:59:58Z', detail: expect.objectContaining({ id: 5158, custom_fields: [{ id: 360, value: 'emea' }] }) },
    });
  });

  it('may be gone', async () => {
    const { context } = aDocumentedApi(anAccount([]));
    expect(await zendeskApi.complete(thin, context)).toBeNull();
    expect(await zendeskApi.complete({ ...thin, externalId: '5/x' }, context)).toBeNull();
  });
});

describe('a poll of Zendesk', () => {
  const seconds = RECEIVED_AT.getTime() / 1_000;
  const at = (ago: number): string => new Date(RECEIVED_AT.getTime() - ago * 1_000).toISOString().replace('.000Z', 'Z');

  it('reads what changed since, page by page, deleted tickets too', async () => {
    const records = [600, 500, 400, 300, 200, 100, 90].map((ago, index) => aZendeskRecord({ id: index, updated_at: at(ago), generated_timestamp: seconds - ago, ...(index % 2 === 0 ? {} : { created_at: at(ago) }), ...(index === 6 ? { status: 'deleted' } : {}) }));
    const { context, asked } = aDocumentedApi(anAccount(records.toReversed()));
    const found = await listed(zendeskApi.updatedSince?.({ since: new Date(RECEIVED_AT.getTime() - 500_000) }, context));
    expect(found.map(({ externalId, change }) => [externalId, change])).toEqual([['1', 'created'], ['2', 'updated'], ['3', 'created'], ['4', 'updated'], ['5', 'created'], ['6', 'closed']]);
    expect(asked).toEqual([`GET /api/v2/incremental/tickets/cursor.json?start_time=${seconds - 500}&include=users&per_page=200`, 'GET /api/v2/incremental/tickets/cursor.json?cursor=after-4&include=users&per_page=200']);
  });

  it('begins no later than Zendesk allows', async () => {
    const { context } = aDocumentedApi(anAccount([aZendeskRecord({ generated_timestamp: seconds - 1 })]));
    expect(await listed(zendeskApi.updatedSince?.({ since: RECEIVED_AT }, context))).toHaveLength(1);
  });
});

describeReading('Zendesk', { api: zendeskApi, externalId: '5158', context: () => aDocumentedApi(anAccount([aZendeskRecord()])).context });
