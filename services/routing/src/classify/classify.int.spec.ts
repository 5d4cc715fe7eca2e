import { classify } from '@handoff/classification';
import type { TicketFields } from '@handoff/contracts';
import { aTicketReceived } from '@handoff/testing';
import { startTicketCalls, type TicketAnswer, type TicketCalls } from '../tickets/ticket-calls.fixture.js';
import { ClassifyController } from './classify.controller.js';
import { ClassifyTicketHandler } from './classify-ticket.handler.js';

describe('classifying over HTTP', () => {
  let calls: TicketCalls;

  beforeAll(async () => {
    calls = await startTicketCalls(ClassifyController, (ports) => [{ provide: ClassifyTicketHandler, useValue: new ClassifyTicketHandler(ports) }]);
  });
  afterAll(() => calls?.close());

  /** What routing does with an event of a source that names no area; answers the ticket's id. */
  function receive(externalId: string, ticket: TicketFields = {}, { isOn = false, hour = 8 } = {}): Promise<string> {
    const event = aTicketReceived({ externalId, change: hour === 8 ? 'created' : 'updated', occurredAt: `2026-11-02T${String(hour).padStart(2, '0')}:00:00.000Z`, ticket: { area: undefined, ...ticket } as TicketFields });
    return calls.receive(event, isOn ? classify : null);
  }

  const call = (method: string, path: string, { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {}): Promise<TicketAnswer> => calls.call(method, path, body, headers);
  const say = (id: string, body: object, headers: Record<string, string> = {}) => call('POST', `${id}/classify`, { body, headers });
  const outbox = (id: string) => calls.outbox(id);

  it('takes a ticket out of triage, with an event in the outbox, and a later update without an area leaves it there', async () => {
    const id = await receive('T-1', { subject: 'Hello' });
    expect((await call('GET', id)).body).toMatchObject({ queue: 'triage', area: null, areaBasis: null });
    const { status, etag, body } = await say(id, { area: 'break-fix', note: 'From the log.' }, { 'x-handoff-actor': 'ada', 'if-match': '"1"' });
    expect([status, etag]).toEqual([200, '"2"']);
    expect(body).toMatchObject({ ticketVersion: 2, area: 'break-fix', areaBasis: 'person', queue: 'isv/contoso', classifiedBy: { area: 'break-fix', by: 'ada', note: 'From the log.' } });
    const events = (await outbox(id)).map(({ value }) => JSON.parse(String(value)) as Record<string, unknown>);
    expect(events.at(-1)).toMatchObject({ ticketVersion: 2, change: 'updated', cause: 'classified', previousQueue: 'triage', decision: { areaBasis: 'person' } });
    await receive('T-1', { subject: 'Hello again' }, { hour: 11 });
    const after = await call('GET', id);
    expect(after.body).toMatchObject({ ticketVersion: 3, area: 'break-fix', areaBasis: 'person', queue: 'isv/contoso', subject: 'Hello again' });
    expect((after.body['decisions'] as { cause: unknown }[]).map(({ cause }) => cause)).toEqual([null, { type: 'classified', by: 'ada', note: 'From the log.' }, null]);
  });

  it('is not needed where the words are clear and the classifier is on', async () => {
    const id = await receive('T-2', { subject: 'The app crashes', description: 'It crashes with an error message.' }, { isOn: true });
    const { body } = await call('GET', id);
    expect(body).toMatchObject({ queue: 'isv/contoso', area: 'break-fix', areaBasis: 'classifier' });
    expect((body['decision'] as { reasons: { code: string }[] }).reasons.map(({ code }) => code)).toContain('classified-by-keywords');
  });

  it('of the same by two people at once keeps one word and one version each', async () => {
    const id = await receive('T-3', { subject: 'Hello' });
    const answers = await Promise.all(['ada', 'ben'].map((by) => say(id, { area: 'payment', by }, { 'if-match': '"1"' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await outbox(id)).toHaveLength(2);
  });

  it('sent again with the same content changes nothing', async () => {
    const id = await receive('T-4', { subject: 'Hello' });
    const first = await say(id, { area: 'payment', by: 'ada' }, { 'if-match': '1' });
    expect(await say(id, { area: 'payment', by: 'ada' }, { 'if-match': '1' })).toEqual(first);
    expect(await outbox(id)).toHaveLength(2);
  });

  it.each([
    ['an area that is none of ours', { area: 'weather' }, {}, 422, 'invalid-content'],
    ['no area', {}, {}, 422, 'invalid-content'],
    ['null for a note', { area: 'payment', note: null }, {}, 422, 'invalid-content'],
    ['a key that is not known', { area: 'payment', reason: 'x' }, {}, 422, 'invalid-content'],
    ['a version that is no number', { area: 'payment' }, { 'if-match': '"abc"' }, 422, 'field-invalid'],
    ['a version that is over', { area: 'payment' }, { 'if-match': '"7"' }, 412, 'ticket-changed'],
  ])('refuses %s', async (_what, body, headers, status, code) => {
    const id = await receive('T-5', { subject: 'Hello' });
    expect(await say(id, body, headers)).toMatchObject({ status, body: { code } });
  });

  it('refuses a ticket that is not there, or whose id is none', async () => {
    const unknown = aTicketReceived({ externalId: 'nobody' }).data.ticketId;
    expect(await say(unknown, { area: 'payment' })).toMatchObject({ status: 404, body: { code: 'ticket-unknown' } });
    expect(await say('SUP-12', { area: 'payment' })).toMatchObject({ status: 404, body: { code: 'ticket-unknown' } });
  });

  it('refuses a ticket that is closed in its own system', async () => {
    const event = aTicketReceived({ externalId: 'T-6', change: 'closed', ticket: { area: undefined } as never });
    await calls.receive(event);
    expect(await say(event.data.ticketId, { area: 'payment' })).toMatchObject({ status: 409, body: { code: 'ticket-closed' } });
  });
});
