import type { Transaction, Transactions } from '@handoff/messaging';
import type { DeliveryStore } from '../deliver/delivery.store.js';
import { subjectLineOf } from '../message/content.decision.js';
import { aRoutedEvent, planned } from '../notification/notification.builders.js';
import type { PlanStore } from '../plan-notifications/plan.store.js';
import type { NotificationStore } from '../show-notifications/notification.store.js';
import { heldBy } from './hold.decision.js';
import { aSuppression } from './suppression.builders.js';
import type { Outcome, SuppressionStore } from './suppression.store.js';
import type { Suppression } from './suppression.js';

export interface SuppressionStores {
  readonly transactions: Transactions;
  readonly suppressions: SuppressionStore;
  readonly plans: PlanStore;
  readonly deliveries: DeliveryStore;
  readonly notifications: NotificationStore;
  readonly owner: string;
  close(): Promise<void>;
}

type Event = ReturnType<typeof aRoutedEvent>;

const start = new Date('2026-11-02T08:00:00.000Z');
const minutes = (count: number): Date => new Date(start.getTime() + count * 60_000);
const WARNING_MS = 30 * 60_000;
const OTHER_ID = '2b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
const SUMMARY_ID = '5b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';

/** What may be expected of where suppressions are kept; memory and PostgreSQL alike. */
export function describeSuppressionStore(name: string, open: () => Promise<SuppressionStores>): void {
  describe(`suppressions in ${name}`, () => {
    let stores: SuppressionStores;
    beforeEach(async () => {
      stores = await open();
    });
    afterEach(() => stores.close());

    const run = <T>(work: (tx: Transaction, store: SuppressionStore) => Promise<T>): Promise<T> => stores.transactions.run((tx) => work(tx, stores.suppressions));
    const add = (...suppressions: readonly Suppression[]) => run(async (tx, store) => {
      for (const suppression of suppressions) await store.add(tx, suppression);
    });
    const ticket = (externalId: string, ticketVersion = 1): Event => aRoutedEvent({ ticketVersion, ticket: { externalId } });
    const idOf = (event: Event): string => planned(event).notificationId;
    /** Plans messages that `holder` holds, or that are sent. */
    const plan = (events: readonly Event[], holder: Suppression | null = aSuppression()) => run(async (tx) => {
      await stores.plans.lockThreads(tx, events.map(({ data }) => ({ ticketId: data.ticketId, subjectLine: subjectLineOf(data), version: data.ticketVersion })));
      await stores.plans.save(tx, {
        threads: [], routed: events.map(({ data }) => data), owner: stores.owner, handOffIds: new Set(), newTicketIds: new Set(), now: start,
        notifications: events.map((event) => ({ ...planned(event), planned: holder === null ? { state: 'pending' } : heldBy(holder) })),
      });
    });
    const settle = (outcome: Partial<Outcome>) => run((tx, store) => store.settle(tx, { released: [], summarised: null, suppressed: [], ...outcome }, minutes(61)));
    const takeEnded = (now = minutes(61), limit = 10) => run((tx, store) => store.takeEnded(tx, now, limit));
    const states = async () => (await stores.notifications.list({ ticketId: null, state: null, cursor: null, limit: 50 })).items.map(({ state, code, suppressionId }) => [state, code, suppressionId]);

    it('gives back what was kept, the latest first, page by page', async () => {
      const [first, second] = [aSuppression(), aSuppression({ suppressionId: OTHER_ID, match: { everything: true }, includesSeverityA: true, authorEmail: 'ada@northwind.example' })];
      await add(first, second);
      expect(await run((tx, store) => store.find(tx, OTHER_ID))).toEqual(second);
      const page = await run((tx, store) => store.list(tx, { state: null, now: start, cursor: null, limit: 1 }));
      expect(page.items).toEqual([second]);
      expect(await run((tx, store) => store.list(tx, { state: null, now: start, cursor: page.next, limit: 1 }))).toEqual({ items: [first], next: null });
      expect(await run((tx, store) => store.find(tx, SUMMARY_ID))).toBeNull();
    });

    it('lists by state, at the time of asking', async () => {
      await add(aSuppression());
      const listed = (state: 'scheduled' | 'in-force' | 'ended', now: Date) => run(async (tx, store) => (await store.list(tx, { state, now, cursor: null, limit: 10 })).items.length);
      expect([await listed('scheduled', minutes(-1)), await listed('in-force', minutes(0)), await listed('ended', minutes(60))]).toEqual([1, 1, 1]);
      expect([await listed('in-force', minutes(-1)), await listed('ended', minutes(59)), await listed('in-force', minutes(60))]).toEqual([0, 0, 0]);
    });

    it('ends one once, and not after its end', async () => {
      await add(aSuppression(), aSuppression({ suppressionId: OTHER_ID }));
      const end = (id: string, at: Date) => run((tx, store) => store.end(tx, id, { at: at.toISOString(), by: 'grace' }));
      expect(await end(OTHER_ID, minutes(5))).toMatchObject({ ended: { at: minutes(5).toISOString(), by: 'grace' }, until: minutes(60).toISOString() });
      expect(await end(OTHER_ID, minutes(6))).toBeNull();
      expect(await end(aSuppression().suppressionId, minutes(60))).toBeNull();
      expect(await end(SUMMARY_ID, minutes(5))).toBeNull();
      expect((await run((tx, store) => store.open(tx, minutes(10)))).map(({ suppressionId }) => suppressionId)).toEqual([aSuppression().suppressionId]);
    });

    it('is warned of once, when its end is near, though several look at the same time', async () => {
      await add(aSuppression());
      const take = (now: Date) => run((tx, store) => store.takeWarning(tx, now, WARNING_MS));
      expect(await take(minutes(29))).toBeNull();
      const taken = await Promise.all([take(minutes(30)), take(minutes(30)), take(minutes(31))]);
      expect(taken.filter((one) => one !== null)).toHaveLength(1);
      expect(await take(minutes(45))).toBeNull();
    });

    it('is not warned of when it has ended, or lasts no longer than the warning', async () => {
      await add(aSuppression({ until: minutes(30).toISOString() }), aSuppression({ suppressionId: OTHER_ID }));
      await run((tx, store) => store.end(tx, OTHER_ID, { at: minutes(20).toISOString(), by: 'ada' }));
      expect(await run((tx, store) => store.takeWarning(tx, minutes(29), WARNING_MS))).toBeNull();
      expect(await run((tx, store) => store.takeWarning(tx, minutes(40), WARNING_MS))).toBeNull();
    });

    it('a warning whose transaction fails is given again', async () => {
      await add(aSuppression());
      await expect(run(async (tx, store) => {
        await store.takeWarning(tx, minutes(30), WARNING_MS);
        throw new Error('no');
      })).rejects.toThrow('no');
      expect(await run((tx, store) => store.takeWarning(tx, minutes(30), WARNING_MS))).not.toBeNull();
    });

    it('counts what is held, and keeps it from being sent', async () => {
      await add(aSuppression());
      await plan([ticket('A'), ticket('B')]);
      expect(await run((tx, store) => store.held(tx, [aSuppression().suppressionId, OTHER_ID]))).toEqual(new Map([[aSuppression().suppressionId, 2], [OTHER_ID, 0]]));
      expect(await run((tx, store) => store.heldInAll(tx))).toBe(2);
      expect((await stores.notifications.list({ ticketId: null, state: null, undelivered: true, cursor: null, limit: 9 })).items).toHaveLength(2);
      expect(await stores.deliveries.claim({ owner: stores.owner, now: minutes(61), limit: 10, rooms: new Map(), roomElse: 10, heldLanes: [] })).toEqual([]);
      expect(await states()).toEqual([['suppressed', 'held', aSuppression().suppressionId], ['suppressed', 'held', aSuppression().suppressionId]]);
    });

    it('gives what an ended one holds, in the order of planning, and nothing of one in force', async () => {
      await add(aSuppression());
      await plan([ticket('A'), ticket('B')]);
      expect(await takeEnded(minutes(59))).toBeNull();
      const group = await takeEnded();
      expect(group?.suppression).toEqual(aSuppression());
      expect(group?.held.map(({ notification, subjectLine, reasonAgainst }) => [notification.notificationId, subjectLine, reasonAgainst])).toEqual([
        [idOf(ticket('A')), '[B] Sign-in fails (A)', null], [idOf(ticket('B')), '[B] Sign-in fails (B)', null],
      ]);
      expect(group?.held[0]?.told).toEqual(ticket('A').data);
      expect((await takeEnded(minutes(61), 1))?.held).toHaveLength(1);
      expect(await run((tx, store) => store.takeEnded(tx, minutes(61), 10, [aSuppression().suppressionId]))).toBeNull();
    });

    it('gives also what was planned while it ended, and committed after that', async () => {
      await add(aSuppression());
      expect(await takeEnded()).toBeNull();
      await plan([ticket('A')]);
      expect((await takeEnded())?.held).toHaveLength(1);
    });

    it('marks what a newer message of its ticket to the same address has overtaken', async () => {
      await add(aSuppression());
      await plan([ticket('A')]);
      await plan([ticket('A', 2)], null);
      expect((await takeEnded())?.held.map(({ reasonAgainst }) => reasonAgainst?.code)).toEqual(['superseded']);
    });

    it('lets go of what is released: it is due, once', async () => {
      await add(aSuppression());
      await plan([ticket('A')]);
      await settle({ released: [idOf(ticket('A'))] });
      expect(await takeEnded()).toBeNull();
      expect(await states()).toEqual([['pending', null, aSuppression().suppressionId]]);
      const claimed = await stores.deliveries.claim({ owner: stores.owner, now: minutes(61), limit: 10, rooms: new Map(), roomElse: 10, heldLanes: [] });
      expect(claimed.map(({ notification }) => notification.notificationId)).toEqual([idOf(ticket('A'))]);
    });

    it('makes what is summarised delivered with the summary, and not before', async () => {
      await add(aSuppression());
      await plan([ticket('A'), ticket('B')]);
      await settle({ summarised: { notificationIds: [idOf(ticket('A'))], summaryId: SUMMARY_ID } });
      expect(await stores.notifications.get(idOf(ticket('A')))).toMatchObject({ state: 'suppressed', code: 'summarised', summaryId: SUMMARY_ID });
      const told = await run((tx) => stores.deliveries.recordSummarised(tx, [SUMMARY_ID], { at: minutes(62), receipt: 'ok' }));
      expect(told.map(({ notification, told: facts }) => [notification.notificationId, facts])).toEqual([[idOf(ticket('A')), ticket('A').data]]);
      expect(await stores.notifications.get(idOf(ticket('A')))).toMatchObject({ state: 'delivered', code: null, receipt: 'ok', finishedAt: minutes(62).toISOString() });
      expect(await run((tx) => stores.deliveries.recordSummarised(tx, [SUMMARY_ID], { at: minutes(62), receipt: 'ok' }))).toEqual([]);
      expect(await stores.notifications.get(idOf(ticket('B')))).toMatchObject({ state: 'suppressed', code: 'held' });
    });

    it('moves what another suppression holds to that one', async () => {
      const other = aSuppression({ suppressionId: OTHER_ID, until: minutes(120).toISOString() });
      await add(aSuppression(), other);
      await plan([ticket('A')]);
      await settle({ suppressed: [{ notificationId: idOf(ticket('A')), suppressed: heldBy(other) }] });
      expect(await takeEnded()).toBeNull();
      expect(await states()).toEqual([['suppressed', 'held', OTHER_ID]]);
      expect((await stores.notifications.list({ ticketId: null, state: null, suppressionId: OTHER_ID, cursor: null, limit: 10 })).items).toHaveLength(1);
      expect((await stores.notifications.list({ ticketId: null, state: null, suppressionId: SUMMARY_ID, cursor: null, limit: 10 })).items).toHaveLength(0);
    });
  });
}
