import { decodeEvent, type EventOf, type HandoffEvent } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { MemoryDatabase, MemoryTransactions, type StoredRecord } from '@handoff/messaging';
import type { Problem } from '@handoff/platform';
import { aTicketReceived, MovableClock } from '@handoff/testing';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { MemoryDirectoryStore } from '../directory/directory.store.memory.js';
import type { HealthNotice } from '../directory/directory.js';
import { ReassignTicketHandler } from '../reassign/reassign-ticket.handler.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import { MemoryTicketStore } from '../tickets/ticket.store.memory.js';
import { type Attaching, AttachTicketHandler } from './attach-ticket.handler.js';

const ID = aTicketReceived().data.ticketId;
/** It began after the tickets of these tests. */
const OUTAGE: HealthNotice = { id: 'outage-7', offerId: 'contoso-crm', summary: 'Sign-in is down', startedAt: '2026-11-02T09:30:00.000Z', endedAt: null };
const OTHERS: HealthNotice = { ...OUTAGE, id: 'outage-9', offerId: 'tailspin-analytics' };

async function setUp(notices: readonly HealthNotice[] = [OUTAGE, OTHERS]) {
  const published: HandoffEvent[] = [];
  const handOff = (records: readonly StoredRecord[]): Promise<void> => Promise.resolve(void published.push(...records.map(({ value, headers }) => decodeEvent({ value, headers }))));
  const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff });
  const directory = new MemoryDirectoryStore();
  const tickets = new MemoryTicketStore();
  const compiled = compile(DEFAULT_MATRIX);
  const clock = new MovableClock(new Date('2026-11-02T10:00:00.000Z'));
  await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
  const known = new Map<string, HealthNotice>();
  const report = async (notice: HealthNotice): Promise<void> => {
    known.set(notice.id, notice);
    await transactions.run((tx) => directory.saveHealthNotice(tx, notice));
  };
  for (const notice of notices) await report(notice);
  const finder = { find: (_tx: unknown, id: string) => Promise.resolve(known.has(id) ? { notice: known.get(id) as HealthNotice } : null) };
  const ports = { transactions, tickets, directory, notices: finder, matrix: () => compiled, clock };
  const handler = new AttachTicketHandler(ports);
  const last = () => (published.findLast(({ type }) => type === 'handoff.ticket.routed.v1') as EventOf<'handoff.ticket.routed.v1'>).data;
  const asked = { ticketId: ID, reason: 'The same error.', by: 'ada', ticketVersion: null };
  return {
    published, clock, last, report,
    receive: async (ticket: object = {}, more: object = {}) => {
      await transactions.run((tx) => new RouteTicketHandler({ ...ports, classifier: null }).handle([aTicketReceived({ ...more, ticket: { area: 'break-fix', offerId: 'contoso-crm', customerId: 'woodgrove', ...ticket } as never })], tx));
      return last();
    },
    attach: (noticeId = 'outage-7', more: Partial<Attaching> = {}) => handler.attach({ ...asked, noticeId, ...more }),
    detach: (more: Partial<Attaching> = {}) => handler.detach({ ...asked, reason: 'Their own network.', ...more }),
    move: (to: string) => new ReassignTicketHandler(ports).handle({ ticketId: ID, to, reason: 'They know it.', by: 'ada', ticketVersion: null }),
  };
}

const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'accepted', ({ status, code }: Problem) => `${status} ${code}`);
const codes = (data: EventOf<'handoff.ticket.routed.v1'>['data']): string[] => data.decision.reasons.map(({ code }) => code);

