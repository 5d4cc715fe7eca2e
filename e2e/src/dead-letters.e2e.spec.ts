import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeEvent, type HandoffEvent, TOPICS, topicOf } from '@handoff/contracts';
import { connectKafka, type IncomingRecord, KafkaEventPublisher, KafkaRecordConsumer, type OutgoingRecord } from '@handoff/messaging';
import { aTicketReceived, eventually, testBrokers } from '@handoff/testing';
import { type RunningHandoff, startHandoff } from './running-handoff.js';

const TICKETS = 1_000;
let handoff: RunningHandoff;
let publisher: KafkaEventPublisher;

beforeAll(async () => {
  // One partition, so that every ticket is behind the event that fails.
  handoff = await startHandoff({ KAFKA_PARTITIONS: '1' });
  publisher = new KafkaEventPublisher(connectKafka({ brokers: testBrokers(), clientId: 'e2e', log: () => undefined }));
}, 150_000);
afterAll(async () => {
  await publisher.close();
  await handoff.stop();
}, 60_000);

interface Letter {
  readonly id: string;
  readonly service: string;
  readonly state: string;
  readonly reason: string;
  readonly eventId: string;
  readonly behind: number;
}

const created = (externalId: string) => aTicketReceived({ externalId, id: `${externalId}-1` });
const updated = (externalId: string) => aTicketReceived({ externalId, id: `${externalId}-2`, change: 'updated', occurredAt: '2026-11-02T09:00:00.000Z', ticket: { severity: 'A' } });
const recordOf = (event: HandoffEvent): OutgoingRecord => ({ topic: topicOf(event.type), ...encodeEvent(event) });
const brokenOf = (event: HandoffEvent): OutgoingRecord => ({ ...recordOf(event), value: '{"ticketId":' });

/** Those of the ticket's path. The console reads the same topics, and sets the same records aside. */
async function lettersOf(ticketId: string): Promise<Letter[]> {
  const { stdout, code } = await handoff.handoff('dead-letters', 'list', '--ticket', ticketId, '--json');
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { items: Letter[] }).items.filter(({ service }) => service !== 'console');
}

/** Which events of a ticket were decided, in this order. */
async function decidedOf(ticketId: string): Promise<string[]> {
  const rows = await handoff.query<{ event_id: string }>('select event_id from routing.decision where ticket_id = $1 order by ticket_version', [ticketId]);
  return rows.map(({ event_id }) => event_id);
}

/** Makes routing fail to store this ticket, as a fault of ours or of the database would, until it is mended. */
async function poison(externalId: string): Promise<() => Promise<unknown>> {
  await handoff.query(`create function routing.poisoned() returns trigger language plpgsql as $$ begin raise exception 'this ticket cannot be stored'; end $$`);
  await handoff.query(`create trigger poisoned before insert on routing.ticket for each row when (new.external_id = '${externalId}') execute function routing.poisoned()`);
  return () => handoff.query('drop function routing.poisoned cascade');
}

