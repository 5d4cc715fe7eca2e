import { createHmac } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { Webhook } from 'standardwebhooks';
import { describeAdapterContract, type Unsigned } from '../adapter.contract.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { serviceNowAdapter } from './servicenow.adapter.js';
import { aFullServiceNowRecord, aServiceNowBody, aServiceNowRecord, SYS_ID } from './servicenow.samples.js';

const context = aMapContext();
const another = aServiceNowBody({ sys_mod_count: '1' });
const requiredPaths = ['number', 'short_description'];

function sign({ id, body, sentAt }: Unsigned, secret: string): Record<string, string> {
  return { 'webhook-signature': new Webhook(secret).sign(id, sentAt, body), 'webhook-id': id, 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)) };
}

const samples = [aServiceNowBody({ change: 'updated', comments: 'It happens again.' }), aServiceNowRecord(), { result: [aFullServiceNowRecord()] }];

describeAdapterContract('ServiceNow, signed', { adapter: serviceNowAdapter, sign, created: aServiceNowBody(), another, samples, protectedHeaders: ['webhook-signature', 'webhook-id', 'webhook-timestamp'], requiredPaths });
describeAdapterContract('ServiceNow, by a secret', { adapter: serviceNowAdapter, sign: (_webhook, secret) => ({ 'x-handoff-secret': secret }), created: aServiceNowBody(), another, protectedHeaders: ['x-handoff-secret'], requiredPaths, protectsBody: false });

/** A business rule as ServiceNow runs it, with what it finds there. */
function ruleRun(record: Readonly<Record<string, string | null>>, { operation = 'update', changed = [] as readonly string[] } = {}): { request: ReturnType<typeof aRequest>; secret: string } {
  const secret = serviceNowAdapter.secret?.generate() ?? '';
  const headers: Record<string, string> = {};
  const sent = { url: '', method: '', body: '' };
  const journal = (name: string): object => ({ changes: () => changed.includes(name), getJournalEntry: () => `2026-11-02 09:00:00 - Ben Field (Additional comments)\nIt happens again.\n\n` });
  const current = {
    operation: () => operation, getValue: (name: string) => record[name] ?? null, getUniqueValue: () => SYS_ID, getTableName: () => 'incident',
    getDisplayValue: (name: string) => (name === 'state' ? 'On Hold' : '1 - Critical'), caller_id: { getDisplayValue: () => 'Ada Brown', email: 'ada@wingtip.example' }, comments: journal('comments'), work_notes: journal('work_notes'), getLink: () => `incident.do?sys_id=${SYS_ID}`,
  };
  class RESTMessageV2 {
    setEndpoint(url: string): void { sent.url = url; }
    setHttpMethod(method: string): void { sent.method = method; }
    setRequestHeader(name: string, value: string): void { headers[name] = value; }
    setRequestBody(body: string): void { sent.body = body; }
    executeAsync(): void { sent.method = sent.method.toUpperCase(); }
  }
  class GlideCertificateEncryption {
    generateMac(key: string, _algorithm: 'HmacSHA256', data: string): string { return createHmac('sha256', Buffer.from(key, 'base64')).update(data).digest('base64'); }
  }
  const gs = { getProperty: () => 'https://adatum.service-now.example/', generateGUID: () => 'f0e1d2c3b4a5968778695a4b3c2d1e0f' };
  const script = serviceNowAdapter.setup({ webhookUrl: 'https://intake.example/v1/sources/desk/webhooks', secret }).map(({ snippet }) => snippet).find((snippet) => snippet?.language === 'javascript')?.content ?? '';
  runInNewContext(script, { current, previous: {}, gs, sn_ws: { RESTMessageV2 }, GlideCertificateEncryption });
  expect([sent.method, sent.url]).toEqual(['POST', 'https://intake.example/v1/sources/desk/webhooks']);
  return { secret, request: aRequest({ headers, rawBody: Buffer.from(sent.body) }) };
}

