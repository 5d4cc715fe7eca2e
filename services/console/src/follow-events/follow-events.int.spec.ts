import { connect } from 'node:net';
import { GOLDEN_EVENTS, type HandoffEvent, nameBasedId, ticketIdOf } from '@handoff/contracts';
import { createDataSource, PostgresTransactions } from '@handoff/persistence';
import { createHttpApp } from '@handoff/platform';
import { aTicketReceived, eventually } from '@handoff/testing';
import { Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { anEvent, second, STORY, TICKET_ID } from '../project-events/events.fixture.js';
import { ProjectEventsHandler } from '../project-events/project-events.handler.js';
import { PostgresReadModelStore } from '../read-model/read-model.store.postgres.js';
import { type ConsoleUnderTest, startConsoleUnderTest, TOKEN } from '../running-console.fixture.js';
import { Sessions } from '../sign-in/sessions.js';
import { TRANSACTIONS } from '../tokens.js';
import { PostgresEventLogStore } from './event-log.store.postgres.js';
import { EventStreams } from './event-streams.js';
import { EVENT_LOG_STORE, FollowController } from './follow.controller.js';
import { LogTail } from './log-tail.js';

let running: ConsoleUnderTest;
let dataSource: DataSource;
let transactions: PostgresTransactions;
const handler = new ProjectEventsHandler(new PostgresReadModelStore(), () => undefined);

beforeEach(async () => {
  running = await startConsoleUnderTest();
  dataSource = await createDataSource({ url: running.database.url, schema: 'console', connectionsMax: 4, migrations: [] }).initialize();
  transactions = new PostgresTransactions(dataSource, { owner: '1', handOff: () => Promise.resolve() });
});
afterEach(async () => {
  await dataSource.destroy();
  await running.close();
});

/** As another instance does: the one that is asked is not told of it. */
const append = (events: readonly HandoffEvent[]) => transactions.run((tx) => handler.handle(events, tx));
const manyEvents = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => aTicketReceived({ externalId: `M-${from + n}`, time: second(from + n), occurredAt: second(from + n) }));
const open = (path: string, headers: Record<string, string> = {}) => Stream.open(path, { accept: 'text/event-stream', authorization: `Bearer ${TOKEN}`, ...headers });
const streamsOpen = async () => (await (await running.call('/metrics')).text()).split('\n').filter((line) => line.startsWith('handoff_event_streams{')).map((line) => Number(line.split(' ').at(-1))).reduce((sum, each) => sum + each, 0);

interface Frame { readonly id: string; readonly event: string; readonly data: string }

/** A stream as a browser reads it. */
class Stream {
  readonly frames: Frame[] = [];
  isOver = false;
  private readonly gone = new AbortController();

  static async open(path: string, headers: Record<string, string>): Promise<Stream> {
    const stream = new Stream();
    const response = await running.call(path, { headers, signal: stream.gone.signal });
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store']);
    void stream.read(response);
    return stream;
  }

  close(): void {
    this.gone.abort();
  }

  /** Those that are not heartbeats. */
  get told(): readonly Frame[] {
    return this.frames.filter(({ event, data }) => event !== 'heartbeat' && data !== '');
  }

  get lastId(): string {
    return this.frames.findLast(({ id }) => id !== '')?.id ?? '';
  }

  private async read(response: Response): Promise<void> {
    let text = '';
    try {
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(piece).toString();
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.frames.push(Object.assign({ id: '', event: '', data: '' }, Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))));
      }
    } catch {
      // Closed by us, or with its connection.
    }
    this.isOver = true;
  }
}

