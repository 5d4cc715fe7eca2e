import { createHmac } from 'node:crypto';
import { eventually } from '@handoff/testing';
import { type RunningHandoff, startHandoff } from './running-handoff.js';

let handoff: RunningHandoff;

beforeAll(async () => {
  handoff = await startHandoff();
}, 150_000);
afterAll(() => handoff.stop(), 60_000);

interface Ticket {
  readonly queue: string;
  readonly decision: { readonly responsible: unknown; readonly firstContact: unknown; readonly escalation: unknown; readonly handsOver: unknown; readonly attachedTo: string | null; readonly contacts: { for: string; kind: string; fields: string[] }[]; readonly reasons: { code: string; text: string }[]; readonly documents: { url: string }[] };
  readonly decisions: unknown[];
}

const ticketOf = (ticketId: string): Promise<Ticket> => eventually(async () => {
  const { status, body } = await handoff.request(`${handoff.urls.routing}/v1/tickets/${ticketId}`);
  expect(status).toBe(200);
  return body as unknown as Ticket;
});

const notificationsOf = (ticketId: string, count: number) => eventually(async () => {
  const { body } = await handoff.request(`${handoff.urls.notifier}/v1/notifications?ticketId=${ticketId}`);
  const items = body['items'] as unknown as { state: string; destination: string; purpose: string; address: string; messageId: string }[];
  expect(items.filter(({ state }) => state === 'delivered')).toHaveLength(count);
  return items;
});

const submit = async (externalId: string, ticket: Record<string, unknown>): Promise<string> => {
  const { status, body } = await handoff.request(`${handoff.urls.intake}/v1/tickets`, { method: 'POST', body: { source: 'e2e', externalId, subject: 'Worked example', offerId: 'contoso-crm', asker: 'customer', ...ticket } });
  expect(status).toBe(202);
  return body['ticketId'] as unknown as string;
};

const sent = (items: readonly { destination: string; purpose: string; address: string }[]) => items.map(({ purpose, destination, address }) => `${purpose} ${destination} ${address}`).sort();

