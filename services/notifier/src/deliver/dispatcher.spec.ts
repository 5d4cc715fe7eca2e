import { MemoryForeignTicketStore } from '../channels/ticketing/foreign-ticket.store.memory.js';
import { MemoryDatabase, MemoryTransactions, type StoredRecord } from '@handoff/messaging';
import { eventually, MovableClock } from '@handoff/testing';
import type { Answer } from '../channels/channel.js';
import { ChannelBook } from '../manage-channels/channel-book.js';
import { MemoryChannelStore } from '../manage-channels/channel.store.memory.js';
import { OWN_WORDS } from '../message/texts/words.js';
import { aChannel, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { MemoryNotificationStore } from '../notification/notification.store.memory.js';
import { type HandOff, PlanNotificationsHandler } from '../plan-notifications/plan-notifications.handler.js';
import { SuppressRemindersHandler } from '../suppress-reminders/suppress-reminders.handler.js';
import { MemorySuppressionStore } from '../suppress/suppression.store.memory.js';
import { BundleHandler } from './bundle.handler.js';
import { Deliverer } from './deliverer.js';
import { Dispatcher } from './dispatcher.js';
import { WatchChannelsHandler } from '../watch-channels/watch-channels.handler.js';
import { Recorder } from './recorder.js';

const HOUR_MS = 3_600_000;

type Event = ReturnType<typeof aRoutedEvent>;

/** Sends that wait until the test lets them end. */
class Wire {
  readonly begun: string[] = [];
  readonly holding: (() => void)[] = [];
  isHolding = false;
  answer: (address: string) => Answer = () => ({ kind: 'accepted', receipt: 'ok' });

  async send(address: string): Promise<Answer> {
    this.begun.push(address);
    if (this.isHolding) await new Promise<void>((resolve) => this.holding.push(resolve));
    return this.answer(address);
  }

  release(): void {
    this.isHolding = false;
    for (const resolve of this.holding.splice(0)) resolve();
  }
}

function world({ concurrentMax = 8, unrecordedMax = 16, perDestinationMax = 2, messagesPerMinuteMax = null as number | null } = {}) {
  const database = new MemoryDatabase();
  for (const owner of ['1', '2']) database.livingOwners.add(owner);
  const published: StoredRecord[] = [];
  const clock = new MovableClock();
  const store = new MemoryNotificationStore(database);
  const channels = new MemoryChannelStore();
  const transactions = new MemoryTransactions(database, { owner: '1', handOff: (records) => Promise.resolve(void published.push(...records)) });
  const wire = new Wire();
  const deliverer = new Deliverer({
    links: { urlOf: () => null, urlFor: () => null, tokenOf: () => '' }, words: OWN_WORDS,
    mail: { send: (_message, to) => wire.send(to.address) }, webhook: { send: (_message, to) => wire.send(to.url) },
    teams: { send: (_message, to) => wire.send(to.url) }, slack: { send: (_message, to) => wire.send(to.url) }, ticketing: { send: (_message, to) => wire.send(to.baseUrl) },
    book: new ChannelBook(channels, clock), reminders: store, clock, sendTimeoutMs: 1_000, random: () => 0.5,
  });
  const watch = new WatchChannelsHandler({ channels, plans: store, owner: '1', wake: () => dispatcher.wake(), failingMsMax: 120 * HOUR_MS, operationsMail: 'operations@handoff.example', onNotice: () => undefined });
  const recorder = new Recorder({ store, watch, foreignTickets: new MemoryForeignTicketStore(), transactions, owner: '1', onError: () => undefined });
  const dispatcher = new Dispatcher({ store, deliverer, recorder, bundles: new BundleHandler({ store, plans: store, transactions, clock, owner: '1' }), owner: '1', clock, concurrentMax, unrecordedMax, perDestinationMax, messagesPerMinuteMax: () => messagesPerMinuteMax, onAttempt: () => undefined, onError: () => undefined });
  const reminders = new SuppressRemindersHandler({ reminders: store, clock });
  const handlerOf = (handOff: HandOff) => new PlanNotificationsHandler({ plans: store, channels, suppressions: new MemorySuppressionStore(store), handOff, reminders, foreignTickets: new MemoryForeignTicketStore(), clock });
  const [handler, elsewhere] = [handlerOf(dispatcher), handlerOf({ owner: '2', whenRoom: (places) => Promise.resolve({ places }), roomFor: (_destination, wanted) => wanted, take: () => undefined })];
  return {
    dispatcher, wire, clock, published, channels, store, database,
    plan: (...events: ReturnType<typeof aRoutedEvent>[]) => transactions.run((tx) => handler.handle(events, tx)),
    answer: ({ data: { ticketId } }: Event, ticketVersion: number) => transactions.run((tx) => reminders.acknowledged([{ ticketId, ticketVersion, acknowledgedAt: '2026-11-02T08:00:00.000Z', by: 'Ada', party: null, via: 'api', isComplete: true }], tx)),
    planElsewhere: (event: ReturnType<typeof aRoutedEvent>) => transactions.run((tx) => elsewhere.handle([event], tx)),
    states: async () => (await store.list({ ticketId: null, state: null, cursor: null, limit: 200 })).items.map(({ state }) => state),
    types: () => published.map(({ headers }) => headers['ce_type']),
  };
}

const to = (destination: string, externalId: string, ticketVersion = 1) =>
  aRoutedEvent({ ticketVersion, ticket: { externalId }, recipients: [aRecipient({ destination, email: `${destination.replace('/', '-')}@contoso.example` })] });

describe('the sender', () => {
  let running: ReturnType<typeof world>;
  const begin = (limits?: Parameters<typeof world>[0]) => {
    running = world(limits);
    running.dispatcher.start();
    return running;
  };
  afterEach(async () => {
    running.wire.release();
    await running.dispatcher.close();
  });

  it('sends what was planned, records the attempt and publishes the delivery', async () => {
    const { plan, states, types, store } = begin();
    await plan(to('isv/a', 'A'));
    await eventually(() => expect(types()).toEqual(['handoff.notification.delivered.v1']));
    expect(await states()).toEqual(['delivered']);
    expect((await store.list({ ticketId: null, state: null, cursor: null, limit: 1 })).items[0]?.attempts).toMatchObject([{ attempt: 1, outcome: 'delivered', detail: 'ok' }]);
  });

  it('keeps to its limits, and lets no slow destination hold up another', async () => {
    const { plan, wire, states } = begin({ concurrentMax: 3, perDestinationMax: 2 });
    wire.isHolding = true;
    await plan(...Array.from({ length: 10 }, (_, index) => to('isv/slow', `S-${index}`)), to('isv/quick', 'Q'));
    await eventually(() => expect(wire.begun.filter((address) => address.startsWith('isv-quick'))).toHaveLength(1));
    expect(wire.begun.filter((address) => address.startsWith('isv-slow'))).toHaveLength(2);
    wire.release();
    await eventually(async () => expect((await states()).filter((state) => state === 'delivered')).toHaveLength(11));
  });

  it('lets chunks be planned in turn, each when there is room for all of it', async () => {
    const { dispatcher } = begin({ concurrentMax: 1 });
    const first = await dispatcher.whenRoom(100);
    const turns: string[] = [];
    const planned = [100, 1].map((places) => dispatcher.whenRoom(places).then(() => turns.push(`${places}`)));
    await Promise.resolve();
    expect(turns).toEqual([]);
    dispatcher.take([], { room: first, hasLeft: false });
    await Promise.all(planned);
    expect(turns).toEqual(['100', '1']);
  });

  it('plans on while slow receivers take up all sends', async () => {
    const { plan, wire, states } = begin({ concurrentMax: 1 });
    wire.isHolding = true;
    for (const name of ['A', 'B']) await plan(...Array.from({ length: 100 }, (_, index) => to(`isv/${name}-${index % 10}`, `${name}-${index}`)));
    expect(await states()).toEqual(Array.from({ length: 200 }, () => 'pending'));
  });

  it('sends the versions of a ticket in their order', async () => {
    const { plan, wire, states } = begin();
    const seen: string[] = [];
    wire.answer = () => ({ kind: 'accepted', receipt: String(seen.push('x')) });
    await plan(to('isv/a', 'A'), to('isv/a', 'A', 2), to('isv/a', 'A', 3));
    await eventually(async () => expect(await states()).toEqual(['delivered', 'delivered', 'delivered']));
    const { items } = await running.store.list({ ticketId: null, state: null, cursor: null, limit: 9 });
    expect(items.map(({ ticketVersion, receipt }) => [ticketVersion, receipt])).toEqual([[3, '3'], [2, '2'], [1, '1']]);
  });

  it('tries again when it is time, not before, and gives up at a refusal', async () => {
    const { plan, wire, states, clock, types, dispatcher } = begin();
    wire.answer = () => ({ kind: 'timeout', detail: 'late' });
    await plan(to('isv/a', 'A'));
    await eventually(() => expect(dispatcher.inMemory).toBe(0));
    expect(await states()).toEqual(['pending']);
    wire.answer = () => ({ kind: 'answered', protocol: 'smtp', status: 550, detail: 'no such box', retryAfterMs: null });
    clock.advance(5_000);
    dispatcher.wake();
    await eventually(async () => expect(await states()).toEqual(['failed']));
    expect(wire.begun).toHaveLength(2);
    expect(types()).toEqual(['handoff.notification.failed.v1']);
  });

  it('disables a channel whose receiver is gone for good, and fails what still waits for it', async () => {
    const { plan, wire, channels, states } = begin();
    await channels.add(aChannel());
    wire.answer = () => ({ kind: 'answered', protocol: 'http', status: 410, detail: 'HTTP 410', retryAfterMs: null });
    await plan(aRoutedEvent());
    await eventually(async () => expect(await channels.get(aChannel().channelId)).toMatchObject({ enabled: false, disabledReason: 'HTTP 410' }));
    await eventually(() => expect(wire.begun.at(-1)).toBe('operations@handoff.example'));
    expect((await states()).at(-1)).toBe('failed');
  });

  it('warns operations of a channel that fails for long, disables it when it goes on, and sends what it missed when it is enabled again', async () => {
    const { plan, wire, channels, clock, dispatcher, store } = begin();
    const { channelId } = aChannel();
    const toOperations = () => wire.begun.filter((address) => address === 'operations@handoff.example').length;
    let isWell = false;
    wire.answer = (address) => (address.startsWith('https') && !isWell ? { kind: 'answered', protocol: 'http', status: 500, detail: 'HTTP 500', retryAfterMs: null } : { kind: 'accepted', receipt: 'ok' });
    await channels.add(aChannel());
    const fail = async (externalId: string, expected: object): Promise<void> => {
      await plan(aRoutedEvent({ ticket: { externalId }, recipients: [aRecipient({ email: null })] }));
      dispatcher.wake();
      await eventually(async () => expect(await channels.get(channelId)).toMatchObject(expected));
      await eventually(() => expect(dispatcher.inMemory).toBe(0));
    };
    const failingSince = clock.now().toISOString();
    await fail('A', { enabled: true, failingSince, warnedAt: null });
    clock.advance(60 * HOUR_MS);
    await fail('B', { enabled: true, failingSince, warnedAt: clock.now().toISOString() });
    await eventually(() => expect(toOperations()).toBe(1));
    clock.advance(60 * HOUR_MS);
    await fail('C', { enabled: false, disabledReason: `Nothing was delivered since ${failingSince}. The last attempt: HTTP 500` });
    await eventually(() => expect(toOperations()).toBe(2));

    // What comes now does not reach the channel, and is in the list of what was not delivered.
    await plan(aRoutedEvent({ ticket: { externalId: 'D' }, recipients: [aRecipient({ email: 'desk@contoso.example' })] }));
    await eventually(() => expect(wire.begun).toContain('desk@contoso.example'));
    const missed = async () => (await store.list({ ticketId: null, state: null, undelivered: true, code: 'channel-disabled', cursor: null, limit: 9 })).items;
    expect(await missed()).toMatchObject([{ state: 'suppressed', target: { channelId } }]);
    isWell = true;
    await channels.change(channelId, { enabled: true }, clock.now());
    clock.advance(2_000);
    for (const { notificationId, target } of await missed()) expect(await store.retry(notificationId, target, clock.now())).toBe(true);
    dispatcher.wake();
    await eventually(async () => expect((await store.list({ ticketId: null, state: null, undelivered: true, cursor: null, limit: 9 })).items.filter(({ state }) => state === 'suppressed')).toEqual([]));
    await eventually(async () => expect(await channels.get(channelId)).toMatchObject({ enabled: true, failingSince: null }));
  });

  it('does not send for a channel that was removed in the meantime', async () => {
    const { plan, wire, channels, store } = begin();
    await channels.add(aChannel());
    wire.isHolding = true;
    await plan(aRoutedEvent(), aRoutedEvent({ ticketVersion: 2 }));
    await eventually(() => expect(wire.begun).toHaveLength(1));
    await channels.remove(aChannel().channelId);
    running.clock.advance(2_000);
    wire.release();
    await eventually(async () => expect((await store.list({ ticketId: null, state: 'failed', cursor: null, limit: 9 })).items).toMatchObject([{ ticketVersion: 2, code: 'channel-unusable' }]));
    expect(wire.begun).toHaveLength(1);
  });

  it('does not send a reminder of which it hears in its hand that its ticket was acknowledged, and says why', async () => {
    const { plan, answer, wire, store, types } = begin({ perDestinationMax: 1 });
    const reminder = to('isv/a', 'B', 2);
    wire.isHolding = true;
    await plan(to('isv/a', 'A'), { ...reminder, data: { ...reminder.data, escalation: 'reminder' } as Event['data'] });
    await eventually(() => expect(wire.begun).toHaveLength(1));
    await answer(reminder, 3);
    wire.release();
    await eventually(async () => expect((await store.list({ ticketId: reminder.data.ticketId, state: 'suppressed', cursor: null, limit: 9 })).items).toMatchObject([{ code: 'acknowledged', detail: expect.stringMatching(/^Ada acknowledged/), attempts: [] }]));
    expect(wire.begun).toHaveLength(1);
    await eventually(() => expect(types().filter((type) => type === 'handoff.notification.suppressed.v1')).toHaveLength(1));
  });

  it('leaves alone what another process has in hand, and sends it when that process is gone', async () => {
    const { planElsewhere, plan, wire, states, database } = begin();
    await planElsewhere(to('isv/a', 'A'));
    await plan(to('isv/a', 'B'));
    await eventually(async () => expect(await states()).toEqual(['delivered', 'pending']));
    expect(wire.begun).toHaveLength(1);
    database.livingOwners.delete('2');
    await eventually(async () => expect(await states()).toEqual(['delivered', 'delivered']));
  });

  it('leaves an address alone that fails, tries it with one message when it is time, and sends all that waited when it is well', async () => {
    const { plan, wire, states, clock, dispatcher } = begin();
    wire.answer = (address) => (address.startsWith('isv-sick') ? { kind: 'answered', protocol: 'http', status: 500, detail: 'HTTP 500', retryAfterMs: null } : { kind: 'accepted', receipt: 'ok' });
    const sick = () => wire.begun.filter((address) => address.startsWith('isv-sick')).length;
    await plan(...Array.from({ length: 40 }, (_, index) => to('isv/sick', `S-${index}`)), ...Array.from({ length: 40 }, (_, index) => to('isv/well', `W-${index}`)));
    await eventually(async () => expect((await states()).filter((state) => state === 'delivered')).toHaveLength(40));
    await eventually(() => expect(dispatcher.inMemory).toBe(0));
    const first = sick();
    expect(first).toBeLessThan(6);
    // The shortest pause is over: one message tries.
    clock.advance(10_000);
    dispatcher.wake();
    await eventually(() => expect(sick()).toBe(first + 1));
    await eventually(() => expect(dispatcher.inMemory).toBe(0));
    wire.answer = () => ({ kind: 'accepted', receipt: 'ok' });
    clock.advance(3_600_000);
    dispatcher.wake();
    await eventually(async () => expect((await states()).filter((state) => state === 'delivered')).toHaveLength(80));
    expect(sick()).toBe(first + 1 + 40);
  });

  it('sends no message before the time that a receiver asked for', async () => {
    const { plan, wire, states, clock, dispatcher } = begin({ perDestinationMax: 1 });
    wire.answer = () => ({ kind: 'answered', protocol: 'http', status: 429, detail: 'HTTP 429', retryAfterMs: 60_000 });
    await plan(to('isv/a', 'A'), to('isv/a', 'B'));
    await eventually(() => expect(dispatcher.inMemory).toBe(0));
    wire.answer = () => ({ kind: 'accepted', receipt: 'ok' });
    clock.advance(59_000);
    await plan(to('isv/b', 'C'));
    await eventually(async () => expect((await states()).filter((state) => state === 'delivered')).toHaveLength(1));
    expect(wire.begun).toHaveLength(2);
    clock.advance(1_000);
    dispatcher.wake();
    await eventually(async () => expect((await states()).filter((state) => state === 'delivered')).toHaveLength(3));
  });

  it('tells what is more than an address takes in a minute in one message, and publishes each as delivered', async () => {
    const { plan, wire, states, types, store, dispatcher, clock } = begin({ messagesPerMinuteMax: 5 });
    await plan(...Array.from({ length: 12 }, (_, index) => to('isv/a', `A-${index}`)), to('isv/b', 'B'));
    await eventually(() => expect(types()).toHaveLength(13));
    expect(wire.begun.filter((address) => address.startsWith('isv-a'))).toHaveLength(5);
    expect(new Set(await states())).toEqual(new Set(['delivered']));
    const { items } = await store.list({ ticketId: null, state: null, cursor: null, limit: 50 });
    const [bundle, ...others] = items.filter(({ about }) => about === 'bundle');
    expect(others).toEqual([]);
    const told = items.filter(({ summaryId }) => summaryId === bundle?.notificationId);
    expect(told).toHaveLength(8);
    expect(told[0]?.receipt).toBe(`Told in the summary ${bundle?.notificationId ?? ''}. ok`);
    await eventually(() => expect(dispatcher.inMemory).toBe(0));

    // A minute later the address takes as many again.
    clock.advance(60_000);
    await plan(to('isv/a', 'later'));
    await eventually(() => expect(types()).toHaveLength(14));
    expect(wire.begun.filter((address) => address.startsWith('isv-a'))).toHaveLength(6);
  });

  it('sends a bundle whose outcome was unclear again as it was, under its id', async () => {
    const { plan, wire, types, store, dispatcher, clock } = begin({ messagesPerMinuteMax: 1 });
    wire.answer = () => ({ kind: 'timeout', detail: 'late' });
    await plan(...Array.from({ length: 3 }, (_, index) => to('isv/a', `A-${index}`)));
    await eventually(() => expect(dispatcher.inMemory).toBe(0));
    const ids = async () => (await store.list({ ticketId: null, state: null, cursor: null, limit: 50 })).items.filter(({ about }) => about === 'bundle').map(({ notificationId, attempts }) => [notificationId, attempts.length]);
    const [[id] = []] = await ids();
    wire.answer = () => ({ kind: 'accepted', receipt: 'ok' });
    clock.advance(60_000);
    dispatcher.wake();
    await eventually(() => expect(types()).toHaveLength(3));
    expect(await ids()).toEqual([[id, 2]]);
    expect(wire.begun).toHaveLength(2);
  });

  it('closes only when the sends under way have ended, and leaves the rest', async () => {
    const { plan, wire, states, dispatcher } = begin({ concurrentMax: 1 });
    wire.isHolding = true;
    await plan(to('isv/a', 'A'), to('isv/a', 'B'));
    await eventually(() => expect(wire.begun).toHaveLength(1));
    const closing = dispatcher.close();
    wire.release();
    await closing;
    expect((await states()).sort()).toEqual(['delivered', 'pending']);
  });
});
