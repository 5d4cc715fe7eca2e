import { decodeEvent, type EventOf, GOLDEN_EVENTS, type HandoffEvent, type TicketFields, ticketIdOf } from '@handoff/contracts';
import { compile, DEFAULT_MATRIX } from '@handoff/matrix';
import { MemoryDatabase, MemoryTransactions } from '@handoff/messaging';
import { aTicketReceived, MovableClock } from '@handoff/testing';
import { AcknowledgeTicketHandler } from '../acknowledge/acknowledge-ticket.handler.js';
import { DEMO_DIRECTORY } from '../directory/demo-directory.fixture.js';
import { MemoryDirectoryStore } from '../directory/directory.store.memory.js';
import { PassOnReplyHandler } from '../reply/pass-on-reply.handler.js';
import { ResolveTicketHandler } from '../resolve/resolve-ticket.handler.js';
import { RouteTicketHandler } from '../route-ticket/route-ticket.handler.js';
import { IntakeConsumer } from '../route-ticket/route-ticket.consumer.js';
import type { ReceiveHealthNoticeHandler } from '../receive-health-notice/receive-health-notice.handler.js';
import { ServiceRequestHandler } from '../service-request/service-request.handler.js';
import { MemoryServiceRequestStore } from '../service-request/service-request.store.memory.js';
import { MemoryTicketStore } from '../tickets/ticket.store.memory.js';
import { FollowCopiesHandler, tellsNoCopy } from './follow-copies.handler.js';
import { MemoryTicketCopyStore } from './ticket-copy.store.memory.js';

const ORIGINAL = ticketIdOf('test', 'T-1');
const COPY = ticketIdOf('contoso-desk', '61');

async function openRouting() {
  const published: HandoffEvent[] = [];
  const database = new MemoryDatabase();
  const transactions = new MemoryTransactions(database, { owner: '1', handOff: (records) => Promise.resolve(void published.push(...records.map(({ value, headers }) => decodeEvent({ value, headers })))) });
  const [tickets, directory, copies, clock, matrix] = [new MemoryTicketStore(), new MemoryDirectoryStore(), new MemoryTicketCopyStore(), new MovableClock(new Date('2026-11-02T10:00:00.000Z')), compile(DEFAULT_MATRIX)];
  await transactions.run((tx) => directory.save(tx, DEMO_DIRECTORY));
  const routing = { tickets, directory, clock, matrix: () => matrix };
  const ports = { transactions, ...routing, serviceRequests: new ServiceRequestHandler({ ...routing, requests: new MemoryServiceRequestStore() }) };
  const follow = new FollowCopiesHandler({ copies, tickets, clock, acknowledge: new AcknowledgeTicketHandler(ports), replies: new PassOnReplyHandler(ports), resolve: new ResolveTicketHandler(ports) });
  const consumer = new IntakeConsumer(new RouteTicketHandler(ports), follow, undefined as unknown as ReceiveHealthNoticeHandler);
  let minute = 0;
  const take = (...events: EventOf<'handoff.ticket.received.v1'>[]) => transactions.run((tx) => consumer.onTickets(events, { tx } as never));
  const news = (ticket: TicketFields, change: 'updated' | 'commented' | 'closed' = 'updated', isMarked = true) => {
    minute += 1;
    const event = aTicketReceived({ source: 'contoso-desk', externalId: '61', change, occurredAt: `2026-11-02T10:${String(minute).padStart(2, '0')}:00.000Z` });
    return { ...event, data: { ...event.data, ticket, ...(isMarked ? { isCopy: true as const } : {}) } };
  };
  const { data, ...envelope } = GOLDEN_EVENTS['handoff.notification.delivered.v1'];
  const delivered: EventOf<'handoff.notification.delivered.v1'> = { ...envelope, data: { ...data, ticketId: ORIGINAL, channel: 'ticketing', destination: 'isv/contoso', foreignTicket: { channelId: '0f8fad5b-d9cb-469f-a165-70867728950e', system: 'zammad', id: '61', number: null, url: null, news: { source: 'contoso-desk', externalIds: ['61'] } } } };
  const learn = () => transactions.run((tx) => follow.learn([delivered], tx));
  const told = () => published.map(({ type, data: said }) => [type.replace('handoff.ticket.', ''), (said as { ticketVersion: number }).ticketVersion]);
  const find = (id = ORIGINAL) => transactions.run((tx) => tickets.find(tx, id));
  const replies = () => transactions.run((tx) => tickets.repliesOf(tx, ORIGINAL));
  return { take, learn, news, told, find, replies, published, delivered };
}