describe('a ticket that a person attaches to an outage', () => {
  it('belongs to it, asks nobody while it lasts, and tells who said so and why', async () => {
    const { receive, attach, last, published } = await setUp();
    expect((await receive()).decision).toMatchObject({ queue: 'isv/contoso', attachedTo: null });
    const ticket = await attach();
    expect(last()).toMatchObject({ ticketVersion: 2, change: 'updated', cause: 'attached', decision: { attachedTo: 'outage-7' }, acknowledgeBy: null });
    expect(last().recipients.filter(({ purpose }) => purpose !== 'inform')).toEqual([]);
    expect(last().decision.reasons.at(-1)).toMatchObject({ code: 'attached-by-person', params: { by: 'ada', notice: 'outage-7' } });
    expect([ticket.version, ticket.response]).toEqual([3, undefined]);
    expect(published.at(-1)).toMatchObject({ type: 'handoff.ticket.attached.v1', data: { ticketVersion: 3, noticeId: 'outage-7', offerId: 'contoso-crm', by: 'ada', reason: 'The same error.' } });
    expect((await attach()).version).toBe(3);
  });

  it('belongs to it whatever it is about, and stays there through updates until the outage ends', async () => {
    const { receive, attach, last, report, clock } = await setUp();
    await receive({ area: 'payment' });
    await attach();
    expect(last().decision.attachedTo).toBe('outage-7');
    const update = (time: string) => receive({ area: 'payment', subject: `News of ${time}` }, { change: 'updated', time, occurredAt: time });
    expect((await update('2026-11-02T11:00:00.000Z')).decision.attachedTo).toBe('outage-7');
    await report({ ...OUTAGE, endedAt: '2026-11-02T12:00:00.000Z' });
    clock.advance(3 * 3_600_000);
    const after = await update('2026-11-02T13:00:00.000Z');
    expect(after.decision.attachedTo).toBeNull();
    expect(codes(after)).not.toContain('attached-by-person');
    expect(after.recipients.some(({ purpose }) => purpose !== 'inform')).toBe(true);
  });

  it('is moved by the next word of a person, and attached again by the next after that', async () => {
    const { receive, attach, move, last } = await setUp();
    await receive();
    await attach();
    await move('partner/2002');
    expect(last().decision).toMatchObject({ queue: 'partner/2002', attachedTo: null });
    expect(codes(last())).not.toContain('attached-by-person');
    await attach();
    expect(last().decision.attachedTo).toBe('outage-7');
    expect(codes(last())).not.toContain('reassigned-by-person');
  });

  it.each([
    ['to an outage that nobody reported', 'outage-1', {}, '404 notice-unknown'],
    ['to an outage of another publisher', 'outage-9', {}, '409 notice-of-others'],
    ['of a version that is over', 'outage-7', { ticketVersion: 7 }, '412 ticket-changed'],
    ['that nobody received', 'outage-7', { ticketId: aTicketReceived({ externalId: 'other' }).data.ticketId }, '404 ticket-unknown'],
  ])('is refused %s', async (_what, noticeId, more, expected) => {
    const { receive, attach } = await setUp();
    await receive();
    expect(await refusal(attach(noticeId, more))).toBe(expected);
  });

  it('is refused to an outage that is over, and once the ticket is closed', async () => {
    const over = await setUp([{ ...OUTAGE, endedAt: '2026-11-02T09:45:00.000Z' }]);
    await over.receive();
    expect(await refusal(over.attach())).toBe('409 notice-ended');
    const closed = await setUp();
    await closed.receive({}, { change: 'closed' });
    expect(await refusal(closed.attach())).toBe('409 ticket-closed');
  });
});

describe('a ticket that a person detaches', () => {
  const covering = [{ ...OUTAGE, startedAt: '2026-11-02T00:00:00.000Z' }];

  it('is decided as if there were no such outage, also when it is updated, and tells who said so', async () => {
    const { receive, detach, last, published } = await setUp(covering);
    expect((await receive()).decision.attachedTo).toBe('outage-7');
    const ticket = await detach();
    expect(last()).toMatchObject({ cause: 'detached', decision: { queue: 'isv/contoso', attachedTo: null } });
    expect(last().recipients.some(({ destination, purpose }) => destination === 'isv/contoso' && purpose === 'act')).toBe(true);
    expect(codes(last())).toContain('detached-by-person');
    expect(published.find(({ type }) => type === 'handoff.ticket.detached.v1')?.data).toMatchObject({ ticketVersion: 3, noticeId: 'outage-7', by: 'ada', reason: 'Their own network.' });
    expect(ticket.version).toBe(4);
    expect((await receive({ subject: 'Still down' }, { change: 'updated', time: '2026-11-02T10:30:00.000Z', occurredAt: '2026-11-02T10:30:00.000Z' })).decision.attachedTo).toBeNull();
    expect((await detach()).version).toBe(5);
  });

  it('is attached again by a person', async () => {
    const { receive, attach, detach, last } = await setUp(covering);
    await receive();
    await detach();
    await attach();
    expect(last().decision.attachedTo).toBe('outage-7');
    expect(codes(last()).filter((code) => code.endsWith('-by-person'))).toEqual(['attached-by-person']);
  });
});
