import { decodeEvent, type EventOf, type HandoffEvent, type TicketFields, type TicketReceived } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { MemoryDatabase, MemoryTransactions, type StoredRecord } from '@handoff/messaging';
import { aTicketReceived, MovableClock } from '@handoff/testing';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import type { DirectoryContent } from '../directory/directory.js';
import { MemoryDirectoryStore } from '../directory/directory.store.memory.js';
import { MemoryTicketStore } from '../tickets/ticket.store.memory.js';
import { RouteTicketHandler } from './route-ticket.handler.js';

type Routed = EventOf<'handoff.ticket.routed.v1'>;

async function setUp(content: DirectoryContent = DEMO_DIRECTORY) {
  const published: HandoffEvent[] = [];
  const handOff = (records: readonly StoredRecord[]): Promise<void> => {
    published.push(...records.map(({ value, headers }) => decodeEvent({ value, headers })));
    return Promise.resolve();
  };
  const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff });
  const directory = new MemoryDirectoryStore();
  const tickets = new MemoryTicketStore();
  const matrix = compile(DEFAULT_MATRIX);
  await transactions.run((tx) => directory.save(tx, content));
  const handler = new RouteTicketHandler({ tickets, directory, matrix: () => matrix, clock: new MovableClock() });
  return {
    published,
    openOutage: () => transactions.run((tx) => directory.saveHealthNotice(tx, { id: 'outage-7', offerId: 'contoso-crm', summary: 'Sign-in is down.', startedAt: '2026-11-02T07:00:00.000Z', endedAt: null })),
    route: async (...events: EventOf<'handoff.ticket.received.v1'>[]): Promise<Routed> => {
      await transactions.run((tx) => handler.handle(events, tx));
      const routed = published.filter(({ type }) => type === 'handoff.ticket.routed.v1').at(-1);
      return routed as Routed;
    },
  };
}

type Told = Partial<Omit<TicketReceived, 'ticket'>> & { readonly ticket?: TicketFields };
const told = (data: Told) => aTicketReceived(data as Parameters<typeof aTicketReceived>[0]);
const sentTo = ({ data }: Routed) => data.recipients.map(({ purpose, destination, email }) => [purpose, destination, email]);
const codes = ({ data }: Routed) => data.decision.reasons.map(({ code }) => code);

