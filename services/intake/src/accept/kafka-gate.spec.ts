import { type EventPublisher, MemoryEventPublisher, MemoryLog, type OutgoingRecord } from '@handoff/messaging';
import { eventually } from '@handoff/testing';
import { KafkaAway, KafkaGate } from './kafka-gate.js';

const record: OutgoingRecord = { topic: 'handoff.intake', key: 'k', value: '{}', headers: {} };

/** Kafka that goes and comes as the test says. */
class Broker {
  readonly log = new MemoryLog();
  mood: 'well' | 'away' | 'silent' = 'well';
  opened = 0;
  closed = 0;

  readonly open = (): Promise<EventPublisher> => {
    if (this.mood !== 'well') return Promise.reject(new Error('connection refused'));
    this.opened += 1;
    return Promise.resolve(new BrokerPublisher(this));
  };
}

class BrokerPublisher extends MemoryEventPublisher {
  constructor(private readonly broker: Broker) {
    super(broker.log);
  }

  override publish(records: readonly OutgoingRecord[]): Promise<void> {
    if (this.broker.mood === 'away') return Promise.reject(new Error('connection lost'));
    return this.broker.mood === 'silent' ? new Promise(() => undefined) : super.publish(records);
  }

  override close(): Promise<void> {
    this.broker.closed += 1;
    return Promise.resolve();
  }
}

interface World {
  readonly broker: Broker;
  readonly gate: KafkaGate;
  readonly changes: boolean[];
  publish(): Promise<string>;
}

let opened: KafkaGate[] = [];
afterEach(async () => {
  for (const gate of opened) await gate.close();
  opened = [];
});

async function aWorld(mood: Broker['mood'] = 'well'): Promise<World> {
  const broker = new Broker();
  broker.mood = mood;
  const changes: boolean[] = [];
  const gate = new KafkaGate({ open: broker.open, answerMsMax: 20, probeIntervalMs: 1, onChange: (isOpen) => changes.push(isOpen) });
  opened.push(gate);
  await gate.start(10);
  return { broker, gate, changes, publish: () => gate.publish([record]).then(() => 'stored', (error: unknown) => (error instanceof KafkaAway ? 'known to be away' : 'failed')) };
}

describe('the gate to Kafka', () => {
  it('lets records through while Kafka answers', async () => {
    const { publish, broker, changes } = await aWorld();
    expect(await publish()).toBe('stored');
    expect([broker.log.records('handoff.intake').length, broker.opened, changes]).toEqual([1, 1, [true]]);
  });

  it.each(['away', 'silent'] as const)('is shut by the first request that finds Kafka %s; the next know it at once', async (mood) => {
    const { publish, broker, gate } = await aWorld();
    broker.mood = mood;
    expect([await publish(), await publish(), gate.isOpen]).toEqual(['failed', 'known to be away', false]);
  });

  it('opens by itself when Kafka is back, with another publisher than the one that failed', async () => {
    const { publish, broker, gate, changes } = await aWorld();
    broker.mood = 'away';
    await publish();
    broker.mood = 'well';
    await eventually(() => expect(gate.isOpen).toBe(true));
    expect(await publish()).toBe('stored');
    expect([broker.opened, broker.closed, changes]).toEqual([2, 1, [true, false, true]]);
  });

  it('is not shut by what a former publisher still had under way', async () => {
    const { broker, gate, changes } = await aWorld();
    broker.mood = 'silent';
    const late = gate.publish([record]).catch(() => 'failed');
    broker.mood = 'away';
    await gate.publish([record]).catch(() => undefined);
    broker.mood = 'well';
    await eventually(() => expect(gate.isOpen).toBe(true));
    expect(await late).toBe('failed');
    expect([gate.isOpen, changes]).toEqual([true, [true, false, true]]);
  });

  it('does not keep the service from starting while Kafka is away', async () => {
    const { gate, broker, publish } = await aWorld('away');
    expect([gate.isOpen, await publish()]).toEqual([false, 'known to be away']);
    broker.mood = 'well';
    await eventually(() => expect(gate.isOpen).toBe(true));
  });

  it('leaves no publisher open when it is closed', async () => {
    const { gate, broker } = await aWorld();
    await gate.close();
    expect([broker.opened, broker.closed]).toEqual([1, 1]);
  });
});
