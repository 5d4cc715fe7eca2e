import { ApiRefused } from '../source-api.js';
import { describeReading } from '../source-api.contract.js';
import { type ApiRoute, aDocumentedApi, listed } from '../source-api.samples.js';
import { serviceNowApi } from './servicenow.api.js';
import { aFullServiceNowRecord, SYS_ID } from './servicenow.samples.js';

type FullRecord = ReturnType<typeof aFullServiceNowRecord>;

/** A table of ServiceNow, with as much of its query language as is asked. */
function aTable(records: readonly FullRecord[], users: () => unknown = () => ({ result: [{ sys_id: SYS_ID, name: 'Ada Brown', email: 'ada@wingtip.example' }] })): readonly ApiRoute[] {
  const wanted = (query: string): readonly FullRecord[] => {
    const [, name = '', value = ''] = /^(number|sys_id)=([\w-]+)$/.exec(query) ?? [];
    if (name !== '') return records.filter((record) => record[name]?.value === value);
    const [, from] = /^sys_updated_on>=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\^ORDERBYsys_updated_on\^ORDERBYsys_id$/.exec(query) ?? [];
    if (from === undefined) throw new Error(`'${query}' is no query.`);
    const key = (record: FullRecord): string => `${record['sys_updated_on']?.value} ${record['sys_id']?.value}`;
    return records.filter((record) => (record['sys_updated_on']?.value ?? '') >= from).toSorted((a, b) => key(a).localeCompare(key(b)));
  };
  return [
    { method: 'GET', path: /^\/api\/now\/table\/sys_user$/, parameters: { sysparm_query: /^sys_idIN[0-9a-f,]+$/, sysparm_fields: /^sys_id,name,email$/, sysparm_limit: /^\d+$/ }, answer: users },
    {
      method: 'GET', path: /^\/api\/now\/table\/(incident|sn_customerservice_case)$/, parameters: { sysparm_query: /./, sysparm_display_value: /^(true|false|all)$/, sysparm_limit: /^\d+$/, sysparm_offset: /^\d+$/ },
      answer: ({ parameters }) => ({ result: wanted(parameters['sysparm_query'] ?? '').slice(Number(parameters['sysparm_offset']), Number(parameters['sysparm_offset']) + Number(parameters['sysparm_limit'])) }),
    },
  ];
}

const thin = { externalId: 'INC0000040', externalUrl: 'https://adatum.service-now.example/x', change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {} };

describe('a ticket of ServiceNow', () => {
  it('is read whole, with its caller, and without what its journals hold from before', async () => {
    const { context } = aDocumentedApi(aTable([aFullServiceNowRecord({ number: 'INC9', sys_id: '9' }), aFullServiceNowRecord()]));
    expect(await serviceNowApi.complete(thin, context)).toMatchObject({
      externalId: 'INC0000040', externalUrl: thin.externalUrl, change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', updatedAt: '2026-11-02T07:59:58.008Z', actor: 'admin', payload: { category: { value: 'network' } },
      fields: { subject: 'Trouble with the mail server', status: 'In Progress', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['Network'] },
    });
    expect((await serviceNowApi.complete(thin, context))?.fields).not.toHaveProperty('comment');
  });

  it('is found by its sys_id, in the table of the source, and may be gone', async () => {
    const { context, asked } = aDocumentedApi(aTable([aFullServiceNowRecord()]), { settings: { table: 'sn_customerservice_case' } });
    expect(await serviceNowApi.complete({ ...thin, externalId: SYS_ID }, context)).toMatchObject({ externalId: SYS_ID });
    expect(asked[0]).toContain('GET /api/now/table/sn_customerservice_case?');
    expect(await serviceNowApi.complete({ ...thin, externalId: 'INC1' }, context)).toBeNull();
    expect(await serviceNowApi.complete({ ...thin, externalId: 'INC1^ORactive=true' }, context)).toBeNull();
  });

  it('is read without an address where users may not be read, and not at all where ServiceNow fails', async () => {
    const failing = (error: Error): ReturnType<typeof aDocumentedApi>['context'] => aDocumentedApi(aTable([aFullServiceNowRecord()], () => { throw error; })).context;
    expect(await serviceNowApi.complete(thin, failing(new ApiRefused('403')))).toMatchObject({ fields: { requester: { name: 'Ada Brown', email: null } } });
    await expect(serviceNowApi.complete(thin, failing(new Error('502')))).rejects.toThrow('502');
  });
});

describe('a poll of ServiceNow', () => {
  it('reads what changed since, page by page, the oldest first', async () => {
    const records = Array.from({ length: 230 }, (_, index) => aFullServiceNowRecord({ number: `INC${index}`, sys_id: String(index).padStart(32, '0'), sys_updated_on: `2026-11-02 07:${String(Math.floor(index / 10)).padStart(2, '0')}:00`, sys_mod_count: String(index % 3) }));
    const { context, asked } = aDocumentedApi(aTable(records.toReversed()));
    const found = await listed(serviceNowApi.updatedSince?.({ since: new Date('2026-11-02T07:01:00.400Z') }, context));
    expect(new Set(found.map(({ externalId }) => externalId)).size).toBe(220);
    expect(found).toHaveLength(220);
    expect(found[0]).toMatchObject({ externalId: 'INC10', updatedAt: '2026-11-02T07:01:00.001Z' });
    expect(found.map(({ change }) => change)).toEqual(found.map(({ updatedAt }) => (updatedAt.endsWith('.000Z') ? 'created' : 'updated')));
    expect(asked.filter((call) => call.includes('/incident?'))).toHaveLength(3);
  });
});

describeReading('ServiceNow', { api: serviceNowApi, externalId: 'INC0000040', context: () => aDocumentedApi(aTable([aFullServiceNowRecord()])).context });