describe('our business rule', () => {
  const record = { number: 'INC0010001', short_description: 'Anmeldung schlägt fehl 🙁', description: '"quoted"\nsecond line', state: '3', active: '1', priority: '1', category: 'software', sys_updated_on: '2026-11-02 07:59:58', sys_updated_by: 'bfield', sys_mod_count: '12' };

  it('posts a ticket that is believed and read to the last letter', () => {
    const { request, secret } = ruleRun(record);
    expect(() => serviceNowAdapter.verify(request, aTrust({ secrets: [secret], now: new Date(), toleranceSeconds: 300 }))).not.toThrow();
    expect(serviceNowAdapter.map(serviceNowAdapter.read(request)[0], context)).toEqual({
      externalId: 'INC0010001', externalUrl: `https://adatum.service-now.example/incident.do?sys_id=${SYS_ID}`, change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', actor: 'bfield',
      fields: { subject: record.short_description, description: record.description, status: 'On Hold', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['software'] },
    });
  });

  it.each([
    [{ operation: 'insert' }, { change: 'created' }],
    [{ operation: 'delete' }, { change: 'closed' }],
    [{ changed: ['comments'] }, { change: 'commented', fields: { comment: { author: 'Ben Field', body: 'It happens again.', isPublic: true } } }],
    [{ changed: ['work_notes'] }, { change: 'commented', fields: { comment: { author: 'Ben Field', body: 'It happens again.', isPublic: false } } }],
  ])('on %j tells %j', (what, ticket) => {
    expect(serviceNowAdapter.map(serviceNowAdapter.read(ruleRun(record, what).request)[0], context)).toMatchObject(ticket);
  });
});

describe('the name of an event of ServiceNow', () => {
  const recognise = (payload: object, headers: Record<string, string> = {}): string => serviceNowAdapter.recognise(aRequest({ headers }), payload);

  it('is the state of the record, the same whether delivered or read', () => {
    expect(recognise(aServiceNowRecord())).toBe('state:INC0000040:2026-11-02T07:59:58.008Z');
    expect(recognise(aFullServiceNowRecord())).toBe(recognise(aServiceNowRecord(), { 'webhook-id': 'another' }));
  });

  it('tells two changes of one second apart', () => {
    expect(recognise(aServiceNowRecord({ sys_mod_count: '9' }))).not.toBe(recognise(aServiceNowRecord()));
  });

  it('is the delivery and the body where nothing says when the record was changed', () => {
    const body = { number: 'INC1' };
    expect(recognise(body, { 'webhook-id': 'a' })).toBe(recognise({ ...body }, { 'webhook-id': 'a' }));
    expect(recognise(body, { 'webhook-id': 'a' })).not.toBe(recognise(body, { 'webhook-id': 'b' }));
    expect(recognise(body)).toBe(recognise({ ...body }));
    expect(recognise(body)).not.toBe(recognise({ ...body, state: '6' }));
  });
});

