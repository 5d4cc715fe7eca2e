import { audit } from './audit.decision.js';
import type { Accepted, Arrival, Decision, Evidence, Published, RoutedEvent, SetAside, StoredNotification } from './evidence.js';

const DESTINATION = 'isv/contoso';
const BEGIN_MS = Date.UTC(2026, 10, 2, 8);

/** A run in which two tickets were told of three times each, and everything is well. */
function aRun(): { -readonly [K in keyof Evidence]: Evidence[K] } {
  const events = ['a', 'b'].flatMap((ticketId) => [1, 2, 3].map((version) => ({ ticketId, version, eventId: `event-${ticketId}${version}`, atMs: BEGIN_MS + version * 1_000 })));
  const notificationId = (ticketId: string, version: number): string => `message-${ticketId}${version}`;
  return {
    accepted: events.map(({ ticketId, version, eventId, atMs }): Accepted => ({ deliveryId: `delivery-${ticketId}${version}`, source: 'jira-demo', ticketId, eventId, atMs, isUnordered: false })),
    received: events.map(({ ticketId, eventId }): Published => ({ id: eventId, ticketId, digest: eventId })),
    decisions: events.map(({ ticketId, version, eventId }): Decision => ({ ticketId, ticketVersion: version, eventId })),
    routed: events.map(({ ticketId, version }): RoutedEvent => ({ id: `routed-${ticketId}${version}`, ticketId, digest: '', ticketVersion: version, destinations: [DESTINATION] })),
    notifications: events.map(({ ticketId, version }): StoredNotification => ({ id: notificationId(ticketId, version), ticketId, ticketVersion: version, destination: DESTINATION, state: 'delivered', code: null, overtakes: false })),
    arrivals: events.map(({ ticketId, version, atMs }): Arrival => ({ id: notificationId(ticketId, version), destination: DESTINATION, ticketId, ticketVersion: version, digest: '', atMs: atMs + 200, isGenuine: true })),
    notified: events.map(({ ticketId, version }) => ({ id: `told-${ticketId}${version}`, ticketId, digest: '', notificationId: notificationId(ticketId, version), type: 'handoff.notification.delivered.v1' })),
    setAside: [], poisons: [], faults: [], leftovers: { 'routing.outbox': 0 },
  };
}

/** What is found, by the name of the check. */
function findingsIn(evidence: Evidence): Record<string, readonly string[]> {
  return Object.fromEntries(audit(evidence).checks.filter(({ findings }) => findings.length > 0).map(({ name, findings }) => [name, findings]));
}

const without = <T>(list: readonly T[], is: (one: T) => boolean): T[] => list.filter((one) => !is(one));
const swapped = <T>(list: readonly T[], first: number, second: number): T[] => list.map((one, index) => list[index === first ? second : index === second ? first : index] ?? one);

