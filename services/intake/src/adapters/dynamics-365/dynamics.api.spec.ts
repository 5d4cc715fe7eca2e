import { describeReading } from '../source-api.contract.js';
import { anApi, listed } from '../source-api.samples.js';
import { dynamicsApi } from './dynamics.api.js';
import { CASE_ID } from './dynamics.samples.js';

const WORD = '@OData.Community.Display.V1.FormattedValue';
const row = (columns: object = {}): object => ({
  '@odata.etag': 'W/"1"', incidentid: CASE_ID, title: 'Sign-in fails', description: null, ticketnumber: 'CAS-1', prioritycode: 2, [`prioritycode${WORD}`]: 'Normal', statuscode: 5, [`statuscode${WORD}`]: 'Problem Solved', statecode: 1, [`statecode${WORD}`]: 'Resolved',
  _customerid_value: 'c-1', [`_customerid_value${WORD}`]: 'Wingtip Toys', '_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account', _subjectid_value: null,
  _primarycontactid_value: 'p-1', [`_primarycontactid_value${WORD}`]: 'Ada Brown', _modifiedby_value: 'u-1', primarycontactid: { fullname: 'Ada Brown', emailaddress1: 'ada@wingtip.example' }, createdon: '2026-11-01T08:00:00Z', modifiedon: '2026-11-02T07:00:00Z', ...columns,
});
const thin = { externalId: CASE_ID, externalUrl: 'https://adatum.crm4.dynamics.com/x', change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };

describe('a thin ticket of Dynamics 365', () => {
  it('is completed by its row, in the words and under the names of a webhook', async () => {
    const { context, asked } = anApi(() => row());
    expect(await dynamicsApi.complete(thin, context)).toMatchObject({
      externalId: CASE_ID, externalUrl: thin.externalUrl, change: 'closed', updatedAt: '2026-11-02T07:00:00.000Z', actor: 'u-1',
      fields: { subject: 'Sign-in fails', description: null, status: 'Problem Solved', severity: 'B', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } },
      payload: { incident: { customerid: { id: 'c-1', name: 'Wingtip Toys', table: 'account' }, subjectid: null, statecode: { value: 1, label: 'Resolved' } } },
    });
    expect(asked).toEqual([`GET /incidents(${CASE_ID})?$expand=primarycontactid($select=fullname,emailaddress1)`]);
  });

  it('may be gone', async () => {
    expect(await dynamicsApi.complete(thin, anApi(() => null).context)).toBeNull();
  });
});

describe('a poll of Dynamics 365', () => {
  it('follows its pages below the address of the source, whatever host they name', async () => {
    const open = { statecode: 0, createdon: '2026-11-02T07:30:00Z' };
    const { context, asked } = anApi((path) => (path.includes('skiptoken') ? { value: [row({ incidentid: '2', ...open })] } : { value: [row({ incidentid: '1' })], '@odata.nextLink': 'https://evil.example/api/data/v9.2/incidents?$filter=x&$skiptoken=2' }));
    const found = await listed(dynamicsApi.updatedSince?.({ since: new Date('2026-11-02T07:00:00Z') }, context));
    expect(found.map(({ externalId, change }) => [externalId, change])).toEqual([['1', 'closed'], ['2', 'created']]);
    expect(asked).toEqual(['GET /incidents?$filter=modifiedon ge 2026-11-02T07:00:00.000Z&$orderby=modifiedon asc,incidentid asc&$expand=primarycontactid($select=fullname,emailaddress1)', 'GET /incidents?$filter=x&$skiptoken=2']);
  });
});

describeReading('Dynamics 365', { api: dynamicsApi, externalId: CASE_ID, context: () => anApi((path) => (path.startsWith('/incidents?') ? { value: [row()] } : row())).context });
