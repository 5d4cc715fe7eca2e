import { createHmac } from 'node:crypto';
import { decodeEvent, type EventOf, markText, ticketIdOf } from '@handoff/contracts';
import { MemoryLog } from '@handoff/messaging';
import type { Problem } from '@handoff/platform';
import { MovableClock } from '@handoff/testing';
import { Logger } from '@nestjs/common';
import { EventAcceptor } from '../accept/event-acceptor.js';
import { RecentEvents } from '../accept/recent-events.js';
import { aConnectwiseCallback } from '../adapters/connectwise-psa/connectwise.samples.js';
import { aJiraComment, aJiraIssue, aJiraWebhook } from '../adapters/jira-service-management/jira.samples.js';
import { aRequest } from '../adapters/webhook.samples.js';
import { EMPTY_MAPPING, type Mapping } from '../mapping/mapping.js';
import { SourceCache } from '../sources/source-cache.js';
import { aSource } from '../sources/source.store.contract.js';
import { ParkDeliveryHandler } from '../park-delivery/park-delivery.handler.js';
import { MemoryParkedDeliveryStore } from '../park-delivery/parked-delivery.store.memory.js';
import { MemorySourceStore } from '../sources/source.store.memory.js';
import { DeliveryTaker } from './delivery-taker.js';
import { ReceiveWebhookHandler } from './receive-webhook.handler.js';
import type { WebhookAnswer } from './webhook-answer.js';

const SECRET = 'the-secret-of-adatum';
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const mapping: Mapping = { ...EMPTY_MAPPING, defaults: { area: 'break-fix', asker: 'customer' }, rules: [{ field: 'issue.fields.labels', contains: 'billing', set: { area: 'customer-billing' } }] };

// What the handler logs is not for the terminal of a test run.
beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));

interface World {
  readonly clock: MovableClock;
  readonly store: MemorySourceStore;
  readonly parked: MemoryParkedDeliveryStore;
  post(payload: object | string, by?: { secret?: string; source?: string; id?: string; headers?: Record<string, string>; address?: string; isOwnTest?: boolean }): Promise<WebhookAnswer>;
  refusal(payload: object | string, by?: { secret?: string; source?: string; address?: string }): Promise<string>;
  readonly counted: readonly string[];
  events(): EventOf<'handoff.ticket.received.v1'>[];
}

async function aWorld(source = aSource({ source: 'jira', adapter: 'jira-service-management', toleranceSeconds: null, mapping })): Promise<World> {
  const log = new MemoryLog();
  const clock = new MovableClock();
  const store = new MemorySourceStore();
  await store.add(source, SECRET);
  const parked = new MemoryParkedDeliveryStore(store);
  const now = (): number => clock.now().getTime();
  const counted: string[] = [];
  const acceptor = new EventAcceptor({ publish: (record) => Promise.resolve(log.append([record])) }, new RecentEvents({ countMax: 100, ageMsMax: 600_000, now }));
  const handler = new ReceiveWebhookHandler({ sources: new SourceCache({ store, freshMs: 5_000, staleMs: 60_000, now }), taker: new DeliveryTaker({ acceptor, installation: 'northwind', onStored: () => Promise.resolve() }), activity: { count: ({ source: name, outcome }) => void counted.push(`${name} ${outcome}`) }, rates: { take: () => undefined }, parking: new ParkDeliveryHandler({ store: parked, hasRoom: () => true }), clock, download: () => Promise.reject(new Error('nothing is downloaded here')) });
  const post: World['post'] = async (payload, { secret = SECRET, source: name = 'jira', id, headers = {}, address = '203.0.113.7', isOwnTest = false } = {}) => {
    const rawBody = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
    const signature = `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`;
    const { answer } = await handler.receive({ ...aRequest(), source: name, rawBody, traceparent: TRACE, address, isOwnTest, headers: { 'x-hub-signature': signature, ...(id === undefined ? {} : { 'x-atlassian-webhook-identifier': id }), ...headers } });
    return answer;
  };
  return {
    clock, store, parked, post, counted,
    refusal: (payload, by) => post(payload, by).then(() => 'accepted', ({ status, code }: Problem) => `${status} ${code}`),
    events: () => log.records('handoff.intake').map((record) => decodeEvent(record) as EventOf<'handoff.ticket.received.v1'>),
  };
}