describe('a ticket of a real system', () => {
  it('from Jira, sent by the handoff command, finds the publisher, with the reason and the documents', async () => {
    const { stdout, code } = await handoff.handoff('send', '--source', 'jira-demo', '--fresh', '--json');
    expect(code).toBe(0);
    const { sent: [accepted] } = JSON.parse(stdout) as { sent: [{ ticketId: string }] };
    const shown = await handoff.handoff('tickets', accepted.ticketId, '--wait', '10', '--json');
    expect(shown.code).toBe(0);
    expect(JSON.parse(shown.stdout)).toMatchObject({ queue: 'isv/contoso', reasons: [{ code: 'matrix-row' }, { code: 'contact-chosen' }, { code: 'classified-by-mapping' }], decision: { responsible: { role: 'isv-publisher', partyId: 'contoso' } } });
    const items = await notificationsOf(accepted.ticketId, 2);
    expect(sent(items)).toEqual(['act isv/contoso support@contoso.example', 'inform partner/3001 support@adatum.example']);
    const [mail] = await handoff.mails({ to: 'support@contoso.example' });
    expect(mail?.text).toContain('https://docs.contoso.example/crm');
  });

  it('from Zendesk is taken with the signature that Zendesk documents: base64 of HMAC-SHA256 over timestamp and body', async () => {
    const answer = await fromZendesk('e2e-zendesk-1', { id: '991', subject: 'Report stays empty', description: 'Since this morning.', priority: 'URGENT', status: 'OPEN', tags: ['crash'] });
    expect(answer.status).toBe(202);
    const ticketId = answer.body['ticketId'] as unknown as string;
    expect(await ticketOf(ticketId)).toMatchObject({ queue: 'isv/contoso', severity: 'A', area: 'break-fix', subject: 'Report stays empty' });
    expect(sent(await notificationsOf(ticketId, 3))).toEqual(['act isv/contoso support@contoso.example', 'inform partner/1001 desk@northwind.example', 'inform partner/2002 desk@fabrikam.example']);
  });

  it('that uses the key of an event for another content changes nothing, and is there to see', async () => {
    const told = { id: '992', subject: 'The first content counts', description: null, priority: 'LOW', status: 'OPEN', tags: [] };
    const { body: { ticketId } } = await fromZendesk('e2e-zendesk-2', told);
    const again = await fromZendesk('e2e-zendesk-2', { ...told, subject: 'Another content' });
    expect(again).toMatchObject({ status: 202, body: { ticketId, duplicate: true } });
    const { body } = await eventually(async () => {
      const answer = await handoff.request(`${handoff.urls.routing}/v1/key-conflicts?ticketId=${String(ticketId)}`);
      expect(answer.body['items']).toHaveLength(1);
      return answer;
    });
    expect(body['items']).toMatchObject([{ source: 'zendesk-demo', externalId: '992', times: 1, content: { ticket: { subject: 'Another content' } } }]);
    expect(await ticketOf(String(ticketId))).toMatchObject({ subject: 'The first content counts', ticketVersion: 1 });
  });

  function fromZendesk(id: string, detail: object) {
    const at = new Date().toISOString();
    const body = JSON.stringify({ type: 'zen:event-type:ticket.created', account_id: 1, id, time: at, zendesk_event_version: '2022-11-06', subject: 'zen:ticket', detail: { ...detail, created_at: at, updated_at: at }, event: {} });
    const signature = createHmac('sha256', handoff.secrets['zendesk-demo'] ?? '').update(at + body).digest('base64');
    return handoff.request(`${handoff.urls.intake}/v1/sources/zendesk-demo/webhooks`, {
      method: 'POST', body, isAnonymous: true, headers: { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': at },
    });
  }
});

describe('the worked examples, over HTTP', () => {
  it('1: billing of a reseller with an agreement goes to the reseller', async () => {
    const id = await submit('example-1', { area: 'customer-billing', customerId: 'woodgrove' });
    expect(await ticketOf(id)).toMatchObject({ queue: 'partner/2002', decision: { responsible: { role: 'indirect-reseller', partyId: '2002' }, escalation: [{ role: 'indirect-provider', partyId: '1001' }, { role: 'microsoft' }] } });
    expect(sent(await notificationsOf(id, 1))).toEqual(['act partner/2002 desk@fabrikam.example']);
  });

  it('2: without an agreement it goes to the provider, and the reseller hears why', async () => {
    const id = await submit('example-2', { area: 'customer-billing', customerId: 'proseware' });
    const { queue, decision } = await ticketOf(id);
    expect([queue, decision.reasons.map(({ code }) => code)]).toEqual(['partner/1001', expect.arrayContaining(['no-agreement-in-force'])]);
    expect(sent(await notificationsOf(id, 2))).toEqual(['act partner/1001 billing@northwind.example', 'inform partner/2003 desk@litware.example']);
  });

  it('3: a failed sign-in goes to the publisher, the partner is informed, the customer is shown the support URL only', async () => {
    const id = await submit('example-3', { area: 'break-fix', customerId: 'wingtip' });
    const { queue, decision } = await ticketOf(id);
    expect(queue).toBe('isv/contoso');
    expect(decision.contacts.filter((contact) => contact.for === 'customer')).toEqual([expect.objectContaining({ kind: 'customer-support', fields: ['url'] })]);
    expect(sent(await notificationsOf(id, 2))).toEqual(['act isv/contoso support@contoso.example', 'inform partner/3001 support@adatum.example']);
  });

  it("4: a reseller's failed deployment is Microsoft's, handed over by its provider", async () => {
    const id = await submit('example-4', { area: 'azure-deployment', asker: 'indirect-reseller', customerId: 'woodgrove', offerId: 'contoso-vm' });
    expect(await ticketOf(id)).toMatchObject({ decision: { responsible: { role: 'microsoft' }, firstContact: { role: 'indirect-provider', partyId: '1001' }, handsOver: { partyId: '1001' } } });
    const items = await notificationsOf(id, 1);
    expect(sent(items)).toEqual(['hand-over partner/1001 desk@northwind.example']);
  });

  it("5: a publisher's payout is Microsoft's, and the publisher hears how to take it there", async () => {
    const id = await submit('example-5', { area: 'account-support', asker: 'isv-publisher' });
    expect(await ticketOf(id)).toMatchObject({ queue: 'microsoft/account-support', decision: { responsible: { role: 'microsoft' } } });
    expect(sent(await notificationsOf(id, 1))).toEqual(['hand-over isv/contoso alliances@contoso.example']);
  });

  it('6: during an outage the ticket is attached: the partner is told, the publisher gets no second page', async () => {
    const notice = { noticeId: 'e2e-outage', offerId: 'tailspin-analytics', summary: 'Reports are down.', startedAt: new Date(Date.now() - 60_000).toISOString() };
    expect((await handoff.request(`${handoff.urls.intake}/v1/health-notices`, { method: 'POST', body: notice })).status).toBe(202);
    // The notice travels by the offer's key, the ticket by its own: wait until routing answers with it.
    await eventually(async () => {
      const { body } = await handoff.request(`${handoff.urls.routing}/v1/explain`, { method: 'POST', body: { ticket: { area: 'break-fix' }, offer: 'tailspin-analytics', customerId: 'wingtip' } });
      expect(body['attachedTo']).toBe('e2e-outage');
    });
    const id = await submit('example-6', { area: 'break-fix', customerId: 'woodgrove', offerId: 'tailspin-analytics' });
    expect((await ticketOf(id)).decision.attachedTo).toBe('e2e-outage');
    expect(sent(await notificationsOf(id, 2))).toEqual(['inform partner/1001 desk@northwind.example', 'inform partner/2002 desk@fabrikam.example']);
  });
});

describe('a delivery that comes again', () => {
  const post = (event: string, summary: string, identifier: string) => {
    const now = new Date().toISOString();
    const body = JSON.stringify({ timestamp: Date.now(), webhookEvent: event, issue: { id: '77001', key: 'E2E-5', self: 'https://jira.example/rest/api/2/issue/77001', fields: { summary, priority: { name: 'High' }, status: { name: 'To Do' }, labels: [], created: now, updated: now } } });
    const signature = createHmac('sha256', handoff.secrets['jira-demo'] ?? '').update(body).digest('hex');
    return () => handoff.request(`${handoff.urls.intake}/v1/sources/jira-demo/webhooks`, { method: 'POST', body, isAnonymous: true, headers: { 'x-hub-signature': `sha256=${signature}`, 'x-atlassian-webhook-identifier': identifier } });
  };

  it('five times at once, has one effect: one decision, and one mail to each', async () => {
    const created = post('jira:issue_created', 'Only once', 'e2e-five');
    const answers = await Promise.all(Array.from({ length: 5 }, () => created()));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => `${String(body['eventId'])} ${String(body['ticketId'])}`)).size).toBe(1);
    const ticketId = answers[0]?.body['ticketId'] as unknown as string;
    // What comes after them in the ticket's own order shows, once it has arrived, that all five are through.
    expect((await post('jira:issue_updated', 'Only once, updated', 'e2e-six')()).status).toBe(202);
    await notificationsOf(ticketId, 3);
    expect((await ticketOf(ticketId)).decisions).toMatchObject([{ change: 'created' }, { change: 'updated' }]);
    const mails = await handoff.mails({ subject: 'Only once', to: 'support@contoso.example' });
    expect(mails.map(({ text }) => /version (\d+)/.exec(text)?.[1]).sort()).toEqual(['1', '2']);
  });
});

