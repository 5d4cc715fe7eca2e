import { decodeEvent, type EventOf } from '@handoff/contracts';
import { MemoryLog, type OutgoingRecord } from '@handoff/messaging';
import { Problem } from '@handoff/platform';
import { aTicketReceived } from '@handoff/testing';
import { type ContentOf, EventAcceptor } from './event-acceptor.js';
import { RecentEvents } from './recent-events.js';

/** Where the events go, in place of the queue. */
class BreakableQueue {
  isBroken = false;

  constructor(private readonly log: MemoryLog) {}

  publish(record: OutgoingRecord): Promise<void> {
    if (this.isBroken) return Promise.reject(new Problem(503, 'kafka-unavailable', 'Away.'));
    this.log.append([record]);
    return Promise.resolve();
  }
}

function setUp(): { log: MemoryLog; queue: BreakableQueue; accept: (event: EventOf<'handoff.ticket.received.v1'>, digest?: string, onConflict?: ContentOf['onConflict']) => Promise<string>; stored: () => string[]; clock: { ms: number } } {
  const log = new MemoryLog();
  const queue = new BreakableQueue(log);
  const clock = { ms: 0 };
  const acceptor = new EventAcceptor(queue, new RecentEvents({ countMax: 3, ageMsMax: 1_000, now: () => clock.ms }));
  const accept = (event: EventOf<'handoff.ticket.received.v1'>, digest: string | null = null, onConflict: ContentOf['onConflict'] = 'refuse'): Promise<string> =>
    acceptor.accept(event, { digest, onConflict }).then(({ duplicate }) => (duplicate ? 'duplicate' : 'stored'), ({ status, code }: Problem) => `${status} ${code}`);
  return { log, queue, accept, clock, stored: () => log.records('handoff.intake').map((record) => decodeEvent(record).id) };
}

const event = (id: string): EventOf<'handoff.ticket.received.v1'> => aTicketReceived({ id });

describe('an event that comes in', () => {
  it('is stored once although it comes five times at once', async () => {
    const { accept, stored } = setUp();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => accept(event('e1'))));
    expect(outcomes.sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(stored()).toEqual(['e1']);
  });

  it('is known again for a while, and then stored again: whoever reads it drops it by its id', async () => {
    const { accept, stored, clock } = setUp();
    await accept(event('e1'));
    clock.ms = 1_000;
    expect(await accept(event('e1'))).toBe('duplicate');
    clock.ms = 1_001;
    expect(await accept(event('e1'))).toBe('stored');
    expect(stored()).toEqual(['e1', 'e1']);
  });

  it('is not remembered when it could not be stored', async () => {
    const { accept, queue, stored } = setUp();
    queue.isBroken = true;
    expect(await Promise.all([accept(event('e1')), accept(event('e1'))])).toEqual(['503 kafka-unavailable', '503 kafka-unavailable']);
    queue.isBroken = false;
    expect(await accept(event('e1'))).toBe('stored');
    expect(stored()).toEqual(['e1']);
  });

  it('makes the oldest forgotten when more are remembered than allowed', async () => {
    const { accept } = setUp();
    for (const id of ['e1', 'e2', 'e3', 'e4']) await accept(event(id));
    expect([await accept(event('e4')), await accept(event('e2')), await accept(event('e1'))]).toEqual(['duplicate', 'duplicate', 'stored']);
  });

  it('is not forgotten with an earlier time at which it was remembered', async () => {
    const { accept, clock } = setUp();
    await accept(event('e1'));
    clock.ms = 1_001;
    for (const id of ['e1', 'e2', 'e3']) await accept(event(id));
    expect([await accept(event('e1')), await accept(event('e2')), await accept(event('e3'))]).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('under a key that had another content is refused, at once or later', async () => {
    const { accept } = setUp();
    expect(await Promise.all([accept(event('e1'), 'one'), accept(event('e1'), 'two')])).toEqual(['stored', '409 idempotency-key-reused']);
    expect([await accept(event('e1'), 'one'), await accept(event('e1'), 'two')]).toEqual(['duplicate', '409 idempotency-key-reused']);
  });

  it('of a system, under a key that had another content, is stored again for routing to see, and is no news', async () => {
    const { accept, log } = setUp();
    const contents = ['one', 'two', 'one'];
    expect(await Promise.all(contents.map((content) => accept(event('e1'), content, 'store')))).toEqual(['stored', 'duplicate', 'duplicate']);
    expect(await accept(event('e1'), 'two', 'store')).toBe('duplicate');
    expect(log.records('handoff.intake').map((record) => decodeEvent(record).contentDigest)).toEqual(['one', 'two', 'two']);
  });

  it('whose content is not compared is a repetition', async () => {
    const { accept, stored } = setUp();
    expect([await accept(event('e1'), 'one', 'store'), await accept(event('e1'))]).toEqual(['stored', 'duplicate']);
    expect(stored()).toEqual(['e1']);
  });

  it('is refused when it breaks the schema, where its sender can still see it', async () => {
    const { accept, stored } = setUp();
    expect(await accept(aTicketReceived({ id: 'e1', externalId: '' }))).toBe('422 field-invalid');
    expect(stored()).toEqual([]);
  });
});
