import { decodeEvent } from '@handoff/contracts';
import type { IncomingRecord, OutboxPublisher, OutgoingRecord, RecordCopy, Transactions } from '@handoff/messaging';
import { aTicketReceived, eventually } from '@handoff/testing';

export interface Instance {
  readonly transactions: Transactions;
  readonly outbox: OutboxPublisher;
  /** Ends like `kill -9`: nothing is drained, nothing let go in good order. */
  die(): Promise<void>;
}

export interface TransactionsHarness {
  /** Another process of the same service, on the same database. `publish` stands for Kafka. */
  instance(publish: (records: readonly OutgoingRecord[]) => Promise<void>): Promise<Instance>;
  outboxSize(): Promise<number>;
  close(): Promise<void>;
}

/** What transactions, inbox, outbox and parking promise, on whichever database. */
export function describeTransactionsContract(name: string, open: () => Promise<TransactionsHarness>): void {
  describe(`transactions (${name})`, () => {
    let harness: TransactionsHarness;
    const published: string[] = [];
    const publish = (records: readonly OutgoingRecord[]): Promise<void> => {
      published.push(...records.map((record) => decodeEvent({ value: record.value, headers: record.headers }).id));
      return Promise.resolve();
    };

    beforeEach(async () => {
      published.length = 0;
      harness = await open();
    });
    afterEach(() => harness.close());

    const event = (id: string) => aTicketReceived({ id });

    it('keep everything of a transaction, or nothing', async () => {
      const { transactions } = await harness.instance(publish);
      const failed = transactions.run(async (tx) => {
        await tx.inbox.accept(['a']);
        await tx.outbox.add([event('out')]);
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      expect(await transactions.run((tx) => tx.inbox.accept(['a']))).toEqual(new Set(['a']));
      expect(await harness.outboxSize()).toBe(0);
      expect(published).toEqual([]);
    });

    it('run what waits for the commit after it, and never when they are rolled back', async () => {
      const { transactions } = await harness.instance(publish);
      const ran: string[] = [];
      await transactions.run((tx) => {
        tx.afterCommit(() => ran.push('committed'));
        ran.push('inside');
        return Promise.resolve();
      });
      const failed = transactions.run((tx) => {
        tx.afterCommit(() => ran.push('rolled back'));
        return Promise.reject(new Error('no'));
      });
      await expect(failed).rejects.toThrow('no');
      expect(ran).toEqual(['inside', 'committed']);
    });

    it('accept an event once, also within one call', async () => {
      const { transactions } = await harness.instance(publish);
      expect(await transactions.run((tx) => tx.inbox.accept(['a', 'b', 'a']))).toEqual(new Set(['a', 'b']));
      expect(await transactions.run((tx) => tx.inbox.accept(['b', 'c']))).toEqual(new Set(['c']));
    });

    it('publish what was committed, in order, and then forget it', async () => {
      const { transactions } = await harness.instance(publish);
      for (let n = 0; n < 20; n += 1) await transactions.run((tx) => tx.outbox.add([event(`${n}a`), event(`${n}b`)]));
      await eventually(async () => expect(await harness.outboxSize()).toBe(0));
      expect(published).toEqual(Array.from({ length: 20 }, (_, n) => [`${n}a`, `${n}b`]).flat());
    });

    it('publish large events in parts that a topic takes, and in order', async () => {
      const sizes: number[] = [];
      const { transactions } = await harness.instance((records) => {
        sizes.push(records.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0));
        return publish(records);
      });
      const large = (id: string) => aTicketReceived({ id, ticket: { description: '☂'.repeat(60_000) } });
      await transactions.run((tx) => tx.outbox.add(Array.from({ length: 12 }, (_, n) => large(String(n)))));
      await eventually(async () => expect(await harness.outboxSize()).toBe(0));
      expect(published).toEqual(Array.from({ length: 12 }, (_, n) => String(n)));
      expect(Math.max(...sizes)).toBeLessThan(1_048_576);
    });

    it('go on trying while Kafka is away, and lose no order by it', async () => {
      let refusals = 3;
      const { transactions } = await harness.instance((records) => ((refusals -= 1) >= 0 ? Promise.reject(new Error('away')) : publish(records)));
      await transactions.run((tx) => tx.outbox.add([event('1')]));
      await transactions.run((tx) => tx.outbox.add([event('2')]));
      await eventually(async () => expect(await harness.outboxSize()).toBe(0));
      expect(published).toEqual(['1', '2']);
    });

    it('leave nothing behind when a process dies between commit and publication: another takes it over, in order', async () => {
      const first = await harness.instance(() => new Promise(() => undefined));
      await first.transactions.run((tx) => tx.outbox.add([event('1'), event('2')]));
      await first.transactions.run((tx) => tx.outbox.add([event('3')]));
      const second = await harness.instance(publish);
      await second.outbox.sweep();
      expect(published).toEqual([]);
      await first.die();
      await eventually(async () => {
        await second.outbox.sweep();
        expect(published).toEqual(['1', '2', '3']);
      });
      await eventually(async () => expect(await harness.outboxSize()).toBe(0));
    });

    it('hand a parked record out when it is due, oldest of its key first, until it is released', async () => {
      const { transactions } = await harness.instance(publish);
      const now = new Date('2026-11-02T08:00:00Z');
      const later = new Date('2026-11-02T09:00:00Z');
      const record = (offset: string, key: string | null) => ({ topic: 't', partition: 0, offset, key, keyBytes: key === null ? null : Buffer.from(key), value: Buffer.from([0, 255, 10]), headers: { ce_id: Buffer.from('x') }, timestampMs: '1777777777777' });
      await transactions.run(async (tx) => {
        await tx.parking.park(record('1', 'k'), { code: 'c', detail: 'd', errorName: 'TypeError' }, later);
        await tx.parking.park(record('2', 'k'), { code: 'behind-parked', detail: 'd', errorName: null }, now);
        await tx.parking.park(record('3', null), { code: 'c', detail: 'd', errorName: 'TypeError' }, now);
        await tx.parking.park(record('3', null), { code: 'c', detail: 'again', errorName: 'TypeError' }, now);
      });
      expect(await transactions.run((tx) => tx.parking.keysIn(['k', 'other']))).toEqual(new Set(['k']));
      const offsets = (at: Date) => transactions.run(async (tx) => (await tx.parking.due(at, 10)).map(({ record: { offset } }) => offset));
      expect(await offsets(now)).toEqual(['3']);
      expect(await offsets(later)).toEqual(['1', '3']);
      const [first] = await transactions.run((tx) => tx.parking.due(later, 1));
      expect(first?.record.value).toEqual(Buffer.from([0, 255, 10]));
      await transactions.run((tx) => tx.parking.postpone(first?.seq ?? '', { code: 'c2', detail: 'd2', errorName: 'TypeError' }, null));
      expect(await offsets(later)).toEqual(['3']);
      await transactions.run((tx) => tx.parking.release(first?.seq ?? ''));
      expect(await offsets(later)).toEqual(['2', '3']);
    });

    it('keep a record that is set aside byte for byte, and set it aside once', async () => {
      const { transactions } = await harness.instance(publish);
      const noText = Buffer.from([0, 255, 128]);
      const record: IncomingRecord = { topic: 't', partition: 3, offset: '9007199254740993', key: noText.toString().replaceAll('\0', '?'), keyBytes: noText, value: noText, timestampMs: '1777777777777', headers: { z: noText, a: [Buffer.from('1'), noText], none: null, nul: Buffer.from('\0') } };
      const now = new Date('2026-11-02T08:00:00Z');
      const park = () => transactions.run((tx) => tx.parking.park(record, { code: 'c', detail: 'Nul \0 and half a pair \ud83d', errorName: 'TypeError' }, now));
      const id = await park();
      expect(await park()).toBeNull();
      const [parked] = await transactions.run((tx) => tx.parking.due(now, 10));
      expect(parked).toMatchObject({ id, attempts: 0, isDead: false, editedValue: null, reason: { code: 'c', errorName: 'TypeError' } });
      expect(parked?.record).toEqual(record);
      expect(Object.keys(parked?.record.headers ?? {})).toEqual(['z', 'a', 'none', 'nul']);
    });

    it('remember that a record was given up, whoever has it tried again', async () => {
      const { transactions } = await harness.instance(publish);
      const record: IncomingRecord = { topic: 't', partition: 0, offset: '1', key: null, keyBytes: null, value: null, timestampMs: '0', headers: {} };
      const reason = { code: 'c', detail: 'd', errorName: null };
      const now = new Date('2026-11-02T08:00:00Z');
      const parked = () => transactions.run(async (tx) => (await tx.parking.due(now, 1))[0]);
      await transactions.run((tx) => tx.parking.park(record, reason, now));
      const seq = (await parked())?.seq ?? '';
      await transactions.run((tx) => tx.parking.postpone(seq, reason, null));
      await transactions.run((tx) => tx.parking.postpone(seq, reason, now));
      expect(await parked()).toMatchObject({ isDead: true, attempts: 2 });
    });

    it('publish copies behind the events of their transaction, byte for byte, also those of a process that died', async () => {
      const copies: (OutgoingRecord | RecordCopy)[] = [];
      const first = await harness.instance(() => new Promise(() => undefined));
      const copy: RecordCopy = { topic: 'letters', key: Buffer.from([0, 255]), value: null, headers: { b: Buffer.from([128]), a: [Buffer.from('1'), Buffer.from('2')] } };
      await first.transactions.run(async (tx) => {
        await tx.outbox.copy([copy]);
        await tx.outbox.add([event('1')]);
      });
      const second = await harness.instance((records) => Promise.resolve(void copies.push(...records)));
      await first.die();
      await eventually(async () => {
        await second.outbox.sweep();
        expect(copies).toHaveLength(2);
      });
      expect(copies.map(({ topic }) => topic)).toEqual(['handoff.intake', 'letters']);
      expect(copies[1]).toMatchObject(copy);
    });
  });
}

