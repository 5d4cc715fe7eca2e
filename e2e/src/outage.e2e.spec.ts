import { eventually } from '@handoff/testing';
import { type RunningHandoff, startHandoff } from './running-handoff.js';

let handoff: RunningHandoff;

beforeAll(async () => {
  handoff = await startHandoff();
}, 150_000);
afterAll(() => handoff.stop(), 60_000);

const noticeId = 'outage-e2e';
const report = async (news: object): Promise<void> => {
  const body = { noticeId, offerId: 'contoso-crm', summary: 'Sign-in is down in Europe.', startedAt: '2026-11-02T07:40:00Z', ...news };
  expect((await handoff.request(`${handoff.urls.intake}/v1/health-notices`, { method: 'POST', body })).status).toBe(202);
};
const mailsOf = async (to: string) => (await handoff.mails({ to })).filter(({ subject }) => subject.includes(noticeId));

describe('an outage that a publisher reports', () => {
  it('reaches each partner with customers on the offer once, gathers the tickets that come meanwhile, and ends for all', async () => {
    await report({});
    const [reseller] = await eventually(async () => {
      const mails = await mailsOf('desk@fabrikam.example');
      expect(mails).toHaveLength(1);
      return mails;
    });
    expect(reseller?.text).toContain('There is an outage of Contoso CRM');
    expect(reseller?.text).toContain('Woodgrove Bank');
    expect(reseller?.text).not.toMatch(/Proseware|Wingtip/);
    await report({});

    const { body: { ticketId } } = await handoff.request(`${handoff.urls.intake}/v1/tickets`, { method: 'POST', body: { source: 'e2e', externalId: 'OUTAGE-1', subject: 'Sign-in fails', offerId: 'contoso-crm', customerId: 'wingtip', asker: 'customer', area: 'break-fix', severity: 'B' } });
    await eventually(async () => {
      const { body } = await handoff.request(`${handoff.urls.routing}/v1/tickets/${String(ticketId)}`);
      expect(body).toMatchObject({ decision: { attachedTo: noticeId } });
    });

    await report({ endedAt: '2026-11-02T10:00:00Z' });
    await eventually(async () => {
      const { body } = await handoff.request(`${handoff.urls.routing}/v1/health-notices/${noticeId}/partners`);
      expect((body['items'] as unknown as { messages: object[] }[]).map(({ messages }) => messages)).toMatchObject(['1001', '2002', '2003', '3001'].map(() => [{ version: 1, outcome: 'delivered' }, { version: 2, outcome: 'delivered' }]));
    });
    expect((await mailsOf('desk@fabrikam.example')).map(({ text }) => text.split('\n')[0])).toEqual(expect.arrayContaining([expect.stringContaining('There is an outage'), 'The outage of Contoso CRM is over.']));
    const notice = await handoff.request(`${handoff.urls.routing}/v1/health-notices/${noticeId}`);
    expect(notice.body).toMatchObject({ noticeVersion: 2, endedAt: '2026-11-02T10:00:00.000Z', partners: 4, partnersTold: 4, failure: null });
    expect((await handoff.request(`${handoff.urls.routing}/v1/health-notices?isOpen=false`)).body['items']).toMatchObject([{ noticeId }]);
    expect(await handoff.request(`${handoff.urls.routing}/v1/health-notices/unheard-of`)).toMatchObject({ status: 404, body: { code: 'notice-unknown' } });
  });
});