const comment = (body: string, isPublic = true): TicketFields => ({ comment: { author: 'Ben', body, isPublic } });

describe('what happens to a copy', () => {
  it('is a reply, an acknowledgement and the end of its ticket, and never a ticket of its own', async () => {
    const { take, learn, news, told, find, replies, published } = await openRouting();
    await take(aTicketReceived());
    await learn();
    await take(news(comment('Look at the cluster.', false), 'commented'), news(comment('It is the certificate.'), 'commented'), news({ status: 'open' }), news({ status: 'open' }));
    await take(news({ status: 'closed', ...comment('Mended.') }, 'closed'), news({ status: 'closed' }, 'closed'));
    expect(told()).toEqual([['routed.v1', 1], ['routed.v1', 2], ['acknowledged.v1', 3], ['resolved.v1', 4]]);
    expect(published.map(({ data }) => data)).toMatchObject([
      { forSource: { party: { role: 'customer' } } }, { change: 'commented', cause: 'replied', recipients: [], forSource: {}, ticket: { comment: { author: 'Ben', body: 'It is the certificate.', isPublic: true } } },
      { party: 'isv/contoso', via: 'zammad', by: null, isComplete: true, ticket: {}, forSource: {} }, { party: 'isv/contoso', via: 'zammad', by: 'Ben', note: 'Mended.', recipients: [] },
    ]);
    expect(await find()).toMatchObject({ version: 4, state: { isClosed: true }, response: { next: null } });
    expect((await replies()).map(({ text, party, channel }) => [text, party, channel])).toEqual([['It is the certificate.', 'isv/contoso', 'ticketing'], ['Mended.', 'isv/contoso', 'ticketing']]);
    expect(await find(COPY)).toBeNull();
  });

  it('says the same when it is heard of before the copy is known', async () => {
    const [early, late] = [await openRouting(), await openRouting()];
    for (const { take } of [early, late]) await take(aTicketReceived());
    await late.learn();
    for (const { take, news } of [early, late]) {
      await take(news(comment('It is the certificate.'), 'commented'), news({ status: 'open' }));
      await take(news({ status: 'closed' }, 'closed'));
    }
    expect(early.told()).toEqual([['routed.v1', 1]]);
    await early.learn();
    await early.learn();
    expect([early.told(), await early.find(COPY)]).toEqual([late.told(), null]);
  });

  it('is known without a mark once the copy is', async () => {
    const { take, learn, news, told, find } = await openRouting();
    await take(aTicketReceived());
    await learn();
    await take(news({ status: 'open' }, 'updated', false));
    expect([told(), await find(COPY)]).toEqual([[['routed.v1', 1], ['acknowledged.v1', 2]], null]);
  });

  it('ends nothing where the ticket is with others, or is closed already', async () => {
    const { take, learn, news, told } = await openRouting();
    await take(aTicketReceived({ ticket: { area: 'customer-billing' } }));
    await learn();
    await take(news({ status: 'open' }), news({ status: 'closed' }, 'closed'));
    await take(aTicketReceived({ change: 'closed', occurredAt: '2026-11-02T09:00:00.000Z', ticket: { area: 'customer-billing' } }));
    await take(news({ status: 'closed' }, 'closed'));
    expect(told().map(([type]) => type)).toEqual(['routed.v1', 'routed.v1']);
  });

  it('is only waited for in deliveries that tell of a copy', async () => {
    const { delivered } = await openRouting();
    expect([delivered, GOLDEN_EVENTS['handoff.notification.delivered.v1'], GOLDEN_EVENTS['handoff.notification.replied.v1']].map(tellsNoCopy)).toEqual([false, true, false]);
  });
});
