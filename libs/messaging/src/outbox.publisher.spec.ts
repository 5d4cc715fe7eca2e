import { eventually } from '@handoff/testing';
import { OutboxPublisher, type OutboxStore, type StoredRecord } from './outbox.publisher.js';
import type { OutgoingRecord } from './ports.js';

const aRecord = (seq: string): StoredRecord => ({ seq, topic: 't', key: 'ticket', value: seq, headers: {} });

/** A publisher over a store that says of transactions what the test tells it. */
function aPublisher(said: (transactionId: string) => Promise<boolean>): { readonly outbox: OutboxPublisher; readonly published: string[]; readonly removed: string[]; readonly errors: string[] } {
  const [published, removed, errors]: string[][] = [[], [], []];
  const store: OutboxStore = {
    owner: '1', open: () => Promise.resolve(), close: () => Promise.resolve(), takeOver: () => Promise.resolve([]),
    remove: (seqs) => Promise.resolve(void removed?.push(...seqs)), wasCommitted: said,
  };
  const publisher = { publish: (records: readonly object[]) => Promise.resolve(void published?.push(...records.map((record) => (record as OutgoingRecord).value))), check: () => Promise.resolve(), close: () => Promise.resolve() };
  const outbox = new OutboxPublisher({ store, publisher, sweepIntervalMs: 3_600_000, onError: (error) => errors?.push((error as Error).message) });
  return { outbox, published: published ?? [], removed: removed ?? [], errors: errors ?? [] };
}

describe('events of a transaction whose commit was not answered', () => {
  it('are published in their place when they were committed', async () => {
    const { outbox, published, removed } = aPublisher(() => Promise.resolve(true));
    void outbox.handOff([aRecord('1')]);
    void outbox.handOff([aRecord('2'), aRecord('3')], '700');
    void outbox.handOff([aRecord('4')]);
    await eventually(() => expect(removed).toEqual(['1', '2', '3', '4']));
    expect(published).toEqual(['1', '2', '3', '4']);
    expect(outbox.waitingRecords).toBe(0);
  });

  it('are dropped when they were not, and leave room', async () => {
    const { outbox, published } = aPublisher((transactionId) => Promise.resolve(transactionId === '701'));
    void outbox.handOff([aRecord('1')], '700');
    void outbox.handOff([aRecord('2')], '701');
    void outbox.handOff([aRecord('3')]);
    await eventually(() => expect(outbox.waitingRecords).toBe(0));
    expect(published).toEqual(['2', '3']);
    expect(outbox.hasRoom()).toBe(true);
  });

  it('hold back what comes after them until the database can say, and go on asking', async () => {
    let asked = 0;
    const { outbox, published, errors } = aPublisher(() => ((asked += 1) < 3 ? Promise.reject(new Error('away')) : Promise.resolve(true)));
    void outbox.handOff([aRecord('1')], '700');
    void outbox.handOff([aRecord('2')]);
    await eventually(() => expect(errors).toEqual(['away']));
    expect(published).toEqual([]);
    await eventually(() => expect(published).toEqual(['1', '2']));
  });
});