describe('an event that cannot be handled', () => {
  it('holds up no other ticket of its partition; a retry by hand handles it, and then the later events of its ticket', async () => {
    const mend = await poison('POISON');
    const events = Array.from({ length: TICKETS }, (_, n) => created(`T-${n}`));
    const { subject: ticketId } = created('POISON');
    await publisher.publish([...events.slice(0, 300), created('POISON'), ...events.slice(300, 600), updated('POISON'), ...events.slice(600)].map(recordOf));
    const decided = async () => Number((await handoff.query<{ n: string }>("select count(*) as n from routing.ticket where source = 'test'"))[0]?.n);
    await eventually(async () => expect(await decided()).toBe(TICKETS));
    const letters = await lettersOf(ticketId);
    expect(letters).toEqual([expect.objectContaining({ state: 'waiting', reason: 'behind-parked', eventId: 'POISON-2' }), expect.objectContaining({ service: 'routing', state: 'retrying', reason: 'handler-failed', eventId: 'POISON-1', behind: 1 })]);
    // Otherwise the schedule may be faster than the command.
    await handoff.query("update routing.parked set retry_at = now() + interval '1 day' where code = 'handler-failed'");
    await mend();
    const { code, stdout } = await handoff.handoff('dead-letters', 'retry', letters[1]?.id ?? '', '--by', 'Ada');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('was handled') });
    await eventually(async () => expect(await decidedOf(ticketId)).toEqual(['POISON-1', 'POISON-2']));
    expect(await lettersOf(ticketId)).toEqual([]);
  });

  it('goes to the topic of dead letters byte for byte when it is given up, and is handled once its value was mended', async () => {
    const broken = brokenOf(created('BROKEN'));
    const { key: ticketId } = broken;
    await publisher.publish([broken, recordOf(updated('BROKEN'))]);
    const copies = await copiesOf(ticketId);
    expect(copies.map(({ value }) => String(value))).toEqual([broken.value]);
    expect(Object.fromEntries(Object.entries(copies[0]?.headers ?? {}).map(([name, value]) => [name, String(value)]))).toMatchObject({ ...broken.headers, 'kafka_dlt-original-topic': TOPICS.intake.name, 'kafka_dlt-original-consumer-group': 'handoff-routing', 'handoff-reason': 'invalid-json' });
    const [, letter] = await lettersOf(ticketId);
    expect(letter).toMatchObject({ state: 'dead', reason: 'invalid-json', behind: 1 });
    const id = letter?.id ?? '';
    expect((await handoff.handoff('dead-letters', 'show', id)).stdout).toContain('{"ticketId":');
    expect((await retryWith(id, '{"ticketId": "another"}')).code).toBe(1);
    expect(await retryWith(id, JSON.stringify(created('BROKEN').data))).toMatchObject({ code: 0 });
    await eventually(async () => expect(await decidedOf(ticketId)).toEqual(['BROKEN-1', 'BROKEN-2']));
    expect(await lettersOf(ticketId)).toEqual([expect.objectContaining({ state: 'retried', id })]);
  });

  it('can be discarded, with who and why; the later events of its ticket go on, and it stays visible', async () => {
    const { key: ticketId } = brokenOf(created('NONSENSE'));
    await publisher.publish([brokenOf(created('NONSENSE')), recordOf(updated('NONSENSE'))]);
    const id = await eventually(async () => {
      const found = (await lettersOf(ticketId)).find(({ state }) => state === 'dead');
      if (found === undefined) throw new Error('It is not dead yet.');
      return found.id;
    });
    const { code, stdout } = await handoff.handoff('dead-letters', 'discard', id, '--by', 'Ada', '--note', 'Sent by mistake.');
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('is discarded') });
    await eventually(async () => expect(await decidedOf(ticketId)).toEqual(['NONSENSE-2']));
    expect(await lettersOf(ticketId)).toEqual([expect.objectContaining({ state: 'discarded', settled: expect.objectContaining({ by: 'Ada', note: 'Sent by mistake.' }) })]);
    expect((await handoff.handoff('dead-letters', 'retry', id)).code).toBe(1);
  });

  it('is shown by the notifier as well', async () => {
    const ticketId = randomUUID();
    await publisher.publish([{ topic: TOPICS.routing.name, key: ticketId, value: '{}', headers: { ce_specversion: '1.0', ce_type: 'handoff.ticket.routed.v1', ce_id: 'n-1' } }]);
    await eventually(async () => expect(await lettersOf(ticketId)).toEqual([expect.objectContaining({ service: 'notifier', state: 'dead', reason: 'invalid-data' })]));
  });
});

async function retryWith(id: string, value: string): Promise<{ code: number }> {
  const file = join(handoff.dataDir, 'value.json');
  await writeFile(file, value);
  return handoff.handoff('dead-letters', 'retry', id, '--value', file);
}

/** What the topic of dead letters has of a ticket that routing gave up, at least one; others who read the same topic give up the same. */
async function copiesOf(ticketId: string): Promise<IncomingRecord[]> {
  const copies: IncomingRecord[] = [];
  const consumer = new KafkaRecordConsumer({ kafka: connectKafka({ brokers: testBrokers(), clientId: 'e2e', log: () => undefined }), groupId: randomUUID(), partitionsConcurrently: 1, fetchBytesMax: 2_097_152, onCrash: (error) => { throw error; } });
  await consumer.start([TOPICS.deadLetters.name], (batch) => Promise.resolve(void copies.push(...batch.records.filter(({ key, headers }) => key === ticketId && String(headers['kafka_dlt-original-consumer-group']) === 'handoff-routing'))));
  try {
    await eventually(() => expect(copies.length).toBeGreaterThan(0));
    return copies.filter(({ offset }, index) => copies.findIndex((copy) => copy.offset === offset) === index);
  } finally {
    await consumer.stop();
  }
}