describe('the page', () => {
  it('hears which tickets changed, from which queue to which, and goes on where it was', async () => {
    const headers = await running.signIn('ada');
    const live = await Stream.open('/api/live', headers);
    await eventually(() => expect(live.frames.some(({ event }) => event === 'heartbeat')).toBe(true));
    await append(STORY.slice(0, 2));
    await eventually(() => expect(live.told).toEqual([{ id: '2', event: 'changes', data: JSON.stringify({ changes: [{ ticketId: TICKET_ID, seq: 2, fromQueue: null, toQueue: GOLDEN_EVENTS['handoff.ticket.routed.v1'].data.decision.queue }] }) }]));
    expect(live.frames.find(({ event }) => event === 'heartbeat')?.id).toBe('0');
    live.close();
    await append(STORY.slice(2, 3));
    const again = await Stream.open('/api/live?lastEventId=1', { ...headers, 'last-event-id': live.lastId });
    await eventually(() => expect(again.told.map(({ id }) => id)).toEqual(['3']));
    again.close();
  });

  it('reads all again where it comes from another log', async () => {
    await append(STORY.slice(0, 4));
    for (const lastEventId of ['99', 'of-another-log']) {
      const live = await open(`/api/live?lastEventId=${lastEventId}`);
      await eventually(() => expect(live.told).toEqual([{ id: '4', event: 'resync', data: '{}' }]));
      live.close();
    }
  });

  it('hears nothing any more soon after it was signed out', async () => {
    const headers = await running.signIn('ada');
    const live = await Stream.open('/api/live', headers);
    await eventually(() => expect(live.frames).not.toEqual([]));
    expect((await running.call('/api/session', { method: 'DELETE', headers })).status).toBe(204);
    await eventually(() => expect(live.isOver).toBe(true));
  });
});

describe('an integrator', () => {
  it('gets each event once and in order, though it is cut off while events are appended', async () => {
    const appending = (async () => {
      for (let n = 0; n < 600; n += 20) await append(manyEvents(n, n + 20));
    })();
    const got: Frame[] = [];
    let lastId = '0';
    while (got.length < 600) {
      const stream = await open('/v1/events', { 'last-event-id': lastId });
      await eventually(() => expect(stream.told.length).toBeGreaterThan(0));
      stream.close();
      got.push(...stream.told);
      lastId = got.at(-1)?.id ?? lastId;
    }
    await appending;
    const log = await dataSource.query<{ position: string; event_id: string }[]>('select position, event_id from event order by position');
    expect(got.map(({ id, data }) => [id, (JSON.parse(data) as { id: string }).id])).toEqual(log.map(({ position, event_id }) => [position, event_id]));
  });

  it('may read further back than what is kept, and joins those who follow', async () => {
    await append(manyEvents(0, 2_500));
    const [far, near] = await Promise.all([open('/v1/events?cursor=0'), open('/v1/events')]);
    await eventually(() => expect(far.told).toHaveLength(2_500));
    await append(manyEvents(2_500, 2_600));
    await eventually(() => expect([far.told.length, near.told.length]).toEqual([2_600, 100]));
    expect(new Set(far.told.map(({ id }) => id)).size).toBe(2_600);
    expect(near.told).toEqual(far.told.slice(2_500));
    for (const stream of [far, near]) stream.close();
  });

  it('gets whole CloudEvents, of the types that it asks for', async () => {
    const routed = STORY.find(({ type }) => type === 'handoff.ticket.routed.v1');
    const stream = await open('/v1/events?cursor=0&types=handoff.ticket.routed.v1,handoff.ticket.resolved.v1');
    await append(STORY);
    await eventually(() => expect(stream.told).toHaveLength(4));
    const documents = stream.told.map(({ data }) => JSON.parse(data) as { type: string });
    expect(documents[0]).toMatchObject({ specversion: '1.0', id: routed?.id, type: 'handoff.ticket.routed.v1', source: '/handoff/routing', subject: TICKET_ID, time: routed?.time, datacontenttype: 'application/json', dataschema: 'urn:handoff:schema:handoff.ticket.routed.v1', data: routed?.data });
    expect(new Set(documents.map(({ type }) => type))).toEqual(new Set(['handoff.ticket.routed.v1', 'handoff.ticket.resolved.v1']));
    stream.close();
  });

  it('reads page by page as well, and from the end on asks again', async () => {
    await append(STORY);
    const page = async (query: string) => (await (await running.call(`/v1/events?${query}`)).json()) as { items: { id: string; type: string }[]; next: string; isEnd: boolean };
    const ids: string[] = [];
    let [cursor, isEnd] = ['0', false];
    while (!isEnd) {
      const got = await page(`limit=7&cursor=${cursor}`);
      ids.push(...got.items.map(({ id }) => id));
      [cursor, isEnd] = [got.next, got.isEnd];
    }
    expect(ids).toEqual(STORY.map(({ id }) => id));
    const later = anEvent('handoff.ticket.escalated.v1', 99, { ticketVersion: 9 });
    await append([later]);
    expect((await page(`cursor=${cursor}`)).items.map(({ id }) => id)).toEqual([later.id]);
    expect((await page('types=handoff.ticket.escalated.v1')).items.map(({ type }) => type)).toEqual(['handoff.ticket.escalated.v1', 'handoff.ticket.escalated.v1']);
  });
});

