import { describeReading } from '../source-api.contract.js';
import { type ApiRoute, aDocumentedApi, listed } from '../source-api.samples.js';
import { halopsaApi } from './halopsa.api.js';
import { aHaloTicket } from './halopsa.samples.js';

type HaloTicket = ReturnType<typeof aHaloTicket>;

/** HaloPSA lists tickets with fewer fields than it has. */
function anInstance(tickets: HaloTicket[], afterPage: () => void = () => undefined): readonly ApiRoute[] {
  const short = ({ details: _details, details_html: _html, user_email: _email, ...rest }: HaloTicket): HaloTicket => rest;
  return [
    { method: 'GET', path: /^\/api\/Tickets\/(\d+)$/, parameters: { includedetails: /^true$/, includelastaction: /^true$/ }, answer: ({ at: [id] }) => tickets.find((ticket) => String(ticket['id']) === id) ?? null },
    {
      method: 'GET', path: /^\/api\/Tickets$/, parameters: { lastupdatefromdate: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, order: /^id$/, orderdesc: /^false$/, pageinate: /^true$/, page_size: /^\d+$/, page_no: /^[1-9]\d*$/ },
      answer: ({ parameters }) => {
        const found = tickets.filter((ticket) => String(ticket['last_update']) >= String(parameters['lastupdatefromdate'])).toSorted((a, b) => Number(a['id']) - Number(b['id']));
        const size = Number(parameters['page_size']);
        const page = found.slice((Number(parameters['page_no']) - 1) * size, Number(parameters['page_no']) * size).map(short);
        afterPage();
        return { record_count: found.length, tickets: page };
      },
    },
  ];
}

describe('a ticket of HaloPSA', () => {
  const thin = { externalId: '4711', externalUrl: 'https://halo.example/ticket?id=4711', change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {} };

  it('is read whole, in the form of our template, and may be gone', async () => {
    const { context } = aDocumentedApi(anInstance([aHaloTicket({ lastaction: { who_agentid: 3 } })]));
    expect(await halopsaApi.complete(thin, context)).toMatchObject({
      externalId: '4711', externalUrl: thin.externalUrl, change: 'updated', updatedAt: '2026-11-02T07:59:58.120Z', actor: '3', fields: { description: 'Error 500 after the password.' }, payload: { ticket: { client_name: 'Wingtip Toys' } },
    });
    expect(await halopsaApi.complete({ ...thin, externalId: '1' }, context)).toBeNull();
    expect(await halopsaApi.complete({ ...thin, externalId: '1/x' }, context)).toBeNull();
  });
});

describe('a poll of HaloPSA', () => {
  const since = new Date('2026-11-02T07:00:00.700Z');
  const at = (second: number): string => new Date(since.getTime() + second * 1_000).toISOString();

  it('reads what changed since, the oldest first, and new tickets whole', async () => {
    const tickets = [aHaloTicket({ id: 1, last_update: at(3) }), aHaloTicket({ id: 2, last_update: at(1), dateoccurred: at(1) }), aHaloTicket({ id: 3, last_update: at(-5) }), aHaloTicket({ id: 4, last_update: at(2), status_id: 9, status_name: 'Closed' })];
    const { context, asked } = aDocumentedApi(anInstance(tickets));
    const found = await listed(halopsaApi.updatedSince?.({ since }, context));
    expect(found.map(({ externalId, change, fields }) => [externalId, change, fields.description])).toEqual([['2', 'created', 'Error 500 after the password.'], ['4', 'closed', undefined], ['1', 'updated', undefined]]);
    expect(asked).toEqual(['GET /api/Tickets?lastupdatefromdate=2026-11-02T07:00:00&order=id&orderdesc=false&pageinate=true&page_size=100&page_no=1', 'GET /api/Tickets/2?includedetails=true&includelastaction=true']);
  });

  it('misses none while tickets change between two pages', async () => {
    const tickets = Array.from({ length: 250 }, (_, index) => aHaloTicket({ id: index + 1, last_update: at(index) }));
    const old = aHaloTicket({ id: 0, last_update: at(-100) });
    const { context } = aDocumentedApi(anInstance([old, ...tickets], () => { old['last_update'] = at(900); }));
    const found = await listed(halopsaApi.updatedSince?.({ since }, context));
    expect(new Set(found.map(({ externalId }) => externalId)).size).toBe(250);
  });
});

describeReading('HaloPSA', { api: halopsaApi, externalId: '4711', context: () => aDocumentedApi(anInstance([aHaloTicket({ lastaction: { who_agentid: 3 } })])).context });