describe('the audit of a run', () => {
  it('finds nothing where everything is well, and has looked at everything', () => {
    const { checks } = audit(aRun());
    expect(checks.flatMap(({ findings }) => findings)).toEqual([]);
    expect(Math.max(...checks.map(({ looked }) => looked))).toBeGreaterThan(6);
  });

  describe('finds a loss', () => {
    it('of an event that was answered 202 and never reached Kafka', () => {
      const run = aRun();
      run.received = without(run.received, ({ id }) => id === 'event-a2');
      expect(findingsIn(run)['each event that was taken is in handoff.intake']).toEqual([expect.stringContaining('event-a2')]);
    });

    it('of an event without a decision', () => {
      const run = aRun();
      run.decisions = without(run.decisions, ({ eventId }) => eventId === 'event-b3');
      expect(findingsIn(run)['each event is one decision']).toEqual([expect.stringContaining('event-b3 has no decision')]);
    });

    it('of a decision that was never told', () => {
      const run = aRun();
      run.routed = without(run.routed, ({ id }) => id === 'routed-a1');
      expect(findingsIn(run)['each decision is told in handoff.routing once']).toEqual([expect.stringContaining('a v1')]);
    });

    it('of a notification that was never planned', () => {
      const run = aRun();
      run.notifications = without(run.notifications, ({ id }) => id === 'message-a3');
      expect(findingsIn(run)['each decision is one notification for each whom it names']).toEqual([expect.stringContaining('a v3 for isv/contoso there are 0')]);
    });

    it('of a message that is said to be delivered and never arrived', () => {
      const run = aRun();
      run.arrivals = without(run.arrivals, ({ id }) => id === 'message-b1');
      expect(findingsIn(run)['what is said to be delivered arrived']).toEqual([expect.stringContaining('message-b1')]);
    });

    it('of a webhook that was answered 202 and became no event', () => {
      const run = aRun();
      run.accepted = run.accepted.map((one, index) => (index === 0 ? { ...one, eventId: null } : one));
      expect(findingsIn(run)['each delivery that was taken is one event']).toHaveLength(1);
    });

    it('in what still waits after all came to rest', () => {
      expect(findingsIn({ ...aRun(), leftovers: { 'routing.outbox': 2 } })['nothing waits any more']).toEqual(['2 rows wait in routing.outbox.']);
    });
  });

  describe('finds a double', () => {
    it('decision of one event', () => {
      const run = aRun();
      run.decisions = [...run.decisions, { ticketId: 'a', ticketVersion: 4, eventId: 'event-a3' }];
      run.routed = [...run.routed, { id: 'routed-a4', ticketId: 'a', digest: '', ticketVersion: 4, destinations: [] }];
      expect(findingsIn(run)['each event is one decision']).toEqual([expect.stringContaining('event-a3 has 2 decisions')]);
    });

    it('event of one delivery', () => {
      const run = aRun();
      run.accepted = [...run.accepted, { deliveryId: 'delivery-a1', source: 'jira-demo', ticketId: 'a', eventId: 'event-other', atMs: BEGIN_MS + 1_500, isUnordered: false }];
      expect(findingsIn(run)['each delivery that was taken is one event']).toEqual([expect.stringContaining('became 2 events')]);
    });

    it('notification of one decision for one contact', () => {
      const run = aRun();
      run.notifications = [...run.notifications, { id: 'message-again', ticketId: 'a', ticketVersion: 1, destination: DESTINATION, state: 'failed', code: 'rejected', overtakes: false }];
      expect(findingsIn(run)['each decision is one notification for each whom it names']).toEqual([expect.stringContaining('a v1 for isv/contoso there are 2')]);
    });

    it('notification for somebody whom no decision names', () => {
      const run = aRun();
      run.notifications = [...run.notifications, { id: 'message-stray', ticketId: 'a', ticketVersion: 1, destination: 'partner/1001', state: 'failed', code: 'rejected', overtakes: false }];
      expect(findingsIn(run)['each notification is wanted by a decision']).toHaveLength(1);
    });

    it('report of one delivery', () => {
      const run = aRun();
      run.notified = [...run.notified, { id: 'told-again', ticketId: 'a', digest: '', notificationId: 'message-a1', type: 'handoff.notification.delivered.v1' }];
      expect(findingsIn(run)['each delivered notification is told once']).toEqual([expect.stringContaining('message-a1')]);
    });

    it('meaning of one id', () => {
      const run = aRun();
      run.routed = [...run.routed, { id: 'routed-a1', ticketId: 'a', digest: 'another', ticketVersion: 1, destinations: [DESTINATION] }];
      expect(findingsIn(run)['an event that was published again says the same']).toHaveLength(1);
    });

    it('and none where an event was only published again under its id', () => {
      const run = aRun();
      run.received = [...run.received, ...run.received];
      run.routed = [...run.routed, ...run.routed];
      expect(findingsIn(run)).toEqual({});
    });
  });

  describe('finds a disorder', () => {
    it('of events in Kafka', () => {
      const run = aRun();
      run.received = swapped(run.received, 0, 1);
      expect(findingsIn(run)['each event of a ticket came to handoff.intake in the order in which it was taken']).toEqual([expect.stringContaining('of a stand')]);
    });

    it('but not where the sender let them overtake each other', () => {
      const run = aRun();
      run.received = swapped(run.received, 0, 1);
      run.accepted = run.accepted.map((one) => ({ ...one, isUnordered: true }));
      run.decisions = run.decisions.map((one) => ({ ...one, eventId: one.eventId === 'event-a1' ? 'event-a2' : one.eventId === 'event-a2' ? 'event-a1' : one.eventId }));
      expect(findingsIn(run)).toEqual({});
    });

    it('of decisions', () => {
      const run = aRun();
      run.decisions = run.decisions.map((one) => ({ ...one, eventId: one.eventId === 'event-b2' ? 'event-b3' : one.eventId === 'event-b3' ? 'event-b2' : one.eventId }));
      expect(findingsIn(run)['the decisions of a ticket follow the order of its events']).toHaveLength(1);
    });

    it('of versions that are told', () => {
      const run = aRun();
      run.routed = swapped(run.routed, 1, 2);
      expect(findingsIn(run)['the versions of a ticket rise in handoff.routing']).toEqual(['a was told in the versions 1, 3, 2.']);
    });

    it('of messages at the contact, unless one is marked as overtaking', () => {
      const run = aRun();
      run.arrivals = swapped(run.arrivals, 1, 2);
      expect(findingsIn(run)['the versions of a ticket arrive in their order']).toHaveLength(1);
      run.notifications = run.notifications.map((one) => ({ ...one, overtakes: one.id === 'message-a3' }));
      expect(findingsIn(run)).toEqual({});
    });
  });

  describe('of a message that arrived again', () => {
    const again = (afterMs: number): ReturnType<typeof aRun> => {
      const run = aRun();
      const [first] = run.arrivals;
      if (first !== undefined) run.arrivals = [...run.arrivals, { ...first, atMs: first.atMs + afterMs }];
      return run;
    };
    const firstAtMs = BEGIN_MS + 1_200;

    it('finds it where nothing had gone wrong', () => {
      expect(findingsIn(again(5_000))['what arrived again is the same, and a fault explains it']).toEqual([expect.stringContaining('which no fault explains')]);
    });

    it('counts it where the notifier was killed with it in hand', () => {
      const run = { ...again(5_000), faults: [{ kind: 'kill', on: 'notifier', fromMs: firstAtMs + 50, toMs: firstAtMs + 4_000 } as const] };
      expect(findingsIn(run)).toEqual({});
      expect(audit(run).explainedRepeats).toEqual({ 'kill notifier': 1 });
    });

    it('finds it where the kill came long after, or hit somebody else', () => {
      expect(findingsIn({ ...again(60_000), faults: [{ kind: 'kill', on: 'notifier', fromMs: firstAtMs + 30_000, toMs: firstAtMs + 34_000 }] })).not.toEqual({});
      expect(findingsIn({ ...again(5_000), faults: [{ kind: 'kill', on: 'routing', fromMs: firstAtMs + 50, toMs: firstAtMs + 4_000 }] })).not.toEqual({});
    });

    it('counts it for a death before anything else, and a delay for nothing', () => {
      const delay = { kind: 'delay', on: 'notifier-sink', fromMs: firstAtMs, toMs: firstAtMs + 3_000 } as const;
      expect(audit({ ...again(5_000), faults: [delay, { kind: 'kill', on: 'notifier', fromMs: firstAtMs + 50, toMs: firstAtMs + 4_000 }] }).explainedRepeats).toEqual({ 'kill notifier': 1 });
      expect(findingsIn({ ...again(5_000), faults: [delay] })).not.toEqual({});
    });

    it('finds more of them after one death than the notifier may have in hand', () => {
      const run = aRun();
      const arrivals = Array.from({ length: 257 }, (_, number): Arrival => ({ id: `many-${number}`, destination: DESTINATION, ticketId: `many-${number}`, ticketVersion: 1, digest: '', atMs: firstAtMs, isGenuine: true }));
      const faults = [{ kind: 'kill', on: 'notifier', fromMs: firstAtMs + 50, toMs: firstAtMs + 4_000 } as const];
      const repeated = (count: number) => ({ ...run, faults, arrivals: [...arrivals, ...arrivals.slice(0, count).map((one) => ({ ...one, atMs: one.atMs + 5_000 }))] });
      expect(findingsIn(repeated(257))['a death repeats no more than was in hand']).toEqual([expect.stringContaining('257 messages')]);
      expect(findingsIn(repeated(256))['a death repeats no more than was in hand']).toBeUndefined();
    });

    it('finds it where the database alone was away', () => {
      expect(findingsIn({ ...again(5_000), faults: [{ kind: 'kill-engine', on: 'postgres', fromMs: firstAtMs + 10, toMs: firstAtMs + 4_000 }] })).not.toEqual({});
    });

    it('finds it where its content is another', () => {
      const run = { ...again(5_000), faults: [{ kind: 'kill', on: 'notifier', fromMs: firstAtMs + 50, toMs: firstAtMs + 4_000 } as const] };
      run.arrivals = run.arrivals.map((one, index) => (index === run.arrivals.length - 1 ? { ...one, digest: 'another' } : one));
      expect(findingsIn(run)['what arrived again is the same, and a fault explains it']).toEqual([expect.stringContaining('another content')]);
    });
  });

  describe('of what was set aside', () => {
    const letter: SetAside = { service: 'routing', place: 'handoff.intake/3/7', eventId: null, state: 'discarded', code: 'invalid-json', detail: 'The value is not JSON.' };

    it('accepts poison that says why and was settled', () => {
      expect(findingsIn({ ...aRun(), setAside: [letter], poisons: [{ place: letter.place, eventId: null }] })).toEqual({});
    });

    it('finds what was not meant to be set aside, and poison that was swallowed', () => {
      expect(findingsIn({ ...aRun(), setAside: [letter] })['what was set aside says why, and is what was meant to be']).toHaveLength(1);
      expect(findingsIn({ ...aRun(), poisons: [{ place: letter.place, eventId: null }] })['each poisoned record was set aside']).toHaveLength(1);
    });

    it('finds one without a reason', () => {
      expect(findingsIn({ ...aRun(), setAside: [{ ...letter, detail: '' }], poisons: [{ place: letter.place, eventId: null }] })['what was set aside says why, and is what was meant to be']).toHaveLength(1);
    });
  });

  it('finds a message that nobody wrote, and one that is not signed', () => {
    const run = aRun();
    run.arrivals = [...run.arrivals, { id: 'stranger', destination: DESTINATION, ticketId: 'c', ticketVersion: 1, digest: '', atMs: BEGIN_MS, isGenuine: true }];
    expect(findingsIn(run)['what arrived is a notification, and genuine']).toEqual([expect.stringContaining('stranger')]);
    expect(findingsIn({ ...aRun(), arrivals: aRun().arrivals.map((one) => ({ ...one, isGenuine: false })) })['what arrived is a notification, and genuine']).toHaveLength(6);
  });

  it('finds a notification that was given up without a reason, or neither sent nor given up', () => {
    const run = aRun();
    const states: readonly Pick<StoredNotification, 'state' | 'code'>[] = [{ state: 'suppressed', code: null }, { state: 'pending', code: null }, { state: 'failed', code: 'rejected' }];
    run.notifications = run.notifications.map((one, index) => ({ ...one, ...states[index] }));
    expect(findingsIn(run)['each notification was delivered, or says why not']).toHaveLength(2);
  });
});