describe('a stream', () => {
  it.each<[string, string, Record<string, string>, number, string]>([
    ['to nobody who is known', '/api/live', {}, 401, 'sign-in-required'],
    ['to nobody who is known', '/v1/events', {}, 401, 'sign-in-required'],
    ['by a wrong token', '/v1/events', { authorization: 'Bearer wrong' }, 401, 'token-required'],
    ['behind what is no position', '/v1/events', { authorization: `Bearer ${TOKEN}`, 'last-event-id': 'x' }, 400, 'cursor-invalid'],
    ['behind a position of another log', '/v1/events?cursor=77', { authorization: `Bearer ${TOKEN}` }, 400, 'cursor-invalid'],
    ['of types that there are not', '/v1/events?types=handoff.luck.v1', { authorization: `Bearer ${TOKEN}` }, 422, 'invalid-content'],
  ])('is refused with a status %s: %s', async (_why, path, headers, status, code) => {
    const response = await running.call(path, { headers: { accept: 'text/event-stream', ...headers } });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it('is refused to another site', async () => {
    expect((await running.call('/api/live', { headers: { ...(await running.signIn('ada')), 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  it('leaves nothing behind when its reader goes away', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, (_, n) => open(n % 2 === 0 ? '/api/live' : '/v1/events')));
    await eventually(async () => expect(await streamsOpen()).toBe(20));
    for (const stream of streams) stream.close();
    await eventually(async () => expect(await streamsOpen()).toBe(0));
  });

  it('ends when the console stops, and goes on at the next', async () => {
    const stream = await open('/v1/events');
    await append(manyEvents(0, 3));
    await eventually(() => expect(stream.told).toHaveLength(3));
    await running.restart();
    await eventually(() => expect(stream.isOver).toBe(true));
    await append(manyEvents(3, 5));
    const next = await open('/v1/events', { 'last-event-id': stream.lastId });
    await eventually(() => expect(next.told.map(({ id }) => id)).toEqual(['4', '5']));
    next.close();
  });

  it('is broken off where its reader takes nothing, and others hear on', async () => {
    const log = new PostgresEventLogStore();
    const streams = new EventStreams(new LogTail({ log, transactions, onError: () => undefined }), () => undefined, 200);
    @Module({ controllers: [FollowController], providers: [{ provide: EventStreams, useValue: streams }, { provide: Sessions, useValue: { of: () => null } }, { provide: EVENT_LOG_STORE, useValue: log }, { provide: TRANSACTIONS, useValue: transactions }] })
    class FollowModule {}
    const app = await createHttpApp(FollowModule, { service: 'console', description: '', token: TOKEN, logLevel: 'silent', bodyBytesMax: 1_000 });
    await app.listen(0, '127.0.0.1');
    const { port, hostname } = new URL(await app.getUrl());
    const sleeper = connect({ host: hostname, port: Number(port) }).pause();
    sleeper.on('error', () => undefined);
    sleeper.write(`GET /v1/events HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\nauthorization: Bearer ${TOKEN}\r\n\r\n`);
    const reader = await fetch(`http://${hostname}:${port}/v1/events`, { headers: { accept: 'text/event-stream', authorization: `Bearer ${TOKEN}` } });
    let bytes = 0;
    const reading = (async () => {
      for await (const piece of reader.body as unknown as AsyncIterable<Uint8Array>) bytes += piece.length;
    })().catch(() => undefined);
    await eventually(() => expect(streams.size).toBe(2));
    // More than the buffers of a connection hold.
    for (let n = 0; n < 10; n += 1) await append(Array.from({ length: 20 }, (_, m) => aTicketReceived({ externalId: `F-${n}-${m}`, time: second(n * 20 + m), ticket: { subject: 'Large', description: 'x'.repeat(60_000) } })));
    await eventually(() => expect([streams.size, bytes > 12_000_000]).toEqual([1, true]));
    sleeper.destroy();
    await app.close();
    await reading;
  });
});

it('is told of a ticket that is known only by messages nothing until it is known', async () => {
  const live = await open('/api/live');
  const ticketId = ticketIdOf('test', 'T-9');
  await append([anEvent('handoff.notification.delivered.v1', 1, { ticketId, notificationId: nameBasedId('notification', 'early') })]);
  await append([aTicketReceived({ externalId: 'T-9', time: second(2) })]);
  await eventually(() => expect(live.told.map(({ id }) => id)).toEqual(['2']));
  live.close();
});