describe('the worked examples of the guidance, with the demo directory', () => {
  it('1: the invoice doubled, and the agreement gives billing to the reseller: the reseller acts, then its provider, then Microsoft', async () => {
    const { route } = await setUp();
    const routed = await route(told({ ticket: { area: 'customer-billing', customerId: 'woodgrove' } }));
    expect(routed.data.decision).toMatchObject({ responsible: { role: 'indirect-reseller', partyId: '2002' }, firstContact: { role: 'indirect-reseller', partyId: '2002' }, escalation: [{ role: 'indirect-provider', partyId: '1001' }, { role: 'microsoft' }], queue: 'partner/2002' });
    expect(sentTo(routed)).toEqual([['act', 'partner/2002', 'desk@fabrikam.example']]);
  });

  it('2: the same without an agreement: the provider acts, and the reseller hears that it should ask its provider', async () => {
    const { route } = await setUp();
    const routed = await route(told({ ticket: { area: 'customer-billing', customerId: 'proseware' } }));
    expect(routed.data.decision).toMatchObject({ responsible: { role: 'indirect-provider', partyId: '1001' }, queue: 'partner/1001' });
    expect(codes(routed)).toContain('no-agreement-in-force');
    expect(sentTo(routed)).toEqual([['act', 'partner/1001', 'billing@northwind.example'], ['inform', 'partner/2003', 'desk@litware.example']]);
  });

  it('3: a customer of a direct-bill partner cannot sign in: the ISV acts, the partner is informed, the customer is shown the support URL only', async () => {
    const { route } = await setUp();
    const routed = await route(told({ ticket: { area: 'break-fix', customerId: 'wingtip' } }));
    expect(routed.data.decision.queue).toBe('isv/contoso');
    expect(sentTo(routed)).toEqual([['act', 'isv/contoso', 'support@contoso.example'], ['inform', 'partner/3001', 'support@adatum.example']]);
    const forCustomer = routed.data.decision.contacts.filter((contact) => contact.for === 'customer');
    expect(forCustomer).toEqual([expect.objectContaining({ kind: 'customer-support', fields: ['url'] })]);
    expect(routed.data.decision.documents.map(({ url }) => url)).toContain('https://docs.contoso.example/crm');
  });

  it("4: a reseller cannot provision an Azure application: Microsoft's, handed over by its provider", async () => {
    const { route } = await setUp();
    const routed = await route(told({ ticket: { area: 'azure-deployment', asker: 'indirect-reseller', customerId: 'woodgrove', offerId: 'contoso-vm' } }));
    expect(routed.data.decision).toMatchObject({ responsible: { role: 'microsoft' }, firstContact: { role: 'indirect-provider', partyId: '1001' }, handsOver: { partyId: '1001' } });
    expect(sentTo(routed)[0]).toEqual(['hand-over', 'partner/1001', 'desk@northwind.example']);
  });

  it('5: the ISV asks about its payout: Microsoft', async () => {
    const { route } = await setUp();
    const routed = await route(told({ sourceParty: 'isv/contoso', ticket: { area: 'account-support', asker: 'isv-publisher', customerId: null } }));
    expect(routed.data.decision).toMatchObject({ responsible: { role: 'microsoft' }, queue: 'microsoft/account-support' });
    expect(sentTo(routed)).toEqual([['hand-over', 'isv/contoso', 'alliances@contoso.example']]);
  });

  it('6: break-fix while an outage is open: attached, no second page for the ISV, the partner is told', async () => {
    const { route, openOutage, published } = await setUp();
    await openOutage();
    const routed = await route(told({ ticket: { area: 'break-fix', customerId: 'wingtip' } }));
    expect(routed.data.decision.attachedTo).toBe('outage-7');
    expect(sentTo(routed)).toEqual([['inform', 'partner/3001', 'support@adatum.example']]);
    expect(published.at(-1)).toMatchObject({ type: 'handoff.ticket.attached.v1', data: { ticketVersion: 2, noticeId: 'outage-7' } });
  });
});

