import { codeOf, describeAdapterContract } from '../adapter.contract.js';
import type { ReportedTicket } from '../adapter.js';
import { aMapContext, aRequest, aTrust } from '../webhook.samples.js';
import { salesforceAdapter } from './salesforce.adapter.js';
import { wholeId } from './salesforce.mapping.js';
import { aNotification, anOutboundMessage, aSalesforceCallout, aSalesforceCase, CASE_ID, ORGANIZATION_ID } from './salesforce.samples.js';

const sign = (_webhook: unknown, secret: string): Record<string, string> => ({ 'x-handoff-secret': secret });
const common = { adapter: salesforceAdapter, sign, protectsBody: false as const, protectedHeaders: ['x-handoff-secret'], requiredPaths: ['Case.Id'] };

describeAdapterContract('Salesforce, by our Apex class', { ...common, created: aSalesforceCallout({ Id: 'T-1' }), another: aSalesforceCallout({ Id: 'T-1', LastModifiedDate: '2026-11-02T08:00:00.000Z' }), samples: [aSalesforceCallout({ IsClosed: true }, { change: 'updated' })] });

describeAdapterContract('Salesforce, by outbound messages', {
  ...common, created: { record: aSalesforceCase({ Id: 'T-1' }), id: '04l1' }, another: { record: aSalesforceCase({ Id: 'T-1' }), id: '04l2' },
  encode: (payload) => anOutboundMessage(aNotification((payload as { record: object }).record, payload as { id: string })),
});

const context = aMapContext();
const secret = 'the-secret-of-adatum';
const requestOf = (body: object | string, parts: object = {}): ReturnType<typeof aRequest> => aRequest({ rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), ...parts });
const read = (body: object | string): readonly unknown[] => salesforceAdapter.read(requestOf(body));
const map = (body: object | string): ReportedTicket => salesforceAdapter.map(read(body)[0], context) as ReportedTicket;
const soap = (fields: object = {}, more: { id?: string; type?: string } = {}): string => anOutboundMessage(aNotification(aSalesforceCase(fields), more));

describe('trust in a webhook of Salesforce', () => {
  const verify = (body: object | string, parts: object, settings = {}): string => codeOf(() => salesforceAdapter.verify(requestOf(body, parts), aTrust({ secrets: [secret], settings })));
  const url = `https://intake.example/v1/sources/desk/webhooks?code=${secret}`;

  it('rests on the secret in the address, where outbound messages can have it', () => {
    expect([verify(soap(), { url }), verify(soap(), {}), verify(soap(), { url: url.replace('code', 'key') }), verify(soap(), { url: `${url}x` })]).toEqual(['accepted', '401 signature-invalid', '401 signature-invalid', '401 signature-invalid']);
  });

  it('ends at the organisation where the source names it, in 15 or 18 characters', () => {
    const by = (body: object | string, organizationId: string): string => verify(body, { url }, { organizationId });
    for (const body of [soap(), aSalesforceCallout()]) expect([by(body, ORGANIZATION_ID), by(body, ORGANIZATION_ID.slice(0, 15)), by(body, '00D5g000000zzzzEAZ')]).toEqual(['accepted', 'accepted', '401 signature-invalid']);
    expect([by(aSalesforceCallout({}, { organizationId: undefined }), ORGANIZATION_ID), by(anOutboundMessage(), ORGANIZATION_ID), by([aSalesforceCallout(), aSalesforceCallout({}, { organizationId: 'other' })], ORGANIZATION_ID)]).toEqual(['accepted', '401 signature-invalid', '401 signature-invalid']);
  });

  it.each([['00D5g000000ABCD', true], [ORGANIZATION_ID, true], ['005000000000000', false], ['x', false]])('takes %s for the id of an organisation: %s', (organizationId, isValid) => {
    expect(salesforceAdapter.settings.safeParse({ organizationId }).success).toBe(isValid);
  });
});

