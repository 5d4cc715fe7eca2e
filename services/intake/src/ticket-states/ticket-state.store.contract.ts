import type { TicketStateStore } from './ticket-state.store.js';

const at = (time: string): string => `2026-11-02T${time}.000Z`;

export interface TicketStateWorld {
  readonly store: TicketStateStore;
  /** Says up to when 'desk' is read; 'other' is not polled. */
  readUpTo(time: string): Promise<void>;
}

/** What holds for every store of states. Each test gets one with the sources 'desk', which is polled, and 'other'. */
export function describeTicketStateStoreContract(name: string, makeWorld: () => Promise<TicketStateWorld>): void {
  describe(`the states of tickets kept in ${name}`, () => {
    let store: TicketStateStore;
    let world: TicketStateWorld;
    beforeEach(async () => {
      world = await makeWorld();
      ({ store } = world);
    });
    const note = (externalId: string, time: string, source = 'desk'): { source: string; externalId: string; updatedAt: string } => ({ source, externalId, updatedAt: at(time) });

    it('are the latest of each ticket, in whatever order they are told', async () => {
      await store.note([note('1', '08:00:00'), note('2', '09:00:00'), note('1', '08:30:00')]);
      await store.note([note('2', '08:59:59'), note('1', '08:40:00')]);
      expect(await store.latest('desk', ['1', '2', '3'])).toEqual(new Map([['1', at('08:40:00')], ['2', at('09:00:00')]]));
      expect(await store.latest('desk', [])).toEqual(new Map());
    });

    it('are of one source each, and those of a source that is gone are left out', async () => {
      await store.note([note('1', '08:00:00', 'nobody'), note('1', '09:00:00', 'other'), note('1', '10:00:00')]);
      expect([(await store.latest('desk', ['1'])).get('1'), (await store.latest('nobody', ['1'])).size]).toEqual([at('10:00:00'), 0]);
    });

    it('are told by several at once', async () => {
      const many = Array.from({ length: 200 }, (_, index) => String(index));
      await Promise.all(['08:00:00', '08:00:02', '08:00:01'].map((time, turn) => store.note((turn === 1 ? many : many.toReversed()).map((id) => note(id, time)))));
      expect(new Set((await store.latest('desk', many)).values())).toEqual(new Set([at('08:00:02')]));
    });

    it('are forgotten a day before what is read up to, and where nothing is polled', async () => {
      await store.note([note('1', '08:00:00'), note('2', '08:00:01'), note('1', '10:00:00', 'other')]);
      await world.readUpTo('2026-11-03T08:00:01.000Z');
      await store.forget();
      expect([[...(await store.latest('desk', ['1', '2'])).keys()], (await store.latest('other', ['1'])).size]).toEqual([['2'], 0]);
    });
  });
}
