import { codeOf, describeAdapterContract } from '../adapter.contract.js';
import type { ReportedTicket } from '../adapter.js';
import { aMapContext, aRequest, aTrust, RECEIVED_AT } from '../webhook.samples.js';
import { dynamicsAdapter } from './dynamics.adapter.js';
import { aChoice, aDynamicsContext, anEntity, aReference, CASE_ID, COLUMNS, pairs, WORDS } from './dynamics.samples.js';

describeAdapterContract('Dynamics 365', {
  adapter: dynamicsAdapter, sign: (_webhook, secret) => ({ 'x-handoff-secret': secret }), created: aDynamicsContext({ PrimaryEntityId: 'T-1' }), another: aDynamicsContext({ PrimaryEntityId: 'T-1', OperationId: 'another' }), samples: [aDynamicsContext({ MessageName: 'Update' }), aDynamicsContext({ MessageName: 'Delete' }, null)],
  protectsBody: false, protectedHeaders: ['x-handoff-secret'], requiredPaths: ['PrimaryEntityName', 'MessageName'],
});

const context = aMapContext();
const requestOf = (body: object, parts: object = {}): ReturnType<typeof aRequest> => aRequest({ rawBody: Buffer.from(JSON.stringify(body)), ...parts });
const map = (body: object, headers: Record<string, string> = {}): ReportedTicket => {
  const request = requestOf(body, { headers });
  return dynamicsAdapter.map(dynamicsAdapter.read(request)[0], context) as ReportedTicket;
};

describe('trust in a webhook of Dynamics 365', () => {
  const secret = 'the-secret-of-adatum';
  const verify = (parts: object, toleranceSeconds: number | null = null): string => codeOf(() => dynamicsAdapter.verify(requestOf(aDynamicsContext(), parts), aTrust({ secrets: [secret], now: RECEIVED_AT, toleranceSeconds })));

  it('may rest on the key in the address, which is what WebhookKey means', () => {
    const url = 'https://intake.example/v1/sources/desk/webhooks';
    expect([verify({ url: `${url}?code=${secret}` }), verify({ url: `${url}?code=another-secret-of-x` }), verify({ url: `${url}?key=${secret}` }), verify({ url: `${url}?code=` })]).toEqual(['accepted', '401 signature-invalid', '401 signature-invalid', '401 signature-invalid']);
    expect(verify({ url: `${url}?code=${secret}`, headers: { 'x-handoff-secret': secret } })).toBe('401 signature-invalid');
  });

  it('looks at the time of the operation only where the source asks', () => {
    const by = (OperationCreatedOn: unknown): string => codeOf(() => dynamicsAdapter.verify(requestOf(aDynamicsContext({ OperationCreatedOn }), { headers: { 'x-handoff-secret': secret } }), aTrust({ secrets: [secret], toleranceSeconds: 300 })));
    expect([by('/Date(1793606398000-0700)/'), by('/Date(1793606398000)/'), by('/Date(1793600000000)/'), by('nonsense'), by(null)]).toEqual(['accepted', 'accepted', '401 timestamp-stale', '401 timestamp-stale', '401 timestamp-stale']);
  });
});

describe('the name of an event of Dynamics 365', () => {
  const keyOf = (parts: object): string => dynamicsAdapter.recognise(requestOf(aDynamicsContext(parts)), dynamicsAdapter.read(requestOf(aDynamicsContext(parts)))[0]);

  it('is the operation, with the row and the message that it was about', () => {
    expect(keyOf({})).toBe(keyOf({ Depth: 2 }));
    for (const other of [{ OperationId: 'x' }, { PrimaryEntityId: 'x' }, { MessageName: 'Update' }]) expect(keyOf(other)).not.toBe(keyOf({}));
  });

  it.each([null, '00000000-0000-0000-0000-000000000000'])('is the body where the operation is %j', (OperationId) => {
    expect(keyOf({ OperationId })).toBe(keyOf({ OperationId }));
    expect(keyOf({ OperationId })).not.toBe(keyOf({ OperationId, CorrelationId: 'x' }));
  });
});

