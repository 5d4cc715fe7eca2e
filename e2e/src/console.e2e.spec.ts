import { eventually } from '@handoff/testing';
import { type RunningHandoff, startHandoff } from './running-handoff.js';

let handoff: RunningHandoff;

beforeAll(async () => {
  handoff = await startHandoff();
}, 150_000);
afterAll(() => handoff.stop(), 60_000);

describe('the console', () => {
  it('shows a ticket in its queue, found by its words, with the whole story', async () => {
    const { body: accepted } = await handoff.request(`${handoff.urls.intake}/v1/tickets`, { method: 'POST', body: { source: 'e2e', externalId: 'CON-1', subject: 'Oturum IŞIK vermiyor', area: 'break-fix', severity: 'B', offerId: 'contoso-crm', customerId: 'wingtip', asker: 'customer' } });
    const ticketId = accepted['ticketId'] as unknown as string;
    const { body: ticket } = await eventually(async () => {
      const answer = await handoff.request(`${handoff.urls.console}/api/tickets/${ticketId}`);
      const kinds = ((answer.body['timeline'] as { items?: { kind: string }[] } | undefined)?.items ?? []).map(({ kind }) => kind);
      expect(kinds).toEqual(['notified', 'notified', 'decided', 'received']);
      return answer;
    });
    expect(ticket).toMatchObject({ ticketId, queue: 'isv/contoso', state: 'waiting', severity: 'B', hasIt: ['isv/contoso'], undelivered: 0, timeline: { next: null } });
    const [found, queues] = await Promise.all([handoff.request(`${handoff.urls.console}/api/tickets?queue=isv/contoso&text=isik`), handoff.request(`${handoff.urls.console}/api/queues`)]);
    expect(found.body['items']).toMatchObject([{ ticketId }]);
    expect(queues.body['items']).toMatchObject([{ queue: 'isv/contoso', open: 1, bySeverity: [{ severity: 'B', tickets: 1 }] }]);

    await handoff.request(`${handoff.urls.routing}/v1/tickets/${ticketId}/acknowledge`, { method: 'POST', body: { by: 'ada' } });
    await eventually(async () => {
      const { body } = await handoff.request(`${handoff.urls.console}/api/tickets/${ticketId}`);
      expect(body).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'ada' });
    });
  });

  it('hands calls on to the other services, in the name of who is signed in', async () => {
    const link = await handoff.handoff('console', 'link', '--name', 'Ada Lovelace');
    const signedIn = await fetch(link.stdout.trim(), { redirect: 'manual' });
    const headers = { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '', 'sec-fetch-site': 'same-origin', 'x-handoff-console': '1' };
    const { body: accepted } = await handoff.request(`${handoff.urls.console}/api/intake/v1/tickets`, { method: 'POST', isAnonymous: true, headers, body: { source: 'e2e', externalId: 'CON-2', subject: 'Export stays empty', area: 'break-fix', severity: 'B', offerId: 'contoso-crm', customerId: 'wingtip', asker: 'customer' } });
    const ticketId = accepted['ticketId'] as unknown as string;
    const path = `${handoff.urls.console}/api/routing/v1/tickets/${ticketId}`;
    await eventually(async () => expect((await handoff.request(path, { isAnonymous: true, headers })).status).toBe(200));
    const { body } = await handoff.request(`${path}/acknowledge`, { method: 'POST', isAnonymous: true, headers: { ...headers, 'x-handoff-actor': 'somebody else' }, body: {} });
    expect(JSON.stringify(body)).toContain('"by":"Ada Lovelace"');
  });

  it.each([
    ['by nobody who is known', 401, 'sign-in-required', '/api/queues', true],
    ['about no ticket', 404, 'ticket-unknown', '/api/tickets/0', false],
    ['by an order that there is not', 422, 'invalid-content', '/api/tickets?sort=luck', false],
    ['for closed tickets by their target', 422, 'invalid-content', '/api/tickets?state=closed&sort=due', false],
    ['for words that are none', 422, 'invalid-content', '/api/tickets?text=%26%27', false],
    ['with a cursor of somewhere else', 400, 'cursor-invalid', '/api/tickets?cursor=abc', false],
  ])('refuses to be asked %s: %i %s', async (_what, status, code, path, isAnonymous) => {
    const answer = await handoff.request(`${handoff.urls.console}${path}`, { isAnonymous });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });
});
