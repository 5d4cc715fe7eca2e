import { eventually } from '@handoff/testing';
import nodemailer from 'nodemailer';
import { freePorts, type RunningHandoff, startHandoff } from './running-handoff.js';

let handoff: RunningHandoff;
let mailPort = 0;

beforeAll(async () => {
  const ports = await freePorts(['MAIL_RECEIVE_PORT']);
  mailPort = Number(ports['MAIL_RECEIVE_PORT']);
  handoff = await startHandoff(ports);
}, 150_000);
afterAll(() => handoff.stop(), 60_000);

interface Ticket {
  readonly acknowledgeBy: string | null;
  readonly response: { readonly acknowledgedAt: string | null; readonly overdueSince: string | null; readonly acknowledgements: readonly object[]; readonly steps: readonly { step: string }[]; readonly next: object | null };
}

const ticketOf = async (ticketId: string): Promise<Ticket> => (await handoff.request(`${handoff.urls.routing}/v1/tickets/${ticketId}`)).body as unknown as Ticket;

const submit = async (externalId: string): Promise<string> => {
  const { status, body } = await handoff.request(`${handoff.urls.intake}/v1/tickets`, { method: 'POST', body: { source: 'e2e', externalId, subject: externalId, offerId: 'contoso-crm', customerId: 'wingtip', asker: 'customer', area: 'break-fix', severity: 'A' } });
  expect(status).toBe(202);
  return body['ticketId'] as unknown as string;
};

const mailsTo = async (to: string, externalId: string) => (await handoff.mails({ to })).filter(({ subject }) => subject.includes(externalId));

/** Lets the target of a ticket be missed, in the database rather than by waiting. */
async function missTarget(ticketId: string): Promise<void> {
  const past = new Date(Date.now() - 60_000).toISOString();
  await handoff.query(
    `with moved as (update routing.ticket set response = response::jsonb || jsonb_build_object('acknowledgeBy', $2::text, 'next', jsonb_build_object('kind', 'escalation', 'at', $2::text)) where id = $1 returning id)
     update routing.timer set due_at = $2::timestamptz where ticket_id in (select id from moved)`, [ticketId, past]);
}

describe('a ticket with a response target', () => {
  it('goes to the partner when the publisher does not acknowledge it, and the link of that mail acknowledges it', async () => {
    const ticketId = await submit('ACK-1');
    await eventually(async () => expect((await ticketOf(ticketId)).acknowledgeBy).toEqual(expect.any(String)));
    await eventually(async () => expect(await mailsTo('support@contoso.example', 'ACK-1')).toHaveLength(1));
    await missTarget(ticketId);
    const mail = await eventually(async () => {
      const found = (await mailsTo('support@adatum.example', 'ACK-1')).find(({ text }) => text.includes('It is your turn now'));
      expect(found?.text).toContain('nobody has acknowledged it in time');
      return found;
    });
    const overdue = await handoff.request(`${handoff.urls.routing}/v1/tickets?isOverdue=true`);
    expect(overdue.body['items']).toMatchObject([{ ticketId }]);
    const link = /http:\/\/\S+\/a\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
    const page = await fetch(link, { headers: { 'accept-language': 'tr' } });
    expect([page.status, (await page.text()).includes('<html lang="tr">')]).toEqual([200, true]);
    expect((await ticketOf(ticketId)).response.acknowledgedAt).toBeNull();
    expect(await (await fetch(link, { method: 'POST' })).text()).toContain('Thank you.');
    const { response } = await eventually(async () => {
      const ticket = await ticketOf(ticketId);
      expect(ticket.response.acknowledgedAt).not.toBeNull();
      return ticket;
    });
    expect(response).toMatchObject({ overdueSince: null, next: null, steps: [{ step: 'accountable' }], acknowledgements: [{ party: 'partner/3001', via: 'link' }] });
    expect(await (await fetch(link, { method: 'POST' })).text()).toContain('was acknowledged before');
    expect(await handoff.query('select 1 from routing.timer where ticket_id = $1', [ticketId])).toEqual([]);
  });

  it('is acknowledged by an answer to its mail, which then is a part of the ticket', async () => {
    const ticketId = await submit('ACK-3');
    const [mail] = await eventually(async () => {
      const found = await mailsTo('support@contoso.example', 'ACK-3');
      expect(found).toHaveLength(1);
      return found;
    });
    const { headers } = (await handoff.request(`${handoff.urls.mailbox}/api/messages/${mail?.id ?? ''}`)).body as unknown as { headers: Record<string, string> };
    expect(headers['reply-to']).toMatch(/^reply\+[a-z2-7]{52}@/);
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: mailPort, ignoreTLS: true });
    await transport.sendMail({ from: 'Ada <ada@contoso.example>', to: headers['reply-to'], subject: `Re: ${mail?.subject ?? ''}`, text: `We look at it.\n\nOn Monday, Handoff wrote:\n${(mail?.text ?? '').replace(/^/gm, '> ')}` });
    transport.close();
    await eventually(async () => expect(await ticketOf(ticketId)).toMatchObject({
      response: { next: null, acknowledgements: [{ party: 'isv/contoso', by: 'Ada <ada@contoso.example>', via: 'reply' }] }, replies: [{ party: 'isv/contoso', text: 'We look at it.', isCut: false }],
    }));
  });

  it('is acknowledged by the handoff command', async () => {
    const ticketId = await submit('ACK-2');
    await eventually(async () => expect((await ticketOf(ticketId)).acknowledgeBy).toEqual(expect.any(String)));
    const { code, stdout } = await handoff.handoff('tickets', 'acknowledge', ticketId, '--by', 'ada', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ticketVersion: 2, response: { acknowledgements: [{ by: 'ada', party: null, via: 'api' }], next: null } });
  });
});
