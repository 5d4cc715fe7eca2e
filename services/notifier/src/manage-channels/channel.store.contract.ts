import type { Transactions } from '@handoff/messaging';
import { aChannel } from '../notification/notification.builders.js';
import type { ChannelStore } from './channel.store.js';

export interface OpenChannelStore {
  readonly store: ChannelStore;
  readonly transactions: Transactions;
  close(): Promise<void>;
}

const at = new Date('2026-11-02T09:00:00.000Z');
const second = aChannel({ channelId: '1f8fad5b-d9cb-469f-a165-70867728950e', kind: 'mail', address: 'support@contoso.example', secret: null });
const { secret: _secret, formerSecret: _former, credentials: _credentials, ...shown } = aChannel();

/** What the notifier may expect of its channels; memory and PostgreSQL alike. */
export function describeChannelStore(name: string, open: () => Promise<OpenChannelStore>): void {
  describe(`channels in ${name}`, () => {
    let store: ChannelStore;
    let opened: OpenChannelStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.close());

    it('are shown without their secrets, which only the sender gets', async () => {
      expect(await store.isEmpty()).toBe(true);
      expect(await store.add(aChannel())).toBe(true);
      expect(await store.get(shown.channelId)).toEqual(shown);
      expect(await store.withSecrets([shown.channelId])).toEqual([aChannel()]);
      expect(await store.isEmpty()).toBe(false);
    });

    it('keep credentials for the sender, beside what may be shown of them, until they are removed', async () => {
      const credentials = { headers: { 'X-Key': 'hunter2' } };
      const credentialsShown = { headers: ['X-Key'] };
      await store.add(aChannel({ credentials, credentialsShown }));
      expect(await store.get(shown.channelId)).toEqual({ ...shown, credentialsShown });
      expect(await store.withSecrets([shown.channelId])).toMatchObject([{ credentials }]);
      expect(await store.change(shown.channelId, { enabled: false }, at)).toMatchObject({ credentialsShown });
      const other = { credentials: { headers: { 'X-Other': 'hunter3' } }, credentialsShown: { headers: ['X-Other'] } };
      expect(await store.change(shown.channelId, { credentials: other }, at)).toMatchObject({ credentialsShown: other.credentialsShown });
      expect(await store.withSecrets([shown.channelId])).toMatchObject([other]);
      expect(await store.change(shown.channelId, { credentials: { credentials: null, credentialsShown: null } }, at)).toMatchObject({ credentialsShown: null });
      expect(await store.withSecrets([shown.channelId])).toMatchObject([{ credentials: null, credentialsShown: null, secret: aChannel().secret }]);
    });

    it('exist once for a destination, kind and address', async () => {
      await store.add(aChannel());
      expect(await store.add({ ...second, kind: 'webhook', address: shown.address })).toBe(false);
      expect(await store.add(second)).toBe(true);
      expect(await store.change(second.channelId, { address: shown.address }, at)).toMatchObject({ address: shown.address });
      expect(await store.add({ ...second, channelId: '2f8fad5b-d9cb-469f-a165-70867728950e' })).toBe(true);
      expect(await store.change(second.channelId, { address: 'support@contoso.example' }, at)).toBe('taken');
    });

    it('keep the secret that held beside the new one, until a time', async () => {
      await store.add(aChannel());
      const until = new Date('2026-11-03T09:00:00.000Z');
      const rotated = { ...shown, publicKey: 'whpk_x', formerSecretUntil: until.toISOString(), updatedAt: at.toISOString() };
      expect(await store.rotate(shown.channelId, { secret: 'whsk_new', publicKey: 'whpk_x', formerUntil: until }, at)).toEqual(rotated);
      expect(await store.withSecrets([shown.channelId])).toEqual([{ ...rotated, secret: 'whsk_new', formerSecret: aChannel().secret, credentials: null }]);
      expect(await store.rotate(second.channelId, { secret: 'x', publicKey: null, formerUntil: until }, at)).toBeNull();
    });

    it('are listed page by page, also by destination', async () => {
      await store.add(aChannel());
      await store.add(second);
      const first = await store.list({ destination: null, cursor: null, limit: 1 });
      expect(first).toEqual({ items: [shown], next: shown.channelId });
      expect(await store.list({ destination: null, cursor: first.next, limit: 1 })).toMatchObject({ items: [{ channelId: second.channelId }], next: null });
      expect(await store.list({ destination: 'isv/tailspin', cursor: null, limit: 9 })).toEqual({ items: [], next: null });
    });

    it('change in the named fields only, and are gone when removed', async () => {
      await store.add(aChannel());
      expect(await store.change(shown.channelId, { purposes: ['act'], enabled: false }, at)).toEqual({ ...shown, purposes: ['act'], enabled: false, updatedAt: at.toISOString() });
      expect(await store.change(second.channelId, { enabled: false }, at)).toBeNull();
      expect(await store.remove(shown.channelId)).toBe(true);
      expect(await store.remove(shown.channelId)).toBe(false);
    });

    it('of a ticketing system have its settings, which change as a whole', async () => {
      const ticketing = { system: 'zendesk' as const, settings: { groupId: 7, tags: ['handoff'] }, source: null };
      await store.add(aChannel({ kind: 'ticketing', ticketing }));
      expect(await store.get(shown.channelId)).toMatchObject({ ticketing });
      expect(await store.change(shown.channelId, { settings: { groupId: 8 } }, at)).toMatchObject({ ticketing: { system: 'zendesk', settings: { groupId: 8 } } });
      expect(await store.change(shown.channelId, { enabled: false }, at)).toMatchObject({ ticketing: { settings: { groupId: 8 } } });
      expect(await store.change(shown.channelId, { source: 'contoso-desk' }, at)).toMatchObject({ ticketing: { source: 'contoso-desk', settings: { groupId: 8 } } });
      expect((await store.get(shown.channelId))?.ticketing?.source).toBe('contoso-desk');
      expect(await store.change(shown.channelId, { source: null }, at)).toMatchObject({ ticketing: { source: null, settings: { groupId: 8 } } });
    });

    it('that Handoff disabled say why, until a person enables them', async () => {
      await store.add(aChannel());
      await opened.transactions.run((tx) => store.disable(tx, shown.channelId, { reason: 'It answered 410.', at, failingSince: null }));
      expect(await store.get(shown.channelId)).toMatchObject({ enabled: false, disabledReason: 'It answered 410.' });
      expect(await store.change(shown.channelId, { enabled: true }, at)).toMatchObject({ enabled: true, disabledReason: null });
    });

    it('that fail keep since when, are warned of once, and are disabled only while they fail since then', async () => {
      await store.add(aChannel());
      const run = <R>(work: (tx: Parameters<typeof store.fails>[0]) => Promise<R>): Promise<R> => opened.transactions.run(work);
      const later = new Date(at.getTime() + 1_000);
      await run((tx) => store.fails(tx, shown.channelId, at));
      await run((tx) => store.fails(tx, shown.channelId, later));
      const failingSince = at.toISOString();
      expect(await store.get(shown.channelId)).toMatchObject({ failingSince, warnedAt: null });
      expect(await run((tx) => store.warn(tx, shown.channelId, { failingSince: later.toISOString(), at: later }))).toBeNull();
      expect(await run((tx) => store.warn(tx, shown.channelId, { failingSince, at: later }))).toMatchObject({ channelId: shown.channelId, failingSince, warnedAt: later.toISOString() });
      expect(await run((tx) => store.warn(tx, shown.channelId, { failingSince, at: later }))).toBeNull();
      await run((tx) => store.recovers(tx, shown.channelId));
      expect(await store.get(shown.channelId)).toMatchObject({ enabled: true, failingSince: null, warnedAt: null });
      expect(await run((tx) => store.disable(tx, shown.channelId, { reason: 'no', at, failingSince }))).toBeNull();
      await run((tx) => store.fails(tx, shown.channelId, at));
      expect(await run((tx) => store.disable(tx, shown.channelId, { reason: 'no', at, failingSince }))).toMatchObject({ enabled: false });
      expect(await run((tx) => store.disable(tx, shown.channelId, { reason: 'no', at, failingSince }))).toBeNull();
      expect(await store.change(shown.channelId, { enabled: true }, at)).toMatchObject({ enabled: true, disabledReason: null, failingSince: null });
    });

    it('have a limit of messages in a minute, which may change', async () => {
      await store.add(aChannel({ messagesPerMinuteMax: 10 }));
      expect(await store.get(shown.channelId)).toMatchObject({ messagesPerMinuteMax: 10 });
      expect(await store.change(shown.channelId, { messagesPerMinuteMax: 20 }, at)).toMatchObject({ messagesPerMinuteMax: 20 });
      expect(await store.change(shown.channelId, { enabled: true }, at)).toMatchObject({ messagesPerMinuteMax: 20 });
    });

    it('stay enabled when the transaction that disables them fails', async () => {
      await store.add(aChannel());
      await expect(opened.transactions.run(async (tx) => {
        await store.disable(tx, shown.channelId, { reason: 'It answered 410.', at, failingSince: null });
        throw new Error('no');
      })).rejects.toThrow('no');
      expect(await store.get(shown.channelId)).toMatchObject({ enabled: true });
    });

    it('are found by the destinations of a chunk', async () => {
      await store.add(aChannel());
      await store.add(second);
      const found = await opened.transactions.run((tx) => store.forDestinations(tx, ['isv/contoso', 'partner/1001']));
      expect(found.map(({ channelId }) => channelId)).toEqual([shown.channelId, second.channelId]);
    });
  });
}
