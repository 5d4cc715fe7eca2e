import { eventually } from '@handoff/testing';
import { type Desk, type DeskTicket, HANDOFF_ACTOR, openZammadDesk, openZendeskDesk } from './desks.js';
import { type RunningHandoff, startHandoff } from './running-handoff.js';

/**
 * A partner's Zendesk and the Zammad of its publisher, with Handoff between them. Both post a webhook for everything that happens in
 * them, also for what Handoff did: Zendesk names who it was, Zammad does not.
 */
let handoff: RunningHandoff;
let partner: Desk;
let contact: Desk;

async function listen(desk: Desk, source: string, body: object): Promise<void> {
  const { status, body: created } = await handoff.request(`${handoff.urls.intake}/v1/sources`, { method: 'POST', body: { source, ...body } });
  expect(status).toBe(201);
  desk.listener = { url: `${handoff.urls.intake}/v1/sources/${source}/webhooks`, secret: String(created['secret']) };
}

async function channel(body: object): Promise<void> {
  expect(await handoff.request(`${handoff.urls.notifier}/v1/channels`, { method: 'POST', body: { kind: 'ticketing', ...body } })).toMatchObject({ status: 201 });
}

beforeAll(async () => {
  [partner, contact] = await Promise.all([openZendeskDesk(), openZammadDesk()]);
  handoff = await startHandoff({ EGRESS_ALLOW_PRIVATE: 'true' });
  await listen(partner, 'partner-desk', { adapter: 'zendesk', sourceParty: 'partner/3001', ownActors: [HANDOFF_ACTOR], mapping: { defaults: { asker: 'customer', offerId: 'contoso-crm', customerId: 'wingtip', area: 'break-fix', severity: 'B' } } });
  await listen(contact, 'contact-desk', { adapter: 'zammad', sourceParty: 'isv/contoso', copiesOnly: true });
  await channel({ destination: 'isv/contoso', system: 'zammad', url: contact.url, source: 'contact-desk', settings: { group: 'Users', customerEmail: 'handoff@desk.example' }, credentials: { token: 'an-access-token' } });
  await channel({ destination: 'source/partner-desk', system: 'zendesk', url: partner.url, credentials: { email: 'agent@desk.example', apiToken: 'an-api-token' } });
}, 180_000);
afterAll(async () => {
  await handoff.stop();
  await Promise.all([partner.close(), contact.close()]);
}, 60_000);

interface Shown {
  readonly ticketId: string;
  readonly ticketVersion: number;
  readonly isClosed: boolean;
  readonly response: { readonly acknowledgements: readonly object[]; readonly next: object | null };
  readonly replies: readonly object[];
}

const WITHIN = { withinMs: 60_000 };

async function ticketOf(original: DeskTicket): Promise<Shown> {
  const { body } = await handoff.request(`${handoff.urls.routing}/v1/tickets?source=partner-desk&externalId=${original.id}`);
  const [found] = body['items'] as unknown as Shown[];
  if (found === undefined) throw new Error('The ticket is not there yet.');
  return (await handoff.request(`${handoff.urls.routing}/v1/tickets/${found.ticketId}`)).body as unknown as Shown;
}

/** Everything that was said is delivered, and every event that it caused is handled. */
async function settled(): Promise<void> {
  let before = '';
  await eventually(async () => {
    const [row] = await handoff.query<{ state: string; waiting: number }>(
      `select (select count(*) from notifier.notification where state = 'pending')::int + (select count(*) from notifier.outbox)::int + (select count(*) from routing.outbox)::int + (select count(*) from routing.parked)::int + (select count(*) from notifier.parked)::int as waiting,
         (select count(*) || ' ' || coalesce(sum(version), 0) from routing.ticket) || ' ' || (select count(*) from routing.inbox) || ' ' || (select count(*) from notifier.inbox) || ' ' || (select count(*) from notifier.notification) as state`);
    const state = `${row?.state ?? ''} ${partner.answers.length} ${contact.answers.length}`;
    const isSame = state === before;
    before = state;
    expect([row?.waiting, isSame]).toEqual([0, true]);
  }, { withinMs: 60_000, everyMs: 1_500 });
}

const bySystem = ({ notes }: DeskTicket): string[] => notes.filter(({ by }) => by === HANDOFF_ACTOR).map(({ text }) => text);

async function handedOver(subject: string): Promise<{ original: DeskTicket; copy: DeskTicket }> {
  const original = await partner.open(subject, 'Error 500 after the password.');
  const copy = await eventually(() => {
    const found = contact.tickets.find((one) => one.subject.includes(subject));
    if (found === undefined) throw new Error('There is no copy yet.');
    return Promise.resolve(found);
  }, WITHIN);
  await eventually(() => Promise.resolve(expect(bySystem(original)).toHaveLength(1)), WITHIN);
  await settled();
  return { original, copy };
}