describe('a genuine webhook', () => {
  it('becomes an event about its ticket, with what the mapping of its source adds', async () => {
    const { post, events } = await aWorld();
    const answer = await post(aJiraWebhook({ issue: aJiraIssue({ labels: ['Billing'] }) }));
    const ticketId = ticketIdOf('jira', 'T-1');
    expect(answer).toMatchObject({ ticketId, duplicate: false });
    expect(events()).toMatchObject([{
      id: (answer as { eventId: string }).eventId, subject: ticketId, source: '/handoff/intake', time: '2026-11-02T08:00:00.000Z', traceparent: TRACE,
      data: { ticketId, source: 'jira', sourceParty: 'partner/1001', externalId: 'T-1', change: 'created', ticket: { subject: 'Sign-in fails', area: 'customer-billing', areaBasis: 'mapping', severity: 'B' }, defaults: { asker: 'customer' } },
    }]);
  });

  it('that comes again has the same event id, and is not stored again', async () => {
    const { post, events } = await aWorld();
    const first = await post(aJiraWebhook(), { id: 'd-1' });
    expect(await post(aJiraWebhook(), { id: 'd-1' })).toEqual({ ...first, duplicate: true });
    expect(events()).toHaveLength(1);
  });

  it('about a comment leaves the classification as it is', async () => {
    const { post, events } = await aWorld();
    await post(aJiraComment());
    expect(events()[0]?.data).toMatchObject({ change: 'commented', ticket: { comment: { body: 'It happens again.' } } });
    expect(events()[0]?.data.ticket).not.toHaveProperty('area');
  });

  it('that changes no ticket is answered so, and stores nothing', async () => {
    const { post, events } = await aWorld();
    expect(await post({ webhookEvent: 'jira:version_released' })).toEqual({ ignored: true, reason: "Events of type 'jira:version_released' change no ticket." });
    expect(events()).toEqual([]);
  });

  it('links to its ticket by the address of the source, where it brings no link', async () => {
    const { post, events } = await aWorld(aSource({ source: 'jira', adapter: 'jira-service-management', toleranceSeconds: null, mapping: { ...mapping, ticketUrl: 'https://desk.example/t/{externalId}' } }));
    await post(aJiraWebhook({ issue: { ...aJiraIssue(), self: undefined, key: 'T 1/2' } }));
    expect(events()[0]?.data.externalUrl).toBe('https://desk.example/t/T%201%2F2');
  });

  it('does not carry what databases refuse', async () => {
    const { post, events } = await aWorld();
    await post(aJiraWebhook({ issue: aJiraIssue({ summary: 'Sign\u0000-in', description: 'half \ud83d' }) }));
    expect(events()[0]?.data.ticket).toMatchObject({ subject: 'Sign-in', description: 'half \ufffd' });
  });
});

describe('a webhook is refused, and nothing stored,', () => {
  it.each<[string, object | string, { secret?: string; source?: string }, string]>([
    ['for a source that does not exist', aJiraWebhook(), { source: 'nobody' }, '404 source-unknown'],
    ['when it was signed with another secret', aJiraWebhook(), { secret: 'another-secret-here' }, '401 signature-invalid'],
    ['by its signature before its JSON', '{', { secret: 'another-secret-here' }, '401 signature-invalid'],
  ])('%s', async (_reason, payload, by, outcome) => {
    const { refusal, events } = await aWorld();
    expect(await refusal(payload, by)).toBe(outcome);
    expect(events()).toEqual([]);
  });
});

describe('a genuine webhook that is not understood', () => {
  it.each<[string, object | string, string]>([
    ['because it is no JSON', '{', 'invalid-json'],
    ['because it is empty', '', 'invalid-json'],
    ['because a field is missing', { webhookEvent: 'jira:issue_updated', issue: {} }, 'field-missing'],
    ['because it is a list', [], 'field-invalid'],
  ])('%s is taken and parked with the reason', async (_reason, payload, code) => {
    const { post, events, parked } = await aWorld();
    const answer = await post(payload);
    expect(answer).toMatchObject({ parked: true, code, reason: expect.stringMatching(/\.$/) as string });
    expect(await parked.find((answer as { parkedId: string }).parkedId)).toMatchObject({ source: 'jira', failures: [{ code }], deliveries: 1, discarded: null });
    expect(events()).toEqual([]);
  });

  it('is parked once, however often it is delivered', async () => {
    const { post, parked } = await aWorld();
    const [first, second] = [await post({ issue: {} }, { id: 'd-1' }), await post({ issue: {} }, { id: 'd-1' })];
    expect(second).toEqual(first);
    expect(await parked.list({ isDiscarded: false, limit: 10 })).toMatchObject({ items: [{ deliveries: 2 }], next: null });
  });
});