describe('an outbound message', () => {
  it('tells what its case says, and keeps nothing of the session in it', () => {
    expect(map(soap())).toEqual({
      externalId: CASE_ID, externalUrl: `https://adatum.my.salesforce.com/${CASE_ID}`, change: 'created', occurredAt: '2026-11-02T07:59:58.000Z', actor: '0055g00000XyZabAAF',
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'New', severity: 'A', requester: { name: 'Ada Brown', email: 'ada@wingtip.example' }, labels: ['Problem'] },
    });
    expect(JSON.stringify(read(soap()))).not.toContain('the-session-of-somebody');
  });

  it('may have several notifications, each an event by its own id', () => {
    const request = requestOf(anOutboundMessage(aNotification(aSalesforceCase(), { id: 'n-1' }), aNotification(aSalesforceCase({ Subject: 'Export <stays> empty & slow' }), { id: 'n-2' })));
    const payloads = salesforceAdapter.read(request);
    expect(payloads.map((payload) => salesforceAdapter.recognise(request, payload))).toEqual(['n-1', 'n-2']);
    expect(payloads.map((payload) => (salesforceAdapter.map(payload, context) as ReportedTicket).fields.subject)).toEqual(['Sign-in fails', 'Export <stays> empty & slow']);
  });

  it('is acknowledged in its own words, and a callout in ours', () => {
    expect(salesforceAdapter.answer?.(requestOf(soap()))).toMatchObject({ status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: expect.stringContaining('<Ack>true</Ack>') });
    expect(salesforceAdapter.answer?.(requestOf(aSalesforceCallout()))).toBeNull();
  });

  it('tells empty fields from those that were not chosen', () => {
    expect(map(anOutboundMessage(aNotification({ Id: CASE_ID, Subject: 'x', Description: null, Priority: 'Low', CaseNumber: '' }))).fields).toEqual({ subject: 'x', description: null, severity: 'C' });
  });

  it('about a comment is a comment on its case', () => {
    const comment = { Id: '00a5g000001AbCdAAK', ParentId: '5005g00000ABCDE', CommentBody: 'It happens again.', IsPublished: true, CreatedById: '0055g00000XyZab', CreatedDate: '2026-11-02T07:00:00.000Z' };
    expect(map(anOutboundMessage(aNotification(comment, { type: 'CaseComment' })))).toMatchObject({ externalId: wholeId('5005g00000ABCDE'), change: 'commented', isThin: true, occurredAt: '2026-11-02T07:00:00.000Z', fields: { comment: { body: 'It happens again.', isPublic: true } } });
    expect(map(anOutboundMessage(aNotification(comment, { type: 'Opportunity' })))).toMatchObject({ ignored: true });
  });

  it.each([
    ['a document type', soap().replace('<soapenv:Envelope', '<!DOCTYPE x [<!ENTITY e "boom">]><soapenv:Envelope'), '400 invalid-xml'],
    ['an element that is not closed', soap().replace('</sObject>', ''), '400 invalid-xml'],
    ['its end missing', soap().slice(0, -20), '400 invalid-xml'],
    ['too many levels', anOutboundMessage('<a>'.repeat(100_000)), '400 invalid-xml'],
    ['another root', '<html><body>Hello</body></html>', '400 invalid-xml'],
    ['no organisation', soap().replace(/<OrganizationId>.*?<\/OrganizationId>/, ''), '422 field-missing'],
    ['too many notifications', anOutboundMessage(...Array.from({ length: 201 }, () => '<Notification><Id>1</Id></Notification>')), '422 field-invalid'],
  ])('with %s is refused', (_what, body, code) => {
    expect(codeOf(() => read(body))).toBe(code);
  });

  it('expands no entity that is not of XML itself', () => {
    expect(map(soap({ Subject: 'x' }).replace('>x<', '>&xxe;&#8364;&amp;<')).fields.subject).toBe('&xxe;€&');
  });
});

