import { describeReading } from '../source-api.contract.js';
import { aDocumentedApi, listed } from '../source-api.samples.js';
import { partnerCenterApi } from './partner-center.api.js';
import { aServiceRequest } from './partner-center.samples.js';

type Request = Record<string, unknown>;

/** Partner Center as it is documented: lists have numbers where single requests have words. */
function aPartnerCenter(requests: readonly Request[]): ReturnType<typeof aDocumentedApi> {
  const numbers = { severity: ['unknown', 'critical', 'moderate', 'minimal'], status: ['none', 'open', 'closed', 'attention_needed'] };
  return aDocumentedApi([
    { method: 'GET', path: /^\/v1\/servicerequests$/, parameters: { size: /^\d{1,3}$/, offset: /^\d+$/ }, answer: ({ parameters: { offset, size } }) => ({
      totalCount: requests.length,
      items: requests.slice(Number(offset), Number(offset) + Number(size)).map(({ description: _, notes: __, severity, status, ...rest }) => ({ ...rest, severity: numbers.severity.indexOf(String(severity)), status: numbers.status.indexOf(String(status)) })),
    }) },
    { method: 'GET', path: /^\/v1\/servicerequests\/([^/]+)$/, answer: ({ at: [id] }) => requests.find((request) => request['id'] === id) ?? null },
  ]);
}

const request = (parts: object = {}): Request => aServiceRequest(parts) as Request;
const since = new Date('2026-11-02T07:00:00Z');

describe('a service request', () => {
  it('is read with its contact and customer', async () => {
    const { context } = aPartnerCenter([request()]);
    const ticket = { externalId: '616122292874576', externalUrl: null, change: 'updated' as const, occurredAt: '2026-11-02T08:00:00.000Z', fields: {} };
    expect(await partnerCenterApi.complete(ticket, context)).toMatchObject({
      externalId: '616122292874576', change: 'updated', updatedAt: '2026-11-02T07:30:15.373Z', payload: { serviceRequest: { supportTopicId: '32444671' } },
      fields: { subject: 'Invoice is wrong', description: 'It has a subscription twice.', status: 'open', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@adatum.example' }, customerId: 'c0a8', labels: ['Billing'] },
    });
    expect(await partnerCenterApi.complete({ ...ticket, externalId: 'gone' }, context)).toBeNull();
  });

  it.each([['open', 'open'], [1, 'open'], ['attention_needed', 'attention-needed'], [3, 'attention-needed'], ['Closed', 'closed'], [2, 'closed'], ['none', null], ['Reopened', null], ['__proto__', null], ['constructor', null], [undefined, null]])('with the status %j stands there as %s', async (status, expected) => {
    const { context } = aPartnerCenter([request({ status })]);
    expect((await partnerCenterApi.complete({ externalId: '616122292874576', externalUrl: null, change: 'updated', occurredAt: '', fields: {} }, context))?.fields.serviceRequest).toEqual({ status: expected });
  });

  it.each([['critical', 'A'], [1, 'A'], ['Moderate', 'B'], [2, 'B'], [3, 'C'], ['unknown', undefined], [0, undefined]])('of severity %j is %s', async (severity, expected) => {
    const { context } = aPartnerCenter([request({ severity })]);
    expect((await partnerCenterApi.complete({ externalId: '616122292874576', externalUrl: null, change: 'updated', occurredAt: '', fields: {} }, context))?.fields.severity).toBe(expected);
  });

  it.each([[2, 'closed', 'closed'], ['closed', 'closed', 'closed'], [1, 'updated', 'open'], ['attention_needed', 'updated', 'attention_needed'], [3, 'updated', 'attention_needed'], ['Reopened', 'updated', 'Reopened']])('with the status %j was %s, and is %s', async (status, change, word) => {
    const { context } = aPartnerCenter([request({ status })]);
    expect(await partnerCenterApi.complete({ externalId: '616122292874576', externalUrl: null, change: 'updated', occurredAt: '', fields: {} }, context)).toMatchObject({ change, fields: { status: word } });
  });
});

describe('a poll of Partner Center', () => {
  it('reads what changed out of the whole list, in the order of change', async () => {
    const requests = [
      ...Array.from({ length: 600 }, (_, n) => request({ id: `old-${n}`, lastModifiedDate: '2026-10-01T00:00:00' })),
      request({ id: 'late', lastModifiedDate: '2026-11-02T07:45:00' }), request({ id: 'new', createdDate: '2026-11-02T07:20:00', lastModifiedDate: '2026-11-02T07:20:00' }), request({ id: 'done', status: 'closed' }),
    ];
    const { context, asked } = aPartnerCenter(requests);
    expect((await listed(partnerCenterApi.updatedSince?.({ since }, context))).map(({ externalId, change }) => [externalId, change])).toEqual([['new', 'created'], ['done', 'closed'], ['late', 'updated']]);
    expect(asked.slice(0, 2)).toEqual(['GET /v1/servicerequests?size=500&offset=0', 'GET /v1/servicerequests?size=500&offset=500']);
    expect(asked).toHaveLength(5);
  });

  it('brings the newest note where it is news', async () => {
    const notes = [{ createdByName: 'Support', createdDate: '2026-11-02T07:30:15', text: 'Please send the invoice.' }, { createdByName: 'Ada', createdDate: '2026-11-02T07:10:00Z', text: 'Any news?' }, null];
    const found = await listed(partnerCenterApi.updatedSince?.({ since }, aPartnerCenter([request({ notes })]).context));
    expect(found).toMatchObject([{ change: 'commented', fields: { comment: { author: 'Support', body: 'Please send the invoice.', isPublic: true } } }]);
    const old = await listed(partnerCenterApi.updatedSince?.({ since }, aPartnerCenter([request({ notes: [{ createdDate: '2026-11-01T07:10:00', text: 'Old' }] })]).context));
    expect(old[0]?.fields).not.toHaveProperty('comment');
  });
});

describeReading('Partner Center', { api: partnerCenterApi, externalId: '616122292874576', context: () => aPartnerCenter([request()]).context });
