import { classify } from '@handoff/classification';
import { decodeEvent, type EventOf, type HandoffEvent } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { MemoryDatabase, MemoryTransactions, type StoredRecord } from '@handoff/messaging';
import type { Problem } from '@handoff/platform';
import { aTicketReceived, MovableClock } from '@handoff/testing';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { MemoryDirectoryStore } from '../directory/directory.store.memory.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import { MemoryTicketStore } from '../tickets/ticket.store.memory.js';
import { ClassifyTicketHandler, type Saying } from './classify-ticket.handler.js';

type Routed = EventOf<'handoff.ticket.routed.v1'>;

async function setUp({ isOn = false } = {}) {
  const published: Routed[] = [];
  const handOff = (records: readonly StoredRecord[]): Promise<void> => {
    published.push(...records.map(({ value, headers }) => decodeEvent({ value, headers })).filter((event: HandoffEvent): event is Routed => event.type === 'handoff.ticket.routed.v1'));
    return Promise.resolve();
  };
  const transactions = new MemoryTransactions(new MemoryDatabase(), { owner: '1', handOff });
  const directory = new MemoryDirectoryStore();
  const tickets = new MemoryTicketStore();
  const compiled = compile(DEFAULT_MATRIX);
  const clock = new MovableClock(new Date('2026-11-02T10:00:00.000Z'));
  await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
  const ports = { transactions, tickets, directory, matrix: () => compiled, clock };
  const router = new RouteTicketHandler({ ...ports, classifier: isOn ? classify : null });
  const classifier = new ClassifyTicketHandler(ports);
  return {
    published, clock,
    receive: async (ticket: object = {}, more: object = {}): Promise<Routed> => {
      await transactions.run((tx) => router.handle([aTicketReceived({ ...more, ticket: { area: undefined, ...ticket } as never })], tx));
      return published.at(-1) as Routed;
    },
    say: (saying: Partial<Saying> = {}) => classifier.handle({ ticketId: aTicketReceived().data.ticketId, area: 'break-fix', by: 'ada', note: null, ticketVersion: null, ...saying }),
    decisions: () => transactions.run((tx) => tickets.decisionsOf(tx, aTicketReceived().data.ticketId)),
  };
}

const codes = ({ data }: Routed) => data.decision.reasons.map(({ code }) => code);
const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'accepted', ({ status, code }: Problem) => `${status} ${code}`);

describe('a ticket whose source names no area', () => {
  it('waits in triage while the classifier is off', async () => {
    const { receive } = await setUp();
    const routed = await receive({ subject: 'The app crashes', description: 'It crashes with an error message.' });
    expect(routed.data.decision).toMatchObject({ queue: 'triage', areaBasis: null });
  });

  it('is routed by its words while it is on, and says by which', async () => {
    const { receive } = await setUp({ isOn: true });
    const routed = await receive({ subject: 'The app crashes', description: 'It crashes with an error message.' });
    expect(routed.data).toMatchObject({ ticket: { area: 'break-fix' }, decision: { queue: 'isv/contoso', areaBasis: 'classifier' } });
    expect(codes(routed)).toContain('classified-by-keywords');
  });

  it('still waits where its words are vague', async () => {
    const { receive } = await setUp({ isOn: true });
    expect((await receive({ subject: 'Please call me', description: 'Thanks' })).data.decision.queue).toBe('triage');
  });
});

describe('a ticket that a person classifies', () => {
  it('is routed again at once, and whoever must act now hears of it', async () => {
    const { receive, say, published, decisions } = await setUp();
    await receive({ subject: 'Hello' });
    const ticket = await say({ note: 'From the log.' });
    expect(ticket).toMatchObject({ version: 2, decision: { queue: 'isv/contoso', areaBasis: 'person' } });
    const event = published.at(-1) as Routed;
    expect(event.data).toMatchObject({ ticketVersion: 2, change: 'updated', cause: 'classified', previousQueue: 'triage', ticket: { area: 'break-fix' } });
    expect(event.data.recipients.map(({ purpose, destination }) => [purpose, destination])).toEqual([['act', 'isv/contoso'], ['inform', 'partner/3001']]);
    expect(codes(event)).toContain('classified-by-person');
    expect(JSON.stringify(event)).not.toContain('From the log.');
    expect((await decisions()).at(-1)).toMatchObject({ ticketVersion: 2, cause: { type: 'classified', by: 'ada', note: 'From the log.' } });
  });

  it('keeps its area when its source tells more without one', async () => {
    const { receive, say } = await setUp({ isOn: true });
    await receive({ subject: 'Hello' });
    await say({ area: 'payment' });
    const routed = await receive({ subject: 'The app crashes', description: 'It crashes with an error message.' }, { change: 'updated', occurredAt: '2026-11-02T11:00:00.000Z' });
    expect(routed.data).toMatchObject({ ticketVersion: 3, ticket: { area: 'payment' }, decision: { queue: 'partner/3001', areaBasis: 'person' } });
    expect(routed.data).not.toHaveProperty('cause');
  });

  it('is not classified twice by a request that is sent again, nor by an outdated view', async () => {
    const { receive, say, published } = await setUp();
    await receive({ subject: 'Hello' });
    await say({ ticketVersion: 1 });
    expect((await say({ ticketVersion: 1 })).version).toBe(2);
    expect(published).toHaveLength(2);
    expect(await refusal(say({ area: 'payment', ticketVersion: 1 }))).toBe('412 ticket-changed');
    expect((await say({ area: 'payment', ticketVersion: 2 })).version).toBe(3);
    expect(new Set(published.map(({ id }) => id)).size).toBe(3);
  });

  it('is refused when it is not there or closed', async () => {
    const { receive, say } = await setUp();
    expect(await refusal(say())).toBe('404 ticket-unknown');
    await receive({ subject: 'Hello' }, { change: 'closed' });
    expect(await refusal(say())).toBe('409 ticket-closed');
  });
});