describe('a secret that was rotated', () => {
  it('is believed until it expires, and not a moment longer', async () => {
    const { post, refusal, store, clock } = await aWorld();
    const oldExpireAt = new Date(clock.now().getTime() + 3_600_000);
    await store.rotate({ source: 'jira', secret: 'the-new-secret-of-adatum', now: clock.now(), oldExpireAt });
    expect(await post(aJiraWebhook(), { id: '1' })).toMatchObject({ duplicate: false });
    expect(await post(aJiraWebhook(), { id: '2', secret: 'the-new-secret-of-adatum' })).toMatchObject({ duplicate: false });
    clock.advance(3_600_000);
    expect(await refusal(aJiraWebhook())).toBe('401 signature-invalid');
    expect(await refusal(aJiraWebhook(), { secret: 'the-new-secret-of-adatum' })).toBe('accepted');
  });
});

describe('a webhook whose key cannot be fetched', () => {
  it('is neither believed nor refused: its system must send it again', async () => {
    const { post } = await aWorld(aSource({ source: 'jira', adapter: 'connectwise-psa', toleranceSeconds: null, settings: { company: 'Adatum' } }));
    const problem = await post(aConnectwiseCallback(), { headers: { 'x-content-signature': 'any' } }).then(() => null, (error: Problem) => error);
    expect([problem?.status, problem?.code, problem?.retryAfterSeconds]).toEqual([503, 'signing-key-unavailable', 30]);
  });
});

describe('a source that takes webhooks from some addresses alone', () => {
  const guarded = aSource({ source: 'jira', adapter: 'jira-service-management', toleranceSeconds: null, mapping, allowedAddresses: ['203.0.113.0/24'] });

  it('takes them from there, and refuses all others before it looks at them', async () => {
    const { refusal, events } = await aWorld(guarded);
    expect(await refusal(aJiraWebhook(), { address: '203.0.113.200' })).toBe('accepted');
    expect(await refusal(aJiraWebhook(), { address: '198.51.100.1', secret: 'another-secret-here' })).toBe('403 address-not-allowed');
    expect(events()).toHaveLength(1);
  });

  it('takes a test that this process posts to itself', async () => {
    const { post } = await aWorld(guarded);
    expect(await post(aJiraWebhook(), { address: '127.0.0.1', isOwnTest: true })).toMatchObject({ duplicate: false });
  });
});

describe('what Handoff itself caused in a system', () => {
  const ticketId = '3a1f0f6e-7c0e-5f0a-9b1e-0d6a7f3c2b11';
  const marked = (installation: string): object => aJiraWebhook({ issue: aJiraIssue({ description: markText('The invoice doubled.', { installation, ticketId }) }) });

  it('is answered and goes no further', async () => {
    const { post, events, counted } = await aWorld();
    expect(await post(marked('northwind'))).toEqual({ ignored: true, reason: 'It carries the mark of a text that Handoff wrote there.', isOwn: true });
    expect([events(), counted]).toEqual([[], ['jira own']]);
  });

  it('by another installation is a ticket like any other', async () => {
    const { post } = await aWorld();
    expect(await post(marked('fabrikam'))).toMatchObject({ duplicate: false });
  });
});

describe('the activity of a source', () => {
  it('has what became of each event, and why webhooks were refused', async () => {
    const { post, refusal, counted } = await aWorld();
    await post(aJiraWebhook(), { id: '1' });
    await post(aJiraWebhook(), { id: '1' });
    await post({ webhookEvent: 'jira:version_released' });
    await post({ webhookEvent: 'jira:issue_created', issue: {} });
    await refusal(aJiraWebhook(), { secret: 'another-secret-here' });
    await refusal(aJiraWebhook(), { source: 'nobody' });
    expect(counted).toEqual(['jira accepted', 'jira duplicate', 'jira ignored', 'jira parked', 'jira refused:signature-invalid']);
  });
});
