import { describeReading } from '../source-api.contract.js';
import { anApi, listed } from '../source-api.samples.js';
import { hubspotApi } from './hubspot.api.js';

const PIPELINES = { results: [{ id: '0', stages: [{ id: '1', label: 'New', metadata: { ticketState: 'OPEN' } }] }, { id: '7', stages: [{ id: '79437839', label: 'Resolved by us', metadata: { ticketState: 'CLOSED' } }, null] }, null] };
const ticket = (id: string, properties: object = {}): object => ({
  id, createdAt: '2026-11-01T08:00:00.000Z', updatedAt: '2026-11-02T07:30:00.000Z', archived: false, associations: { contacts: { results: [{ id: '51', type: 'ticket_to_contact' }] } },
  properties: { subject: 'Sign-in fails', content: 'Error 500 after the password.', hs_ticket_priority: 'HIGH', hs_pipeline_stage: '1', hs_lastmodifieddate: '2026-11-02T07:30:00.000Z', closed_date: null, ...properties },
});
const thin = { externalId: '5158', externalUrl: 'https://app.hubspot.com/x', change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };

function aHubspot(tickets: readonly object[], settings = {}): ReturnType<typeof anApi> {
  return anApi((path) => {
    if (path === '/crm/v3/pipelines/tickets') return PIPELINES;
    if (path.startsWith('/crm/v3/objects/contacts/51')) return { properties: { firstname: 'Ada', lastname: 'Brown', email: 'ada@wingtip.example' } };
    if (path === '/crm/v3/objects/tickets/search') return { results: tickets };
    return tickets.find((each) => path.startsWith(`/crm/v3/objects/tickets/${(each as { id: string }).id}?`));
  }, { settings });
}

describe('a thin ticket of HubSpot', () => {
  it('is completed by its properties, its stage and its contact', async () => {
    const { context, asked } = aHubspot([ticket('5158')], { portalId: '4711', properties: ['contoso_offer', 'subject'] });
    expect(await hubspotApi.complete(thin, context)).toMatchObject({
      externalId: '5158', externalUrl: thin.externalUrl, change: 'updated', updatedAt: '2026-11-02T07:30:00.000Z', payload: { ticket: { hs_ticket_priority: 'HIGH' } },
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'New', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } },
    });
    await hubspotApi.complete({ ...thin, change: 'created' }, context);
    expect(asked[0]).toBe('GET /crm/v3/objects/tickets/5158?properties=subject,content,hs_ticket_priority,hs_pipeline,hs_pipeline_stage,hs_ticket_category,hs_lastmodifieddate,createdate,closed_date,source_type,contoso_offer&associations=contacts');
    expect(asked.filter((call) => call.includes('pipelines'))).toHaveLength(1);
  });

  it('is closed by the state of its stage, whatever that is called, and not by an old closing', async () => {
    expect(await hubspotApi.complete(thin, aHubspot([ticket('5158', { hs_pipeline_stage: '79437839' })]).context)).toMatchObject({ change: 'closed', fields: { status: 'Resolved by us' } });
    expect(await hubspotApi.complete(thin, aHubspot([ticket('5158', { closed_date: '2026-11-01T08:00:00.000Z' })]).context)).toMatchObject({ change: 'updated' });
  });

  it('may be gone', async () => {
    expect(await hubspotApi.complete(thin, aHubspot([]).context)).toBeNull();
  });
});

describe('a poll of HubSpot', () => {
  it('looks back over the lag of the search, and reads each ticket whole', async () => {
    const { context, asked } = aHubspot([ticket('1'), { ...ticket('2'), createdAt: '2026-11-02T07:30:00.000Z' }]);
    const found = await listed(hubspotApi.updatedSince?.({ since: new Date('2026-11-02T07:00:00Z') }, context));
    expect(found.map(({ externalId, change, updatedAt, fields }) => [externalId, change, updatedAt, fields.requester?.name])).toEqual([['1', 'updated', '2026-11-02T07:30:00.000Z', 'Ada Brown'], ['2', 'created', '2026-11-02T07:30:00.000Z', 'Ada Brown']]);
    expect(asked[0]).toBe(`POST /crm/v3/objects/tickets/search {"filterGroups":[{"filters":[{"propertyName":"hs_lastmodifieddate","operator":"GTE","value":"${Date.parse('2026-11-02T06:55:00Z')}"}]}],"sorts":[{"propertyName":"hs_lastmodifieddate","direction":"ASCENDING"}],"properties":["hs_lastmodifieddate"],"limit":100,"after":"0"}`);
  });
});

describeReading('HubSpot', { api: hubspotApi, externalId: '5158', context: () => aHubspot([ticket('5158')]).context });