describe('a genuine webhook that is not understood', () => {
  it('is taken, shown with the reason, and can be discarded', async () => {
    const body = '{"a":';
    const signature = createHmac('sha256', handoff.secrets['jira-demo'] ?? '').update(body).digest('hex');
    const answer = await handoff.request(`${handoff.urls.intake}/v1/sources/jira-demo/webhooks`, { method: 'POST', body, isAnonymous: true, headers: { 'x-hub-signature': `sha256=${signature}` } });
    expect([answer.status, answer.body['parked'], answer.body['code']]).toEqual([202, true, 'invalid-json']);
    const parked = `${handoff.urls.intake}/v1/parked-deliveries/${String(answer.body['parkedId'])}`;
    expect((await handoff.request(parked)).body).toMatchObject({ source: 'jira-demo', failures: [{ code: 'invalid-json' }], request: { body } });
    expect((await handoff.request(`${parked}?note=a%20test`, { method: 'DELETE' })).status).toBe(204);
  });
});

describe('what is refused', () => {
  const webhooks = (source: string) => `${handoff.urls.intake}/v1/sources/${source}/webhooks`;
  const signed = (body: string, at = new Date()) => {
    const timestamp = at.toISOString();
    return { 'x-zendesk-webhook-signature-timestamp': timestamp, 'x-zendesk-webhook-signature': createHmac('sha256', handoff.secrets['zendesk-demo'] ?? '').update(timestamp + body).digest('base64') };
  };
  const post = (source: string, body: string, headers: Record<string, string>) => handoff.request(webhooks(source), { method: 'POST', body, headers, isAnonymous: true });

  it.each([
    ['a wrong signature', 401, 'signature-invalid', () => post('zendesk-demo', '{}', signed('{"other":1}'))],
    ['a stale timestamp', 401, 'timestamp-stale', () => post('zendesk-demo', '{}', signed('{}', new Date(Date.now() - 600_000)))],
    ['a body over the limit', 413, 'body-too-large', () => post('zendesk-demo', `"${'x'.repeat(4_200_000)}"`, signed('x'))],
    ['an unknown source', 404, 'source-unknown', () => post('nobody', '{}', {})],
    ['a ticket without a subject or id', 422, 'invalid-content', () => handoff.request(`${handoff.urls.intake}/v1/tickets`, { method: 'POST', body: {} })],
    ['a management call without the token', 401, 'token-required', () => handoff.request(`${handoff.urls.intake}/v1/sources`, { isAnonymous: true })],
    ['a question to routing without the token', 401, 'token-required', () => handoff.request(`${handoff.urls.routing}/v1/tickets`, { isAnonymous: true })],
    ['a question to the notifier with another token', 401, 'token-required', () => handoff.request(`${handoff.urls.notifier}/v1/channels`, { isAnonymous: true, headers: { authorization: 'Bearer guess' } })],
    ['metrics without the token', 401, 'token-required', () => handoff.request(`${handoff.urls.intake}/metrics`, { isAnonymous: true })],
  ])('%s is answered by its own problem document: %i %s', async (_what, status, code, ask) => {
    const answer = await ask();
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ type: expect.any(String), title: expect.any(String), detail: expect.any(String), status });
  });
});
