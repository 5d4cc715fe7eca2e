import { describeReading } from '../source-api.contract.js';
import { anApi, listed } from '../source-api.samples.js';
import { connectwiseApi } from './connectwise.api.js';
import { aConnectwiseTicket } from './connectwise.samples.js';

const thin = { externalId: '57937', externalUrl: 'https://cw.example/57937', change: 'created' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };
const ticket = aConnectwiseTicket({ initialDescription: null });

describe('a thin ticket of ConnectWise', () => {
  it('is completed by its record and its first note', async () => {
    const { context, asked } = anApi((path) => (path.includes('/notes') ? [{ id: 1, text: 'It fails since Monday.' }] : ticket));
    expect(await connectwiseApi.complete(thin, context)).toMatchObject({
      externalId: '57937', externalUrl: thin.externalUrl, change: 'created', updatedAt: '2026-11-02T07:59:58.000Z', actor: 'abrown',
      fields: { subject: 'Sign-in fails', description: 'It fails since Monday.', severity: 'B' }, payload: { Type: 'ticket', Entity: { id: 57_937 } },
    });
    expect(asked).toEqual(['GET /service/tickets/57937', 'GET /service/tickets/57937/notes?conditions=detailDescriptionFlag = true&orderBy=id asc&pageSize=1']);
  });

  it('is looked for among the projects too, and may be gone', async () => {
    const project = anApi((path) => (path === '/project/tickets/57937' ? ticket : null));
    expect(await connectwiseApi.complete(thin, project.context)).toMatchObject({ fields: { subject: 'Sign-in fails' } });
    expect(await connectwiseApi.complete(thin, anApi(() => null).context)).toBeNull();
  });
});

describe('a poll of ConnectWise', () => {
  it('reads what changed since, and tells new tickets from changed ones', async () => {
    const tickets = [aConnectwiseTicket({ id: 1, _info: { dateEntered: '2026-11-01T08:00:00Z', lastUpdated: '2026-11-02T07:00:00Z' } }), aConnectwiseTicket({ id: 2 }), aConnectwiseTicket({ id: 3, closedFlag: true })];
    const { context, asked } = anApi(() => tickets);
    const found = await listed(connectwiseApi.updatedSince?.({ since: new Date('2026-11-02T07:00:00.500Z') }, context));
    expect(found.map(({ externalId, change, updatedAt }) => [externalId, change, updatedAt])).toEqual([['1', 'updated', '2026-11-02T07:00:00.000Z'], ['2', 'created', '2026-11-02T07:59:58.000Z'], ['3', 'closed', '2026-11-02T07:59:58.000Z']]);
    expect(asked).toEqual(['GET /service/tickets?conditions=_info/lastUpdated >= [2026-11-02T07:00:00Z]&orderBy=_info/lastUpdated asc&pageSize=100&page=1']);
  });
});

describeReading('ConnectWise', { api: connectwiseApi, externalId: '57937', context: () => anApi((path) => (path.includes('/notes') ? [{ id: 1, text: 'It fails since Monday.' }] : path.startsWith('/service/tickets?') ? [ticket] : ticket)).context });
