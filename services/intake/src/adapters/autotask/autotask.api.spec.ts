import { describeReading } from '../source-api.contract.js';
import { anApi, listed } from '../source-api.samples.js';
import { autotaskApi } from './autotask.api.js';
import { anAutotaskTicket } from './autotask.samples.js';

const LABELS = { fields: [{ name: 'status', picklistValues: [{ value: '8', label: 'In Progress' }, { value: '5', label: 'Done here' }] }, { name: 'priority', picklistValues: [{ value: '4', label: 'Low' }] }, { name: 'queueID', picklistValues: [{ value: '8', label: 'x' }] }, null] };
const thin = { externalId: '100', externalUrl: null, change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };

/** Autotask as far as these tests ask it. */
function anAutotask(tickets: readonly Record<string, unknown>[]): ReturnType<typeof anApi> {
  return anApi((path, body) => {
    if (path === '/Tickets/entityInformation/fields') return LABELS;
    if (path.startsWith('/Contacts/')) return { item: { firstName: 'Ada', lastName: 'Brown', emailAddress: 'ada@wingtip.example' } };
    if (path !== '/Tickets/query') return { item: tickets.find(({ id }) => path === `/Tickets/${String(id)}`) ?? null };
    const [from, to, after] = (body as { filter: { value: string | number }[] }).filter.map(({ value }) => value);
    const found = tickets.filter(({ id, lastActivityDate: at }) => String(at) >= String(from) && String(at) < String(to) && Number(id) > Number(after));
    return { items: found.sort((a, b) => Number(a['id']) - Number(b['id'])).slice(0, 500) };
  });
}

const ticket = (fields: object): Record<string, unknown> => anAutotaskTicket(fields) as Record<string, unknown>;

describe('a thin ticket of Autotask', () => {
  it('is completed with the words of its pick lists and with its contact', async () => {
    const { context, asked } = anAutotask([ticket({})]);
    expect(await autotaskApi.complete(thin, context)).toMatchObject({
      externalId: '100', change: 'updated', updatedAt: '2026-11-02T07:30:00.000Z', payload: { Fields: { queueID: 29_682_833 } },
      fields: { subject: 'Sign-in fails', status: 'In Progress', severity: 'C', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } },
    });
    await autotaskApi.complete({ ...thin, change: 'created' }, context);
    expect(asked).toEqual(['GET /Tickets/100', 'GET /Contacts/29683586', 'GET /Tickets/entityInformation/fields', 'GET /Tickets/100', 'GET /Contacts/29683586']);
  });

  it('keeps the comment that it was about, and is closed by its status whatever that is called', async () => {
    const comment = { author: null, body: 'It happens again.', isPublic: true };
    expect(await autotaskApi.complete({ ...thin, change: 'commented', fields: { comment } }, anAutotask([ticket({})]).context)).toMatchObject({ change: 'commented', fields: { comment, subject: 'Sign-in fails' } });
    expect(await autotaskApi.complete(thin, anAutotask([ticket({ status: 5 })]).context)).toMatchObject({ change: 'closed', fields: { status: 'Done here' } });
  });

  it('may be gone', async () => {
    expect(await autotaskApi.complete(thin, anAutotask([]).context)).toBeNull();
    expect(await autotaskApi.complete(thin, anApi(() => null).context)).toBeNull();
  });
});

describe('a poll of Autotask', () => {
  it('finds more than a page of a day, in the order of change, and goes on over days', async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => ticket({ id: n + 1, contactID: null, createDate: '2026-10-30T01:00:00.000Z', lastActivityDate: new Date(Date.parse('2026-10-31T12:00:00Z') - n * 1_000).toISOString() }));
    const late = ticket({ id: 5, contactID: null, createDate: '2026-11-02T07:00:00.000Z' });
    const { context, asked } = anAutotask([...many.filter(({ id }) => id !== 5), late]);
    const found = await listed(autotaskApi.updatedSince?.({ since: new Date('2026-10-31T08:00:00Z') }, context));
    expect(found).toHaveLength(1_100);
    expect(found.map(({ updatedAt }) => updatedAt)).toEqual(found.map(({ updatedAt }) => updatedAt).sort());
    expect([found[0]?.change, found.at(-1)?.externalId, found.at(-1)?.change]).toEqual(['updated', '5', 'created']);
    expect(asked.filter((call) => call.startsWith('POST'))).toHaveLength(4);
  });
});

describeReading('Autotask', { api: autotaskApi, externalId: '100', context: () => anAutotask([ticket({})]).context });
