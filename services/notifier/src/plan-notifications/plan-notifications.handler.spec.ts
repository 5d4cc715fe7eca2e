import { MemoryForeignTicketStore } from '../channels/ticketing/foreign-ticket.store.memory.js';
import { MemoryDatabase, MemoryTransactions, type StoredRecord } from '@handoff/messaging';
import { MovableClock } from '@handoff/testing';
import { MemoryChannelStore } from '../manage-channels/channel.store.memory.js';
import { isLetter } from '../letters/letter.js';
import { aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { MemoryNotificationStore } from '../notification/notification.store.memory.js';
import type { Delivery } from '../notification/notification.js';
import { SuppressRemindersHandler } from '../suppress-reminders/suppress-reminders.handler.js';
import { MemorySuppressionStore } from '../suppress/suppression.store.memory.js';
import { PlanNotificationsHandler } from './plan-notifications.handler.js';

type Event = ReturnType<typeof aRoutedEvent>;

function world(room = 100) {
  const database = new MemoryDatabase();
  const published: StoredRecord[] = [];
  const taken: Delivery[] = [];
  const store = new MemoryNotificationStore(database);
  const transactions = new MemoryTransactions(database, { owner: '1', handOff: (records) => Promise.resolve(void published.push(...records)) });
  const handler = new PlanNotificationsHandler({
    plans: store, foreignTickets: new MemoryForeignTicketStore(), suppressions: new MemorySuppressionStore(store), channels: new MemoryChannelStore(), clock: new MovableClock(), reminders: new SuppressRemindersHandler({ reminders: store, clock: new MovableClock() }),
    handOff: { owner: '1', whenRoom: (places) => Promise.resolve({ places }), roomFor: (_destination, wanted) => Math.min(room, wanted), take: (deliveries) => void taken.push(...deliveries) },
  });
  return {
    published, taken, store, transactions, handler,
    handle: async (...events: readonly Event[]) => {
      await transactions.run((tx) => handler.handle(events, tx));
      await database.exclusively(() => Promise.resolve());
    },
    states: async () => (await store.list({ ticketId: null, state: null, cursor: null, limit: 100 })).items.map(({ ticketVersion, state, code }) => [ticketVersion, state, code]).reverse(),
  };
}

const ticket = (externalId: string, ticketVersion = 1): Event => aRoutedEvent({ ticketVersion, ticket: { externalId } });

describe('a chunk of routed tickets', () => {
  it('is handed to the sender after commit, the first of each ticket and address', async () => {
    const { handle, taken, states } = world();
    await handle(ticket('A'), ticket('B'), ticket('A', 2));
    expect(taken.map(({ routed }) => [isLetter(routed) ? null : routed.ticket.externalId, routed.ticketVersion])).toEqual([['A', 1], ['B', 1]]);
    expect(await states()).toEqual([[1, 'pending', null], [1, 'pending', null], [2, 'pending', null]]);
  });

  it('leaves to the store what the sender has no room for', async () => {
    const { handle, taken, states } = world(1);
    await handle(ticket('A'), ticket('B'));
    expect(taken).toHaveLength(1);
    expect(await states()).toHaveLength(2);
  });

  it('hands over nothing when its transaction fails', async () => {
    const { transactions, handler, taken, states } = world();
    await expect(transactions.run(async (tx) => {
      await handler.handle([ticket('A')], tx);
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(taken).toEqual([]);
    expect(await states()).toEqual([]);
  });

  it('keeps what comes late, unsent and visible, and says so', async () => {
    const { handle, states, published } = world();
    await handle(ticket('A', 3));
    await handle(ticket('A', 2));
    expect(await states()).toEqual([[3, 'pending', null], [2, 'suppressed', 'superseded']]);
    expect(published.map(({ topic, headers }) => [topic, headers['ce_type']])).toEqual([['handoff.notifications', 'handoff.notification.suppressed.v1']]);
  });

  it('suppresses a reminder that still waits when the ticket is closed', async () => {
    const { handle, states, published } = world(0);
    const reminder = ticket('A', 2);
    await handle(ticket('A'), { ...reminder, data: { ...reminder.data, escalation: 'reminder' } as Event['data'] });
    await handle(aRoutedEvent({ ticketVersion: 3, change: 'closed', ticket: { externalId: 'A' } }));
    expect(await states()).toEqual([[1, 'pending', null], [2, 'suppressed', 'ticket-closed'], [3, 'pending', null]]);
    expect(published.map(({ headers }) => headers['ce_type'])).toEqual(['handoff.notification.suppressed.v1']);
  });

  it('publishes the failure of a contact that cannot be reached', async () => {
    const { handle, published, states } = world();
    await handle(aRoutedEvent({ recipients: [aRecipient({ email: null })] }));
    expect(await states()).toEqual([[1, 'failed', 'no-channel']]);
    expect(published.map(({ topic, headers }) => [topic, headers['ce_type']])).toEqual([['handoff.notifications', 'handoff.notification.failed.v1']]);
  });

  it('needs no notification for a ticket without recipients', async () => {
    const { handle, states } = world();
    await handle(aRoutedEvent({ recipients: [] }));
    expect(await states()).toEqual([]);
  });
});