describe('a webhook of Dynamics 365', () => {
  it('tells what the new case says', () => {
    expect(map(aDynamicsContext(), { 'x-ms-dynamics-organization': 'adatum.crm4.dynamics.com' })).toEqual({
      externalId: CASE_ID, change: 'created', occurredAt: '2026-11-02T07:59:59.000Z', actor: '75c2dd85-e89e-4711-8122-000d3aa2331c',
      externalUrl: `https://adatum.crm4.dynamics.com/main.aspx?etn=incident&id=${CASE_ID}&pagetype=entityrecord`,
      fields: { subject: 'Sign-in fails', description: 'Error 500 after the password.', status: 'In Progress', severity: 'A', requester: { name: 'Ada Brown', email: null }, labels: ['Problem', 'Login'] },
    });
  });

  it.each(['adatum.evil.example', 'https://adatum.crm4.dynamics.com', 'adatum'])('gives no link for an environment called %s', (environment) => {
    expect(map(aDynamicsContext(), { 'x-ms-dynamics-organization': environment }).externalUrl).toBeNull();
  });

  it('about an update is thin, and tells what changed', () => {
    expect(map(aDynamicsContext({ MessageName: 'Update' }, anEntity({ prioritycode: aChoice(3) })))).toMatchObject({ change: 'updated', isThin: true, fields: { severity: 'C' } });
    expect(map(aDynamicsContext({ MessageName: 'Update' }, anEntity({ prioritycode: aChoice(3) }))).fields).toEqual({ severity: 'C' });
  });

  it('about an update is whole by its post image, which wins over what was before', () => {
    const images = { MessageName: 'Update', PreEntityImages: [{ key: 'pre', value: anEntity({ title: 'Old', description: 'Kept' }) }], PostEntityImages: [{ Key: 'post', Value: anEntity({ title: 'New', statuscode: aChoice(2) }, { statuscode: 'On Hold' }) }] };
    const ticket = map(aDynamicsContext(images, anEntity({ title: 'New' })));
    expect(ticket).not.toHaveProperty('isThin');
    expect(ticket.fields).toEqual({ subject: 'New', description: 'Kept', status: 'On Hold' });
  });

  it('that was too large says only which case it is', () => {
    expect(map(aDynamicsContext({ InputParameters: undefined, PostEntityImages: undefined, PreEntityImages: undefined }, null))).toMatchObject({ externalId: CASE_ID, isThin: true, fields: {}, occurredAt: '2026-11-02T07:59:58.000Z' });
  });

  it.each([
    ['Update', { statecode: aChoice(1) }, 'closed'], ['Update', { statecode: aChoice(2) }, 'closed'], ['Update', { statecode: aChoice(0) }, 'updated'], ['SetStateDynamicEntity', {}, 'updated'],
    ['Close', {}, 'closed'], ['Delete', {}, 'closed'], ['create', { statecode: aChoice(1) }, 'created'],
  ])('%s with %j says that the ticket was %s', (MessageName, columns, change) => {
    expect(map(aDynamicsContext({ MessageName }, anEntity({ title: 'x', ...columns })))).toMatchObject({ change });
  });

  it.each([[aChoice(1), {}, 'A'], [aChoice(2), {}, 'B'], [aChoice(3), {}, 'C'], [aChoice(7), { prioritycode: 'Urgent' }, 'A'], [aChoice(7), {}, undefined], [null, {}, undefined]])('of priority %j with %j has severity %s', (prioritycode, words, severity) => {
    expect(map(aDynamicsContext({}, anEntity({ ...COLUMNS, prioritycode }, words))).fields.severity).toBe(severity);
  });

  it.each([
    [{ customerid: aReference('contact', 'Ben Field') }, { name: 'Ben Field', email: null }], [{ customerid: aReference('account', 'Wingtip Toys') }, undefined],
    [{ primarycontactid: aReference('contact', null), emailaddress: 'ada@wingtip.example' }, { name: null, email: 'ada@wingtip.example' }], [{ primarycontactid: null }, undefined],
  ])('with %j was asked by %j', (columns, requester) => {
    expect(map(aDynamicsContext({}, anEntity({ title: 'x', ...columns }))).fields.requester).toEqual(requester);
  });

  it('names its columns for mappings as they are', () => {
    const [payload] = dynamicsAdapter.read(requestOf(aDynamicsContext({}, anEntity({ new_offer: 'contoso-crm', new_cost: { __type: 'Money:x', Value: 12.5 }, a_alias: { __type: 'AliasedValue:x', Value: 7 } }, { new_cost: '€12.50' }))));
    expect(payload).toMatchObject({ incident: { new_offer: 'contoso-crm', new_cost: { value: 12.5, label: '€12.50' }, a_alias: 7, incidentid: CASE_ID } });
  });

  it('takes an id in braces and capitals for the same ticket, or one that stands in the case alone', () => {
    expect(map(aDynamicsContext({ PrimaryEntityId: `{${CASE_ID.toUpperCase()}}` })).externalId).toBe(CASE_ID);
    expect(map(aDynamicsContext({ PrimaryEntityId: undefined })).externalId).toBe(CASE_ID);
    expect(codeOf(() => map(aDynamicsContext({ PrimaryEntityId: null }, null)))).toBe('422 field-missing');
  });

  it.each([[{ PrimaryEntityName: 'contact' }], [{ MessageName: 'Retrieve' }], [{ InputParameters: pairs(WORDS), PrimaryEntityName: 'email' }]])('with %j changes no ticket', (parts) => {
    expect(map(aDynamicsContext(parts))).toMatchObject({ ignored: true });
  });
});
