import { describeReading } from '../source-api.contract.js';
import { anApi, listed } from '../source-api.samples.js';
import { salesforceApi } from './salesforce.api.js';
import { aSalesforceCase, CASE_ID } from './salesforce.samples.js';

const thin = { externalId: CASE_ID, externalUrl: 'https://adatum.my.salesforce.com/x', change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {}, isThin: true as const };
const record = (fields: object = {}): object => ({ attributes: { type: 'Case' }, ...aSalesforceCase({ IsClosed: false, SuppliedName: null, CreatedDate: '2026-11-01T08:00:00.000+0000', LastModifiedDate: '2026-11-02T07:00:00.000+0000', ContactId: '0035g00000XyZabAAF', ...fields }) });

describe('a thin ticket of Salesforce', () => {
  it('is completed by its record and the name of its contact', async () => {
    const { context, asked } = anApi((path) => (path.includes('/Contact/') ? { Name: 'Ada Brown', Email: 'ada@wingtip.example' } : record()));
    expect(await salesforceApi.complete(thin, context)).toMatchObject({
      externalId: CASE_ID, externalUrl: thin.externalUrl, change: 'updated', updatedAt: '2026-11-02T07:00:00.000Z', payload: { Case: { CaseNumber: '00001026' } },
      fields: { subject: 'Sign-in fails', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' } },
    });
    expect(asked).toEqual([`GET /services/data/v62.0/sobjects/Case/${CASE_ID}`, 'GET /services/data/v62.0/sobjects/Contact/0035g00000XyZabAAF?fields=Name,Email']);
  });

  it('keeps the comment that it was about', async () => {
    const comment = { author: null, body: 'It happens again.', isPublic: true };
    expect(await salesforceApi.complete({ ...thin, change: 'commented', fields: { comment } }, anApi(() => record({ ContactId: null })).context)).toMatchObject({ change: 'commented', fields: { comment, subject: 'Sign-in fails' } });
  });

  it('may be gone', async () => {
    expect(await salesforceApi.complete(thin, anApi(() => null).context)).toBeNull();
  });
});

describe('a poll of Salesforce', () => {
  it('reads what changed since, and tells new cases from changed ones', async () => {
    const { context, asked } = anApi(() => ({ records: [record({ ContactId: null }), record({ ContactId: null, Id: '5005g00000ABCDFAA5', CreatedDate: '2026-11-02T07:00:00.000+0000' }), null] }));
    const found = await listed(salesforceApi.updatedSince?.({ since: new Date('2026-11-02T06:00:00Z') }, context));
    expect(found.map(({ externalId, change, updatedAt }) => [externalId, change, updatedAt])).toEqual([[CASE_ID, 'updated', '2026-11-02T07:00:00.000Z'], ['5005g00000ABCDFAA5', 'created', '2026-11-02T07:00:00.000Z']]);
    expect(asked).toEqual(['GET /services/data/v62.0/query?q=SELECT FIELDS(ALL) FROM Case WHERE LastModifiedDate >= 2026-11-02T06:00:00Z ORDER BY LastModifiedDate ASC, Id ASC LIMIT 200 OFFSET 0']);
  });
});

describeReading('Salesforce', { api: salesforceApi, externalId: CASE_ID, context: () => anApi((path) => (path.includes('/Contact/') ? { Name: 'Ada Brown', Email: 'ada@wingtip.example' } : path.includes('/query') ? { records: [record()] } : record())).context });