describe('a ticket between the systems of a partner and of a publisher', () => {
  it('is told to both, with the decision as an internal note where it came from, and nothing comes back', async () => {
    const { original, copy } = await handedOver('Told to both');
    expect(original.notes).toEqual([{ by: HANDOFF_ACTOR, isPublic: false, text: expect.stringMatching(/^Handoff-Ticket: handoff\/[0-9a-f-]{36}\nIt was decided who acts on this ticket\.[\s\S]*It is the turn of the publisher Contoso[\s\S]*How it was decided/) as unknown }]);
    expect(original.status).toBe('new');
    expect([copy.text.startsWith('Handoff-Ticket: handoff/'), copy.notes]).toEqual([true, []]);
    expect(await ticketOf(original)).toMatchObject({ ticketVersion: 1, isClosed: false, replies: [] });
  });

  it('takes a comment, an acceptance and the end of its copy to the partner, each once', async () => {
    const { original, copy } = await handedOver('Followed to its end');
    await contact.write(copy, 'For us alone: look at the cluster.', false);
    await contact.write(copy, 'It is the certificate. See the log.');
    await eventually(() => Promise.resolve(expect(bySystem(original)).toHaveLength(2)), WITHIN);
    await settled();
    expect(bySystem(original)[1]).toMatch(/There is an answer to this ticket\.[\s\S]*Ben Field:\n> It is the certificate\. See the log\.[\s\S]*log\.txt: http:\/\/127\.0\.0\.1:\d+\/api\/v1\/attachments\/\d+/);
    expect(await ticketOf(original)).toMatchObject({ response: { acknowledgements: [] }, replies: [{ party: 'isv/contoso', channel: 'ticketing', by: 'Ben Field', text: 'It is the certificate. See the log.' }] });

    await contact.set(copy, 'open');
    await eventually(() => Promise.resolve(expect(bySystem(original)).toHaveLength(3)), WITHIN);
    await settled();
    expect(bySystem(original)[2]).toMatch(/Somebody works on this ticket\.[\s\S]*the publisher Contoso\S* works on it|Somebody works on this ticket\./);
    expect(await ticketOf(original)).toMatchObject({ response: { acknowledgements: [{ party: 'isv/contoso', via: 'zammad' }], next: null } });

    await contact.set(copy, 'closed');
    await eventually(() => Promise.resolve(expect([bySystem(original).length, original.status]).toEqual([4, 'solved'])), WITHIN);
    await settled();
    expect(await ticketOf(original)).toMatchObject({ isClosed: true });
    expect([bySystem(original).length, bySystem(copy).length, original.status, copy.status]).toEqual([4, 0, 'solved', 'closed']);
    expect(bySystem(original).some((text) => text.includes('For us alone'))).toBe(false);
  });

  it('takes a comment of the partner to its copy, and comes open again there when the partner opens it', async () => {
    const { original, copy } = await handedOver('The reverse');
    await partner.write(original, 'It is urgent now.');
    await eventually(() => Promise.resolve(expect(bySystem(copy)).toHaveLength(1)), WITHIN);
    await settled();
    expect(bySystem(copy)[0]).toMatch(/> It is urgent now\./);
    await contact.set(copy, 'closed');
    await eventually(() => Promise.resolve(expect(original.status).toBe('solved')), WITHIN);
    await settled();
    await partner.set(original, 'open');
    await eventually(() => Promise.resolve(expect(copy.status).toBe('open')), WITHIN);
    await settled();
    expect(await ticketOf(original)).toMatchObject({ isClosed: false });
    expect([bySystem(original).length, bySystem(copy).length]).toEqual([2, 2]);
  });

  it('is resolved in both systems by the handoff command', async () => {
    const { original, copy } = await handedOver('Resolved by hand');
    const { ticketId } = await ticketOf(original);
    const { code, stdout } = await handoff.handoff('tickets', 'resolve', ticketId, '--by', 'ada', '--note', 'It works again.', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { ticketId, isClosed: true }]);
    await eventually(() => Promise.resolve(expect([original.status, copy.status]).toEqual(['solved', 'closed'])), WITHIN);
    await settled();
    expect([bySystem(original).length, bySystem(copy).length]).toEqual([2, 1]);
    expect(bySystem(original)[1]).toContain('> It works again.');
  });

  it('is never a second ticket, in no system, and nothing was refused', async () => {
    await settled();
    expect([partner.refused, contact.refused]).toEqual([[], []]);
    expect([...partner.answers, ...contact.answers].filter(({ status }) => status >= 300)).toEqual([]);
    expect(contact.tickets).toHaveLength(partner.tickets.length);
    expect(await handoff.query("select distinct source from routing.ticket where source in ('partner-desk', 'contact-desk')")).toEqual([{ source: 'partner-desk' }]);
    expect(await handoff.query('select 1 from routing.copy_event where event is not null')).toEqual([]);
  });
});