describe('a ticket over its life', () => {
  it('keeps what an update does not tell, rises in version, and follows to whoever acts', async () => {
    const { route } = await setUp();
    await route(told({ ticket: { area: 'break-fix', subject: 'Sign-in fails' } }));
    const updated = await route(told({ change: 'updated', occurredAt: '2026-11-02T09:00:00.000Z', ticket: { subject: undefined, severity: 'A', area: undefined, offerId: undefined, customerId: undefined } as never }));
    expect(updated.data).toMatchObject({ ticketVersion: 2, previousQueue: 'isv/contoso', ticket: { subject: 'Sign-in fails', severity: 'A', area: 'break-fix', offerId: 'contoso-crm' } });
    expect(sentTo(updated)).toEqual([['act', 'isv/contoso', 'support@contoso.example']]);
  });

  it('is routed anew when its facts change, and then everybody hears of it', async () => {
    const { route } = await setUp();
    await route(told({ ticket: { area: 'break-fix' } }));
    const updated = await route(told({ change: 'updated', occurredAt: '2026-11-02T09:00:00.000Z', ticket: { area: 'payment' } }));
    expect(updated.data).toMatchObject({ previousQueue: 'isv/contoso', decision: { queue: 'partner/3001' } });
  });

  it('sends nothing when an update changes nothing that anybody would read', async () => {
    const { route } = await setUp();
    await route(told({ ticket: { area: 'break-fix', labels: ['a'] } }));
    const updated = await route(told({ change: 'updated', occurredAt: '2026-11-02T09:00:00.000Z', ticket: { labels: ['b'] } }));
    expect([updated.data.ticketVersion, sentTo(updated)]).toEqual([2, []]);
  });

  it('is not set back by an event that comes late, but learns from it what was never told', async () => {
    const { route } = await setUp();
    await route(told({ change: 'updated', occurredAt: '2026-11-02T10:00:00.000Z', ticket: { subject: 'New', description: undefined } as never }));
    const late = await route(told({ change: 'created', occurredAt: '2026-11-02T08:00:00.000Z', ticket: { subject: 'Old', description: 'From the start' } }));
    expect(late.data.ticket).toMatchObject({ subject: 'New', description: 'From the start' });
  });

  it('of which an update is heard first, is what its source says of its tickets, until somebody tells otherwise', async () => {
    const { route } = await setUp();
    const bare = { subject: 'Hello', area: undefined, asker: undefined, offerId: undefined, customerId: undefined } as never;
    const first = await route(told({ change: 'updated', occurredAt: '2026-11-02T10:00:00.000Z', ticket: bare, defaults: { area: 'break-fix', offerId: 'contoso-crm', customerId: 'wingtip' } }));
    expect(first.data).toMatchObject({ ticket: { area: 'break-fix' }, decision: { queue: 'isv/contoso' } });
    const late = await route(told({ change: 'created', occurredAt: '2026-11-02T08:00:00.000Z', ticket: { area: 'payment' } }));
    expect(late.data).toMatchObject({ ticket: { area: 'payment' }, decision: { queue: 'partner/3001' } });
  });

  it('is decided in order when several of its events come in one chunk', async () => {
    const { route, published } = await setUp();
    await route(...[1, 2, 3].map((hour) => told({ change: hour === 1 ? 'created' : 'updated', occurredAt: `2026-11-02T0${hour}:00:00.000Z`, ticket: { subject: `s${hour}` } })));
    expect(published.map((event) => (event as Routed).data.ticketVersion)).toEqual([1, 2, 3]);
    expect((published.at(-1) as Routed).data.ticket.subject).toBe('s3');
  });

  it('that nobody has classified waits in triage, and pages nobody', async () => {
    const { route } = await setUp();
    const routed = await route(told({ ticket: { area: null } }));
    expect([routed.data.decision.queue, sentTo(routed)]).toEqual(['triage', []]);
  });

  it("that lies in the responsible party's own system stays there", async () => {
    const { route } = await setUp();
    const routed = await route(told({ sourceParty: 'partner/3001', ticket: { area: 'payment', customerId: 'wingtip' } }));
    expect([routed.data.decision.stays, sentTo(routed)]).toEqual([true, []]);
    expect(codes(routed)).toContain('already-there');
  });

  it('of a customer that the directory does not know belongs to the partner whose system told of it', async () => {
    const { route } = await setUp();
    const routed = await route(told({ sourceParty: 'partner/3001', ticket: { area: 'break-fix', customerId: 'a-stranger' } }));
    expect(sentTo(routed)).toEqual([['act', 'isv/contoso', 'support@contoso.example'], ['inform', 'partner/3001', 'support@adatum.example']]);
  });

  it('says the same under the same ids when an event is routed again', async () => {
    const [first, second] = await Promise.all([setUp(), setUp()]);
    await first.route(told({}));
    await second.route(told({}));
    expect(first.published).toEqual(second.published);
  });
});

describe('the language in which a contact is written to', () => {
  const languagesOf = ({ data }: Routed) => data.recipients.map(({ destination, language }) => [destination, language]);
  const { publishers, partners, offers } = DEMO_DIRECTORY;
  const inTurkish: DirectoryContent = {
    ...DEMO_DIRECTORY,
    publishers: publishers.map((publisher) => ({ ...publisher, language: 'tr' })),
    partners: partners.map((partner) => ({ ...partner, language: 'tr-TR', contacts: { ...partner.contacts, 'break-fix': { email: 'night@adatum.example', language: 'en' } } })),
    offers,
  };

  it('is its own, else that of its party', async () => {
    const { route } = await setUp(inTurkish);
    expect(languagesOf(await route(told({ ticket: { area: 'break-fix', customerId: 'wingtip' } })))).toEqual([['isv/contoso', 'tr'], ['partner/3001', 'en']]);
    expect(languagesOf(await route(told({ externalId: 'T-2', ticket: { area: 'customer-billing', customerId: 'woodgrove' } })))).toEqual([['partner/2002', 'tr-TR']]);
  });

  it('is not told where the directory does not say', async () => {
    const { route } = await setUp();
    expect(languagesOf(await route(told({ ticket: { area: 'break-fix', customerId: 'wingtip' } })))).toEqual([['isv/contoso', undefined], ['partner/3001', undefined]]);
  });
});
