import { nameBasedId } from '@handoff/contracts';
import type { Transactions } from '@handoff/messaging';
import type { AttemptResult, DeliveryStore } from '../deliver/delivery.store.js';
import type { Disposition } from '../deliver/disposition.decision.js';
import { subjectLineOf } from '../message/content.decision.js';
import type { PlanStore } from '../plan-notifications/plan.store.js';
import type { NotificationStore } from '../show-notifications/notification.store.js';
import type { ReminderStore } from '../suppress-reminders/reminder.store.js';
import { aRecipient, aRoutedEvent, planned } from './notification.builders.js';
import type { Delivery, PlannedNotification } from './notification.js';

export interface NotificationStores {
  readonly transactions: Transactions;
  readonly plans: PlanStore;
  readonly deliveries: DeliveryStore;
  readonly notifications: NotificationStore;
  readonly reminders: ReminderStore;
  /** Two processes: this one, and another that lives. */
  readonly owner: string;
  readonly other: string;
  /** Ends the other process. */
  killOther(): Promise<void>;
  close(): Promise<void>;
}

type Event = ReturnType<typeof aRoutedEvent>;

const start = new Date('2026-11-02T08:00:00.000Z');
const later = (ms: number): Date => new Date(start.getTime() + ms);

/** What planning, delivering and showing may expect of their stores; memory and PostgreSQL alike. */
export function describeNotificationStores(name: string, open: () => Promise<NotificationStores>): void {
  describe(`notifications in ${name}`, () => {
    let stores: NotificationStores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());

    const plan = (events: readonly Event[], { owner = stores.owner, handOff = [] as readonly PlannedNotification[] } = {}): Promise<ReadonlySet<string>> => stores.transactions.run(async (tx) => {
      const threads = await stores.plans.lockThreads(tx, [...new Map(events.map(({ data }) => [data.ticketId, data])).values()].map((data) => ({ ticketId: data.ticketId, subjectLine: subjectLineOf(data), version: data.ticketVersion })));
      return stores.plans.save(tx, {
        threads: events.map(({ data }) => ({ ticketId: data.ticketId, plannedVersion: data.ticketVersion })), routed: events.map(({ data }) => data),
        notifications: events.map((event) => planned(event)), owner, handOffIds: new Set(handOff.map(({ notificationId }) => notificationId)), now: start,
        newTicketIds: new Set([...threads.values()].flatMap(({ ticketId, isNew }) => (isNew ? [ticketId] : []))),
      });
    });
    const claim = (more: Partial<Parameters<DeliveryStore['claim']>[0]> = {}): Promise<readonly Delivery[]> =>
      stores.deliveries.claim({ owner: stores.owner, now: start, limit: 100, rooms: new Map(), roomElse: 100, heldLanes: [], ...more });
    const record = (delivery: Delivery, disposition: Disposition, owner = stores.owner): Promise<ReadonlySet<string>> =>
      stores.transactions.run((tx) => stores.deliveries.record(tx, owner, [resultOf(delivery, disposition)]));
    const idsOf = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ notification }) => notification.notificationId);
    const ticket = (externalId: string, more: Parameters<typeof aRoutedEvent>[0] = {}): Event => aRoutedEvent({ ...more, ticket: { externalId } });

    it('gives what the message of a notification is made of, in whatever state it is', async () => {
      const event = ticket('A');
      await plan([event]);
      const { planned: _planned, ...notification } = planned(event);
      const facts = { notification, routed: event.data, subjectLine: '[B] Sign-in fails (A)' };
      expect(await stores.notifications.messageFacts(notification.notificationId)).toEqual(facts);
      const [delivery] = await claim();
      await record(delivery as Delivery, { state: 'failed', code: 'rejected', detail: 'No.', disablesChannel: false });
      expect(await stores.notifications.messageFacts(notification.notificationId)).toEqual(facts);
      expect(await stores.notifications.messageFacts(event.data.ticketId)).toBeNull();
    });

    it('gives back what was planned, once, with all that its message is made of', async () => {
      const event = ticket('A');
      await plan([event]);
      const { planned: _planned, ...notification } = planned(event);
      expect(await claim()).toEqual([{ notification, routed: event.data, subjectLine: '[B] Sign-in fails (A)', attempts: 0, step: 0, messagesPerMinuteMax: null }]);
      expect(await claim()).toEqual([]);
    });

    it('keeps the first subject line of a ticket and its highest planned version', async () => {
      await plan([ticket('A', { ticketVersion: 4 })]);
      const threads = await stores.transactions.run((tx) => stores.plans.lockThreads(tx, [{ ticketId: ticket('A').data.ticketId, subjectLine: 'another', version: 9 }]));
      expect([...threads.values()]).toEqual([{ ticketId: ticket('A').data.ticketId, plannedVersion: 4, subjectLine: '[B] Sign-in fails (A)', isNew: false }]);
    });

    it('gives a new ticket the version that it is told of with, though none was planned of it', async () => {
      const told = [{ ticketId: ticket('A').data.ticketId, subjectLine: 'first', version: 3 }];
      const lock = async () => [...(await stores.transactions.run((tx) => stores.plans.lockThreads(tx, told))).values()];
      expect(await lock()).toMatchObject([{ plannedVersion: 0, subjectLine: 'first', isNew: true }]);
      expect(await lock()).toMatchObject([{ plannedVersion: 3, subjectLine: 'first', isNew: false }]);
    });

    it('tells the latest message of each lane into a ticketing system, without what was given up', async () => {
      const into = (event: Event, channelId: string): PlannedNotification => ({ ...planned(event), notificationId: nameBasedId(channelId, event.id), target: { channel: 'ticketing', channelId, address: null }, lane: `ticketing:${channelId}` });
      const [one, two, three] = ['1', '2', '3'].map((digit) => `0f8fad5b-d9cb-469f-a165-7086772895${digit}0`) as [string, string, string];
      const [first, second] = [ticket('A'), ticket('A', { ticketVersion: 2 })];
      await plan([first, ticket('B')]);
      const save = (notifications: readonly PlannedNotification[]): Promise<unknown> => stores.transactions.run((tx) => stores.plans.save(tx, { threads: [], routed: [first.data, second.data], notifications, owner: stores.owner, handOffIds: new Set(), newTicketIds: new Set(), now: start }));
      await save([into(first, one), into(second, one), into(first, two), { ...into(first, three), planned: { state: 'failed', code: 'rejected', detail: '' } }]);
      const lanes = await stores.transactions.run((tx) => stores.plans.ticketingLanes(tx, [first.data.ticketId, ticket('B').data.ticketId]));
      expect(lanes.map(({ lane, ticketVersion }) => [lane, ticketVersion])).toEqual([[`ticketing:${one}`, 2], [`ticketing:${two}`, 1]]);
    });

    it('plans nothing twice', async () => {
      await plan([ticket('A')]);
      await plan([ticket('A')]);
      expect((await stores.notifications.list({ ticketId: null, state: null, cursor: null, limit: 10 })).items).toHaveLength(1);
    });

    it('keeps nothing of a transaction that fails', async () => {
      const failing = stores.transactions.run(async (tx) => {
        await stores.plans.lockThreads(tx, [{ ticketId: ticket('A').data.ticketId, subjectLine: 'x', version: 1 }]);
        await stores.plans.save(tx, { threads: [], routed: [], notifications: [planned(ticket('A'))], owner: stores.owner, handOffIds: new Set(), newTicketIds: new Set(), now: start });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await stores.notifications.get(planned(ticket('A')).notificationId)).toBeNull();
    });

    it('hands over at once what was asked for, unless an earlier one of its ticket and address waits', async () => {
      const [a1, a2, b1] = [ticket('A'), ticket('A', { ticketVersion: 2 }), ticket('B')];
      expect(await plan([a1, b1], { handOff: [planned(a1), planned(b1)] })).toEqual(new Set([planned(a1).notificationId, planned(b1).notificationId]));
      expect(await plan([a2], { handOff: [planned(a2)] })).toEqual(new Set());
      expect(await claim()).toEqual([]);
    });

    it('sends the versions of a ticket to one address in their order', async () => {
      const versions = [1, 2, 3].map((ticketVersion) => ticket('A', { ticketVersion }));
      await plan(versions);
      for (const event of versions) {
        const [delivery, ...more] = await claim();
        expect(more).toEqual([]);
        expect(delivery?.notification.ticketVersion).toBe(event.data.ticketVersion);
        if (delivery !== undefined) await record(delivery, { state: 'delivered', receipt: 'ok' });
      }
      expect(await claim()).toEqual([]);
    });

    it('does not hold up other tickets, nor other addresses of the same ticket', async () => {
      await plan([ticket('A'), ticket('B')]);
      await plan([ticket('A', { ticketVersion: 2, recipients: [aRecipient({ email: 'other@contoso.example' })] })]);
      expect(await claim()).toHaveLength(3);
    });

    it('waits with the next version for a short retry, and passes one that waits long, which it marks', async () => {
      await plan([ticket('A'), ticket('A', { ticketVersion: 2 })]);
      const [first] = await claim();
      if (first === undefined) throw new Error('nothing was claimed');
      await record(first, { state: 'pending', nextAttemptAtMs: later(30_000).getTime(), code: 'timeout', detail: 'late' });
      expect(await claim()).toEqual([]);
      const [again] = await claim({ now: later(30_000) });
      expect(again).toMatchObject({ attempts: 1, step: 1, notification: { ticketVersion: 1 } });
      if (again === undefined) throw new Error('the retry was not claimed');
      await record(again, { state: 'pending', nextAttemptAtMs: later(600_000).getTime(), code: 'timeout', detail: 'late' });
      const [second] = await claim({ now: later(30_000) });
      expect(second?.notification.ticketVersion).toBe(2);
      expect(await stores.notifications.get(second?.notification.notificationId ?? '')).toMatchObject({ overtakes: true });
    });

    it('gives as many of each lane as there is room for, so that a long queue hides no other', async () => {
      const contoso = ['A', 'B', 'C'].map((id) => ticket(id));
      await plan(contoso);
      await plan([ticket('D', { recipients: [aRecipient({ destination: 'partner/1001', email: 'desk@northwind.example' })] })]);
      const destinations = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ notification }) => notification.destination).sort();
      expect(destinations(await claim({ rooms: new Map([['mail:support@contoso.example', 1]]), roomElse: 5 }))).toEqual(['isv/contoso', 'partner/1001']);
      expect(destinations(await claim({ limit: 1 }))).toEqual(['isv/contoso']);
    });

    it('gives nothing of a lane that is left alone', async () => {
      await plan([ticket('A'), ticket('B', { recipients: [aRecipient({ destination: 'partner/1001', email: 'desk@northwind.example' })] })]);
      expect((await claim({ heldLanes: ['mail:support@contoso.example'] })).map(({ notification }) => notification.lane)).toEqual(['mail:desk@northwind.example']);
      expect((await claim()).map(({ notification }) => notification.lane)).toEqual(['mail:support@contoso.example']);
    });

    it('takes back what its owner will not send now, as it was', async () => {
      await plan([ticket('A')]);
      const before = await claim();
      await stores.deliveries.release(stores.other, idsOf(before));
      expect(await claim()).toEqual([]);
      await stores.deliveries.release(stores.owner, idsOf(before));
      expect(await claim()).toEqual(before);
    });

    it('never gives one notification to two who claim at the same time', async () => {
      await plan(Array.from({ length: 40 }, (_, index) => ticket(`T-${index}`)));
      const claims = await Promise.all([claim(), claim({ owner: stores.other }), claim(), claim({ owner: stores.other })]);
      const ids = claims.flatMap(idsOf);
      expect(ids).toHaveLength(40);
      expect(new Set(ids).size).toBe(40);
    });

    it('leaves in peace what a living process has in hand, and releases it when that process is gone', async () => {
      await plan([ticket('A')]);
      await claim({ owner: stores.other });
      expect(await stores.deliveries.releaseDead(stores.owner)).toBe(0);
      await stores.killOther();
      expect(await stores.deliveries.releaseDead(stores.owner)).toBe(1);
      expect(await claim()).toHaveLength(1);
    });

    it('releases what a process has in hand without knowing it, after a while', async () => {
      await plan([ticket('A'), ticket('B')]);
      const [known] = idsOf(await claim());
      expect(await stores.deliveries.releaseForgotten(stores.owner, [known ?? ''], start)).toBe(0);
      expect(await stores.deliveries.releaseForgotten(stores.owner, [known ?? ''], later(1))).toBe(1);
      expect(idsOf(await claim())).not.toContain(known);
    });

    it('counts what is undelivered by why, channel and destination, the most frequent first', async () => {
      await plan(['A', 'B', 'C'].map((id) => ticket(id)));
      await plan([ticket('D', { recipients: [aRecipient({ destination: 'partner/1001', email: 'desk@northwind.example' })] })]);
      expect(await stores.notifications.causes(null)).toEqual([]);
      for (const delivery of await claim()) {
        const isLate = delivery.notification.destination === 'partner/1001';
        await record(delivery, isLate ? { state: 'pending', nextAttemptAtMs: later(30_000).getTime(), code: 'timeout', detail: 'late' } : { state: 'failed', code: 'rejected', detail: 'No such user', disablesChannel: false });
      }
      const failed = { state: 'failed', code: 'rejected', channel: 'mail', destination: 'isv/contoso', notifications: 3, detail: 'No such user', firstAt: expect.any(String) as string, lastAt: expect.any(String) as string, nextAttemptAt: null, isResendable: true };
      expect(await stores.notifications.causes(null)).toEqual([failed, { ...failed, state: 'pending', code: 'timeout', destination: 'partner/1001', notifications: 1, detail: 'late', nextAttemptAt: later(30_000).toISOString(), isResendable: false }]);
      expect(await stores.notifications.causes(start)).toEqual([failed]);
      expect(await stores.notifications.causes(later(60_000))).toEqual([]);
      const { items } = await stores.notifications.list({ ticketId: null, state: 'pending', cursor: null, limit: 1 });
      expect(items[0]).toMatchObject({ attemptsLeft: 7 });
    });

    it('records an attempt only for who still has the notification in hand', async () => {
      await plan([ticket('A')]);
      const [delivery] = await claim();
      if (delivery === undefined) throw new Error('nothing was claimed');
      expect(await record(delivery, { state: 'delivered', receipt: 'ok' }, stores.other)).toEqual(new Set());
      expect(await record(delivery, { state: 'delivered', receipt: '250 ok' })).toEqual(new Set(idsOf([delivery])));
      expect(await record(delivery, { state: 'delivered', receipt: 'again' })).toEqual(new Set());
      expect(await stores.notifications.get(delivery.notification.notificationId)).toMatchObject({
        state: 'delivered', receipt: '250 ok', nextAttemptAt: null, finishedAt: '2026-11-02T08:00:00.012Z',
        attempts: [{ attempt: 1, at: '2026-11-02T08:00:00.000Z', durationMs: 12, outcome: 'delivered', code: null, detail: '250 ok' }],
      });
    });

    it('sends a failed one again when asked, under its id, with its schedule begun anew', async () => {
      await plan([ticket('A')]);
      const [delivery] = await claim();
      if (delivery === undefined) throw new Error('nothing was claimed');
      const { notificationId, target } = delivery.notification;
      expect(await stores.notifications.retry(notificationId, target, start)).toBe(false);
      await record(delivery, { state: 'failed', code: 'rejected', detail: 'no such box', disablesChannel: false });
      expect(await stores.notifications.get(notificationId)).toMatchObject({ state: 'failed', code: 'rejected', detail: 'no such box' });
      expect(await stores.notifications.retry(notificationId, { ...target, address: 'new@contoso.example' }, later(5))).toBe(true);
      expect(await claim({ now: later(5) })).toMatchObject([{ attempts: 1, step: 0, notification: { notificationId, target: { address: 'new@contoso.example' } } }]);
    });

    it('keeps what is told together with others by its summary, and makes it delivered with it', async () => {
      await plan([ticket('A'), ticket('B')]);
      const [first, second] = await claim();
      if (first === undefined || second === undefined) throw new Error('nothing was claimed');
      const summaryId = '7b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
      const summarise = (owner: string) => stores.transactions.run((tx) => stores.deliveries.summarise(tx, owner, idsOf([first, second]), { summaryId, at: start }));
      expect(await summarise(stores.other)).toEqual(new Set());
      expect(await summarise(stores.owner)).toEqual(new Set(idsOf([first, second])));
      expect(await summarise(stores.owner)).toEqual(new Set());
      expect(await claim()).toEqual([]);
      expect(await stores.notifications.get(first.notification.notificationId)).toMatchObject({ state: 'suppressed', code: 'summarised', summaryId });
      const told = await stores.transactions.run((tx) => stores.deliveries.recordSummarised(tx, [summaryId], { at: later(5), receipt: 'ok' }));
      expect(told.map(({ notification }) => notification.notificationId).sort()).toEqual(idsOf([first, second]).sort());
      expect(await stores.notifications.get(first.notification.notificationId)).toMatchObject({ state: 'delivered', receipt: 'ok', summaryId });
    });

    it('lists what is not delivered, and sends again what a disabled channel missed', async () => {
      const [sent, missed, waiting, superseded] = [ticket('A'), planned(ticket('B')), ticket('C'), planned(ticket('D'))];
      await plan([sent]);
      const [delivery] = await claim();
      if (delivery === undefined) throw new Error('nothing was claimed');
      await record(delivery, { state: 'delivered', receipt: 'ok' });
      await plan([waiting]);
      const unsent = (notification: PlannedNotification, code: string): PlannedNotification => ({ ...notification, planned: { state: 'suppressed', code, detail: 'no' } });
      await stores.transactions.run(async (tx) => {
        await stores.plans.lockThreads(tx, [missed, superseded].map(({ ticketId }) => ({ ticketId, subjectLine: 'x', version: 1 })));
        await stores.plans.save(tx, { threads: [], routed: [ticket('B').data, ticket('D').data], notifications: [unsent(missed, 'channel-disabled'), unsent(superseded, 'superseded')], owner: stores.owner, handOffIds: new Set(), newTicketIds: new Set(), now: start });
      });
      const undelivered = async () => (await stores.notifications.list({ ticketId: null, state: null, undelivered: true, cursor: null, limit: 9 })).items.map(({ ticketId, state }) => [ticketId, state]);
      expect(await undelivered()).toEqual([[missed.ticketId, 'suppressed'], [waiting.data.ticketId, 'pending']]);
      expect(await stores.notifications.retry(superseded.notificationId, superseded.target, start)).toBe(false);
      expect(await stores.notifications.retry(missed.notificationId, missed.target, start)).toBe(true);
      expect(await undelivered()).toEqual([[missed.ticketId, 'pending'], [waiting.data.ticketId, 'pending']]);
      expect(idsOf(await claim()).sort()).toEqual([missed.notificationId, planned(waiting).notificationId].sort());
    });

    it('lists by ticket and state, the latest first, page by page', async () => {
      await plan(['A', 'B', 'C'].map((id) => ticket(id)));
      const list = (more: object) => stores.notifications.list({ ticketId: null, state: null, cursor: null, limit: 2, ...more });
      const first = await list({});
      const second = await list({ cursor: first.next });
      expect([...first.items, ...second.items].map(({ ticketId }) => ticketId)).toEqual(['C', 'B', 'A'].map((id) => ticket(id).data.ticketId));
      expect(second.next).toBeNull();
      expect((await list({ ticketId: ticket('B').data.ticketId })).items).toHaveLength(1);
      expect((await list({ state: 'failed' })).items).toEqual([]);
    });

    it('lists by destination, by the code of the error, and since when it was given up', async () => {
      await plan([ticket('A'), ticket('B')]);
      const [first, second] = await claim();
      if (first === undefined || second === undefined) throw new Error('nothing was claimed');
      await record(first, { state: 'failed', code: 'rejected', detail: 'no', disablesChannel: false });
      await record(second, { state: 'failed', code: 'gone', detail: 'no', disablesChannel: false });
      const found = async (more: object) => (await stores.notifications.list({ ticketId: null, state: 'failed', cursor: null, limit: 10, ...more })).items.map(({ code }) => code).sort();
      expect(await found({})).toEqual(['gone', 'rejected']);
      expect(await found({ code: 'gone' })).toEqual(['gone']);
      expect(await found({ destination: 'isv/contoso' })).toEqual(['gone', 'rejected']);
      expect(await found({ destination: 'isv/other' })).toEqual([]);
      expect(await found({ finishedSince: start })).toEqual(['gone', 'rejected']);
      expect(await found({ finishedSince: later(60_000) })).toEqual([]);
    });

    it('suppresses of an answered ticket what waits of earlier escalations, and nothing else', async () => {
      const reminder = (externalId: string, ticketVersion: number, email: string): Event => {
        const { data, ...event } = ticket(externalId, { ticketVersion, recipients: [aRecipient({ email })] });
        return { ...event, data: { ...data, escalation: 'reminder' } as Event['data'] };
      };
      const inHand = reminder('A', 2, 'hand@contoso.example');
      await plan([ticket('A'), reminder('A', 2, 'a2@contoso.example'), reminder('A', 4, 'a4@contoso.example'), reminder('B', 2, 'b@contoso.example')]);
      await plan([inHand], { owner: stores.other, handOff: [planned(inHand)] });
      const { ticketId } = ticket('A').data;
      const answered = { ticketId, version: 3, code: 'acknowledged', detail: 'Ada did.' };
      const suppress = (version: number) => stores.transactions.run((tx) => stores.reminders.suppress(tx, [{ ...answered, version }], start));
      expect(await suppress(3)).toMatchObject([{ notification: { ticketId, ticketVersion: 2, target: { address: 'a2@contoso.example' } }, attempts: 0, code: 'acknowledged', detail: 'Ada did.' }]);
      const states = (await stores.notifications.list({ ticketId: null, state: null, cursor: null, limit: 10 })).items.map(({ target, state, code, detail, finishedAt }) => [target.address, state, code, detail, finishedAt]);
      const waiting = (address: string) => [address, 'pending', null, null, null];
      expect(states.sort()).toEqual([['a2@contoso.example', 'suppressed', 'acknowledged', 'Ada did.', start.toISOString()], waiting('a4@contoso.example'), waiting('b@contoso.example'), waiting('hand@contoso.example'), waiting('support@contoso.example')]);
      expect(await stores.reminders.reasonAgainst({ ticketId, ticketVersion: 2 })).toEqual({ code: 'acknowledged', detail: 'Ada did.' });
      expect(await stores.reminders.reasonAgainst({ ticketId, ticketVersion: 3 })).toBeNull();
      expect(await suppress(1)).toEqual([]);
      expect(await stores.reminders.reasonAgainst({ ticketId, ticketVersion: 2 })).not.toBeNull();
    });

    it('records what was withheld in the hand of a process, without an attempt', async () => {
      await plan([ticket('A')]);
      const [delivery] = await claim();
      if (delivery === undefined) throw new Error('nothing was claimed');
      const { notificationId } = delivery.notification;
      expect(await stores.transactions.run((tx) => stores.deliveries.record(tx, stores.owner, [{ delivery, at: later(5).toISOString(), reason: { code: 'acknowledged', detail: 'Ada did.' } }]))).toEqual(new Set([notificationId]));
      expect(await stores.notifications.get(notificationId)).toMatchObject({ state: 'suppressed', code: 'acknowledged', detail: 'Ada did.', attempts: [], finishedAt: later(5).toISOString() });
      expect(await claim({ now: later(60_000) })).toEqual([]);
    });

    it('knows the age of the oldest that is still to be delivered', async () => {
      expect(await stores.deliveries.oldestPending()).toBeNull();
      await plan([ticket('A')]);
      expect(await stores.deliveries.oldestPending()).toEqual(start);
    });
  });
}

function resultOf(delivery: Delivery, disposition: Disposition): AttemptResult {
  const outcome = disposition.state === 'pending' ? 'retry' : disposition.state;
  const told = disposition.state === 'delivered' ? { code: null, detail: disposition.receipt } : { code: disposition.code, detail: disposition.detail };
  return { delivery, disposition, standing: null, attempt: { attempt: delivery.attempts + 1, at: start.toISOString(), durationMs: 12, outcome, ...told } };
}