describe('a record of ServiceNow', () => {
  it('of the Table API is read with what it has: a reference is no name', () => {
    expect(serviceNowAdapter.map(aServiceNowRecord(), context)).toEqual({
      externalId: 'INC0000040', externalUrl: `https://adatum.service-now.example/nav_to.do?uri=incident.do%3Fsys_id%3D${SYS_ID}`, change: 'updated', occurredAt: '2026-11-02T07:59:58.000Z', actor: 'admin', isThin: true,
      fields: { subject: 'Trouble with the mail server', description: 'Is it down?', status: 'New', severity: 'C', labels: ['network'] },
    });
  });

  it('comes alone, in a list, or in the envelope of an answer', () => {
    const read = (body: unknown): unknown => serviceNowAdapter.read(aRequest({ rawBody: Buffer.from(JSON.stringify(body)) }));
    const one = aServiceNowRecord();
    expect([read(one), read([one, one]), read({ result: one }), read({ result: [one, one] })]).toEqual([[one], [one, one], [one], [one, one]]);
  });

  it.each([
    ['spelled in camel case', { incidentNumber: 'INC1', shortDescription: 'Mail is down', requesterEmail: 'ada@wingtip.example', updatedAt: '2026-11-02T07:00:00Z' }],
    ['with capitals and spaces', { Number: 'INC1', 'Short Description': 'Mail is down', 'Caller Email': 'ada@wingtip.example', 'Sys Updated On': '2026-11-02 07:00:00' }],
    ['with objects', { number: 'INC1', short_description: 'Mail is down', caller: { email: 'ada@wingtip.example' }, sys_updated_on: '2026-11-02 07:00:00' }],
    ['with fields of references', { number: 'INC1', short_description: 'Mail is down', caller_id: SYS_ID, 'caller_id.email': 'ada@wingtip.example', sys_updated_on: '2026-11-02 07:00:00' }],
    ['in an envelope', { event: 'incident.updated', incident: { number: 'INC1', short_description: 'Mail is down', caller_email: 'ada@wingtip.example', sys_updated_on: '2026-11-02 07:00:00' } }],
    ['with a number for an id', { id: 4711, number: 'INC1', title: 'Mail is down', caller_id: 'ada@wingtip.example', updated_on: '2026-11-02 07:00:00' }],
  ])('%s is read as well', (_what, body) => {
    expect(serviceNowAdapter.map(body, context)).toMatchObject({ externalId: 'INC1', change: 'updated', occurredAt: '2026-11-02T07:00:00.000Z', fields: { subject: 'Mail is down', requester: { name: null, email: 'ada@wingtip.example' } } });
  });

  it.each([
    [{ state: '6' }, 'closed', 'Resolved'], [{ state: '7' }, 'closed', 'Closed'], [{ state: 'Cancelled' }, 'closed', 'Cancelled'], [{ state: { value: '3', display_value: 'Closed Complete' } }, 'closed', 'Closed Complete'],
    [{ active: 'false' }, 'closed', 'New'], [{ active: false }, 'closed', 'New'], [{ state: '2' }, 'updated', 'In Progress'], [{ state: 3, sys_class_name: 'sc_req_item' }, 'updated', '3'], [{ sys_mod_count: '0' }, 'created', 'New'],
    [{ event: 'incident.created' }, 'created', 'New'], [{ operation: 'INSERT' }, 'created', 'New'], [{ action: 'update', state: '6' }, 'closed', 'Resolved'], [{ state: null, incident_state: '2' }, 'updated', 'In Progress'],
  ])('with %j was %s, with the status %s', (fields, change, status) => {
    expect(serviceNowAdapter.map(aServiceNowRecord(fields), context)).toMatchObject({ change, fields: { status } });
  });

  it.each([
    [{ priority: '1' }, 'A'], [{ priority: '1 - Critical' }, 'A'], [{ priority: 'critical' }, 'A'], [{ priority: 2 }, 'B'], [{ priority: '3 - Moderate' }, 'B'], [{ priority: '5' }, 'C'],
    [{ priority: '', impact: '1', urgency: '1' }, 'A'], [{ priority: null, impact: '1 - High', urgency: '2 - Medium' }, 'B'], [{ priority: undefined, impact: '3', urgency: '3' }, 'C'], [{ priority: 'P9' }, undefined], [{ priority: '', impact: '' }, undefined],
  ])('with %j has severity %s', (fields, severity) => {
    expect((serviceNowAdapter.map(JSON.parse(JSON.stringify(aServiceNowRecord(fields))), context) as { fields: { severity?: string } }).fields.severity).toBe(severity);
  });

  it("takes the source's own table of priorities first", () => {
    expect(serviceNowAdapter.map(aServiceNowRecord({ priority: '3 - Moderate' }), { ...context, severities: { moderate: 'C' } })).toMatchObject({ fields: { severity: 'C' } });
  });

  it.each([
    ['Any news?', { author: null, body: 'Any news?', isPublic: true }],
    ['2026-11-02 08:00:00 - Ben Field (Additional comments)\nAny news?\n\n2026-11-01 08:00:00 - Ada Brown (Additional comments)\nPlease help.\n\n', { author: 'Ben Field', body: 'Any news?', isPublic: true }],
    ['Re: 1 - 2 (three)', { author: null, body: 'Re: 1 - 2 (three)', isPublic: true }],
  ])('with the comment %j hands on its newest entry', (comments, comment) => {
    expect(serviceNowAdapter.map(aServiceNowRecord({ comments }), context)).toMatchObject({ change: 'commented', fields: { comment } });
  });

  it('with a comment as an object says for whom it is', () => {
    expect(serviceNowAdapter.map(aServiceNowRecord({ comments: undefined, comment: { author: 'Ben', body: 'Hidden', is_public: false } }), context)).toMatchObject({ fields: { comment: { author: 'Ben', body: 'Hidden', isPublic: false } } });
  });
});