describe('a callout of Salesforce', () => {
  it('is named by the state of its case, as a poll would name it', () => {
    const keyOf = (fields: object): string => salesforceAdapter.recognise(requestOf({}), read(aSalesforceCallout(fields))[0]);
    expect(keyOf({})).toBe(`state:${CASE_ID}:2026-11-02T07:59:58.000Z`);
    expect(keyOf({ Id: CASE_ID.slice(0, 15), LastModifiedDate: '2026-11-02T07:59:58.000+0000' })).toBe(keyOf({}));
    expect(keyOf({ LastModifiedDate: undefined })).toMatch(/^sha256:/);
  });

  it('may have several cases, and what a flow left unescaped', () => {
    expect(read([aSalesforceCallout(), aSalesforceCallout()])).toHaveLength(2);
    expect(map('{"Case": {"Id": "T-1", "Subject": "two\nlines",}}').fields.subject).toBe('two\nlines');
  });

  it.each([
    [{}, {}, 'created'], [{ LastModifiedDate: '2026-11-02T08:00:00.000Z' }, {}, 'updated'], [{ IsClosed: true }, {}, 'closed'], [{ Status: 'Closed', LastModifiedDate: 'x' }, {}, 'closed'],
    [{ IsDeleted: true }, {}, 'closed'], [{}, { change: 'Updated' }, 'updated'], [{ IsClosed: true }, { change: 'updated' }, 'closed'], [{ CreatedDate: undefined }, {}, 'updated'], [{ IsClosed: true }, { change: 'created' }, 'created'],
  ])('with %j and %j says that the ticket was %s', (fields, parts, change) => {
    expect(map(aSalesforceCallout(fields, parts)).change).toBe(change);
  });

  it.each([[{ Subject: undefined }, true], [{ Description: undefined }, true], [{ Description: null }, undefined], [{ Description: undefined, LastModifiedDate: '2026-11-02T08:00:00.000Z' }, undefined]])('with %j is thin: %s', (fields, isThin) => {
    expect(map(aSalesforceCallout(fields)).isThin).toBe(isThin);
  });

  it.each([['High', 'A'], ['MEDIUM', 'B'], ['Low', 'C'], ['Critical', 'A'], ['P1', undefined]])('of priority %s has severity %s', (Priority, severity) => {
    expect(map(aSalesforceCallout({ Priority })).fields.severity).toBe(severity);
  });

  it.each([['https://evil.example/', null], ['https://adatum.my.salesforce.com.evil.example', null], ['javascript:alert(1)//.salesforce.com', null], ['https://adatum--uat.sandbox.my.salesforce.com/x', `https://adatum--uat.sandbox.my.salesforce.com/${CASE_ID}`]])('from %s is linked as %s', (url, link) => {
    expect(map(aSalesforceCallout({}, { url })).externalUrl).toBe(link);
  });
});

describe('a change event of Salesforce', () => {
  const header = { entityName: 'Case', changeType: 'UPDATE', recordIds: [CASE_ID, '5005g00000ABCDFAA5'], transactionKey: 't-1', sequenceNumber: 1, commitTimestamp: 1_793_606_399_000, commitUser: '0055g00000XyZabAAF' };

  it('tells what changed, of each record, and by whom', () => {
    const payloads = read({ Priority: 'Low', LastModifiedDate: '2026-11-02T07:59:59.000Z', ChangeEventHeader: header });
    expect(payloads.map((payload) => salesforceAdapter.recognise(requestOf({}), payload))).toEqual([`t-1:1:${CASE_ID}`, 't-1:1:5005g00000ABCDFAA5']);
    expect(salesforceAdapter.map(payloads[0], context)).toEqual({ externalId: CASE_ID, externalUrl: null, change: 'updated', occurredAt: '2026-11-02T07:59:59.000Z', actor: '0055g00000XyZabAAF', fields: { severity: 'C' }, isThin: true });
  });

  it.each([['CREATE', 'created'], ['DELETE', 'closed'], ['UNDELETE', 'created'], ['GAP_DELETE', 'closed'], ['GAP_UPDATE', 'updated'], ['GAP_OVERFLOW', 'updated']])('of type %s says that the ticket was %s', (changeType, change) => {
    expect(map({ ChangeEventHeader: { ...header, changeType } })).toMatchObject({ change, occurredAt: '2026-11-02T07:59:59.000Z' });
  });

  it('about another object changes no ticket', () => {
    expect(map({ Name: { LastName: 'x' }, ChangeEventHeader: { ...header, entityName: 'Contact' } })).toMatchObject({ ignored: true });
  });
});

describe('an id of Salesforce', () => {
  it.each([['00D000000000062', '00D000000000062EAA'], ['001A0000006Vm9r', '001A0000006Vm9rIAC'], ['00D000000000062EAA', '00D000000000062EAA'], ['T-1', 'T-1']])('of 15 characters is the one of 18: %s is %s', (id, whole) => {
    expect(wholeId(id)).toBe(whole);
  });
});

describe('the setup of Salesforce', () => {
  it('cannot be left by a secret with quotes in it', () => {
    const steps = salesforceAdapter.setup({ webhookUrl: 'https://intake.example/v1/sources/desk/webhooks', secret: "it's \\ a secret" });
    expect(steps.map(({ snippet }) => snippet?.content).join('\n')).toContain("'it\\'s \\\\ a secret'");
  });
});
