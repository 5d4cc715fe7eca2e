import { encodeEvent, type EventOf, GOLDEN_EVENTS, type HandoffEvent, type HealthNoticeAffected, nameBasedId, TOPICS } from '@handoff/contracts';
import { connectKafka, ensureTopics, KafkaEventPublisher } from '@handoff/messaging';
import { createTestDatabase, emptyTopics, eventually, TEST_KEYS, type TestDatabase, testBrokers } from '@handoff/testing';
import { Webhook } from 'standardwebhooks';
import { readConfig } from './config.js';
import { aRecipient, aRoutedEvent } from './notification/notification.builders.js';
import { openZendesk, ZENDESK_CREDENTIALS } from './channels/zendesk/zendesk.server.fixture.js';
import type { ChannelView, CreatedChannelView } from './manage-channels/channels.dto.js';
import type { SuppressionView } from './suppress/suppressions.dto.js';
import type { NotificationPage, NotificationView } from './show-notifications/notifications.controller.js';
import { type HttpSink, openHttpSink } from './sinks/http.sink.js';
import { openSmtpSink, type SmtpSink } from './sinks/smtp.sink.js';
import { type RunningNotifier, startNotifier } from './start-notifier.js';

const TOKEN = 'token-of-this-test-run';

type Event = ReturnType<typeof aRoutedEvent>;

describe('the notifier with Kafka, PostgreSQL, a mail server and a receiver of webhooks', () => {
  const run = Date.now().toString(36);
  let database: TestDatabase;
  let smtp: SmtpSink;
  let hooks: HttpSink;
  let notifier: RunningNotifier;
  let publisher: KafkaEventPublisher;

  const start = (): Promise<RunningNotifier> => startNotifier(readConfig({
    PORT: '0', KAFKA_BROKERS: testBrokers().join(','), DATABASE_URL: database.url, HANDOFF_TOKEN: TOKEN, HANDOFF_KEYS: TEST_KEYS, LOG_LEVEL: 'silent', SMTP_URL: smtp.url, SEND_TIMEOUT_MS: '2000',
    MAIL_FROM: 'Handoff <handoff@handoff.example>', EGRESS_ALLOW_PRIVATE: 'true', HANDOFF_PUBLIC_URL: 'https://handoff.example',
  }));
  const publish = (...events: readonly HandoffEvent[]): Promise<void> =>
    publisher.publish(events.map((event) => ({ topic: TOPICS.routing.name, ...encodeEvent(event) })));
  const call = async <R>(method: string, path: string, body?: object): Promise<{ status: number; body: R }> => {
    const response = await fetch(`${notifier.url}${path}`, {
      method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as R };
  };
  const notificationsOf = async ({ data }: Event): Promise<readonly NotificationView[]> => (await call<NotificationPage>('GET', `/v1/notifications?ticketId=${data.ticketId}`)).body.items;
  const only = async (event: Event, expected: object): Promise<NotificationView> => eventually(async () => {
    const items = await notificationsOf(event);
    expect(items).toMatchObject([expected]);
    return items[0] as NotificationView;
  });
  const mailTo = (address: string) => smtp.received.filter(({ to }) => to.includes(address));
  /** A ticket and a mailbox of its own for each test. */
  const ticket = (name: string, more: Parameters<typeof aRoutedEvent>[0] = {}): Event & { readonly address: string } => {
    const address = `${name}@contoso.example`;
    return { ...aRoutedEvent({ recipients: [aRecipient({ destination: `isv/${name}`, email: address })], ...more, ticket: { ...more.ticket, externalId: `${name}-${run}` } }), address };
  };

  beforeAll(async () => {
    await emptyTopics();
    database = await createTestDatabase();
    [smtp, hooks] = await Promise.all([openSmtpSink(), openHttpSink()]);
    const kafka = connectKafka({ brokers: testBrokers(), clientId: 'notifier-test', log: () => undefined });
    await ensureTopics(kafka, [TOPICS.routing], { partitions: 12, replicationFactor: 1 });
    publisher = new KafkaEventPublisher(kafka);
    notifier = await start();
  }, 60_000);
  afterAll(async () => {
    await notifier.close();
    await publisher.close();
    await Promise.all([smtp.close(), hooks.close()]);
    await database.drop();
  }, 60_000);

  it('carries a link in what asks to act, whose page changes nothing, and whose button acknowledges once', async () => {
    const event = ticket('linked', { ticket: { subject: 'Broken <b>' } });
    await publish(event);
    await only(event, { state: 'delivered' });
    const link = /https:\/\/handoff\.example(\/a\/[\w-]+)/.exec(mailTo(event.address)[0]?.mail.text ?? '')?.[1] ?? '';
    const visit = async (method: string, path = link, language = 'en') => {
      const response = await fetch(`${notifier.url}${path}`, { method, headers: { 'accept-language': language, ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) } });
      return { status: response.status, headers: response.headers, html: await response.text() };
    };
    const acknowledged = () => database.query<{ value: string }>('select acknowledged_at, by from notifier.acknowledgement');
    const page = await visit('GET');
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
    expect(page.html).toContain('Broken &lt;b&gt;');
    expect((await visit('GET', link, 'tr')).html).toContain('<html lang="tr">');
    expect((await visit('HEAD')).status).toBe(200);
    expect(await acknowledged()).toEqual([]);
    const pages = await Promise.all([visit('POST'), visit('POST'), visit('POST')]);
    expect(pages.map(({ html }) => (html.includes('Thank you.') ? 'taken' : /Acknowledged by Contoso support, \d{1,2} \w+ \d{4}/.test(html) ? 'used' : html)).sort()).toEqual(['taken', 'used', 'used']);
    expect(await acknowledged()).toMatchObject([{ by: 'Contoso support' }]);
    expect((await visit('GET')).html).toContain('was acknowledged before');
    expect((await visit('POST', `${link.slice(0, -4)}AAAA`)).status).toBe(404);
    await database.query("delete from notifier.acknowledgement; update notifier.notification set created_at = now() - interval '15 days' where ticket_id = '" + event.data.ticketId + "'");
    expect((await visit('POST')).status).toBe(410);
    expect(await acknowledged()).toEqual([]);
  });

  it('takes the number of a service request on the page of who hands over, with the acknowledgement or after it', async () => {
    const event = ticket('handed-over', { recipients: [aRecipient({ purpose: 'hand-over', email: 'handed-over@contoso.example' })] });
    await publish(event);
    await only(event, { state: 'delivered' });
    const text = mailTo(event.address)[0]?.mail.text ?? '';
    expect(text).toContain('https://partner.microsoft.com/dashboard/support/servicerequests/create');
    const link = /https:\/\/handoff\.example(\/a\/[\w-]+)/.exec(text)?.[1] ?? '';
    const post = async (fields: Record<string, string>) => {
      const response = await fetch(`${notifier.url}${link}`, { method: 'POST', body: new URLSearchParams(fields), headers: { 'accept-language': 'en' } });
      return [response.status, await response.text()] as const;
    };
    const kept = () => database.query('select service_request_number from notifier.acknowledgement a join notifier.notification n on n.id = a.notification_id where n.ticket_id = \'' + event.data.ticketId + '\'');
    expect(await post({ 'service-request': 'nonsense!' })).toEqual([422, expect.stringContaining('no number of a service request')]);
    expect(await kept()).toEqual([]);
    expect(await post({ 'service-request': '' })).toEqual([200, expect.stringContaining('Thank you.')]);
    expect(await post({ 'service-request': ' 2611020040001234 ' })).toEqual([200, expect.stringContaining('is noted')]);
    expect(await post({ 'service-request': '9999' })).toEqual([200, expect.not.stringContaining('is noted')]);
    expect(await kept()).toEqual([{ service_request_number: '2611020040001234' }]);
  });

  it('tells who is asked next that nobody has acknowledged, with whose turn it is and a link', async () => {
    const event = ticket('escalated');
    const { ticketId, ticket: facts, decision, recipients } = event.data;
    const data = { ticketId, ticketVersion: 2, step: 'next-party' as const, escalatedAt: '2026-11-02T09:00:00.000Z', acknowledgeBy: '2026-11-02T09:00:00.000Z', nextStepAt: null, ticket: facts, decision, recipients };
    const escalated: HandoffEvent = { id: nameBasedId('escalated', ticketId), type: 'handoff.ticket.escalated.v1', source: '/handoff/routing', subject: ticketId, time: data.escalatedAt, traceparent: null, data };
    await publish(escalated, escalated);
    await only(event, { state: 'delivered', ticketVersion: 2, purpose: 'act' });
    expect(mailTo(event.address)).toHaveLength(1);
    expect(mailTo(event.address)[0]?.mail.text).toMatch(/nobody has acknowledged it in time\.[\s\S]*It is your turn now[\s\S]*by 2 November 2026 at 09:00 UTC and has not[\s\S]*https:\/\/handoff\.example\/a\//);
  });

  it('does not send a reminder that waits for its next attempt once the ticket is acknowledged, and says so', async () => {
    const event = ticket('answered');
    const { ticketId, ticket: facts, decision, recipients } = event.data;
    const data = { ticketId, ticketVersion: 2, step: 'reminder' as const, escalatedAt: '2026-11-02T09:00:00.000Z', acknowledgeBy: '2026-11-02T10:00:00.000Z', nextStepAt: null, ticket: facts, decision, recipients };
    const envelope = { source: '/handoff/routing', subject: ticketId, time: data.escalatedAt, traceparent: null };
    smtp.reply = (recipient) => (recipient === event.address ? { code: 451, text: 'Greylisted' } : 'accept');
    await publish({ ...envelope, id: nameBasedId('escalated', ticketId), type: 'handoff.ticket.escalated.v1', data });
    await only(event, { state: 'pending', code: 'deferred' });
    await publish({ ...envelope, id: nameBasedId('acknowledged', ticketId), type: 'handoff.ticket.acknowledged.v1', data: { ticketId, ticketVersion: 3, acknowledgedAt: data.escalatedAt, by: 'Ada', party: null, via: 'api', isComplete: true } });
    await only(event, { state: 'suppressed', code: 'acknowledged', detail: 'Ada acknowledged the ticket; nobody needs to be reminded.', attempts: [{ outcome: 'retry' }] });
    expect(mailTo(event.address)).toEqual([]);
    smtp.reply = () => 'accept';
  });

  it('shows the message of a notification as it was mailed, but for the link', async () => {
    const event = ticket('looker', { recipients: [aRecipient({ destination: 'isv/looker', email: 'looker@contoso.example', language: 'tr' })] });
    await publish(event);
    const { notificationId } = await only(event, { state: 'delivered' });
    const [mail] = mailTo('looker@contoso.example');
    const { status, body } = await call<{ items: { subject: string; text: string; language: string }[] }>('POST', '/v1/message-previews', { notificationId });
    expect(status).toBe(200);
    expect(body.items).toMatchObject([{ subject: mail?.mail.subject, language: 'tr', channel: 'mail', destination: 'isv/looker' }]);
    expect(body.items[0]?.text.trim()).toBe((mail?.mail.text ?? '').trim().replace(/\/a\/[\w-]{64}/, '/a/preview'));
    expect((await call('POST', '/v1/message-previews', { notificationId, kind: 'act.new' })).status).toBe(422);
    expect((await call('POST', '/v1/message-previews', { kind: 'act.news' })).status).toBe(422);
    expect(mailTo('looker@contoso.example')).toHaveLength(1);
  });

  it('mails a routed ticket to its contact, and publishes the delivery', async () => {
    const event = ticket('delivered');
    await publish(event);
    const { notificationId } = await only(event, { state: 'delivered', channel: 'mail', address: event.address, receipt: expect.stringMatching(/^250/), attempts: [{ attempt: 1, outcome: 'delivered' }] });
    const [received] = mailTo(event.address);
    expect(received?.mail).toMatchObject({ messageId: `<${notificationId}@handoff.example>`, inReplyTo: `<${event.data.ticketId}@handoff.example>`, subject: `[B] Sign-in fails (delivered-${run})` });
    expect(received?.mail.text).toContain('https://docs.contoso.example/crm');
    await eventually(async () => {
      // Published means: it left the outbox.
      expect(await database.query('select 1 from notifier.outbox')).toEqual([]);
      expect(await database.query('select state, attempts from notifier.notification where id = $1', [notificationId])).toEqual([{ state: 'delivered', attempts: 1 }]);
    });
  });

  it('sends one mail for an event that comes twice, and for one that is planned again under another event id', async () => {
    const event = ticket('repeated');
    const last = ticket('after-repeated');
    await publish(event, event);
    await publish(event, { ...event, id: nameBasedId(event.id, 'again') }, last);
    await only(event, { state: 'delivered' });
    await only(last, { state: 'delivered' });
    expect(mailTo(event.address)).toHaveLength(1);
  });

  it('sends a webhook that the published library verifies', async () => {
    const event = ticket('hooked');
    const { body: channel } = await call<CreatedChannelView>('POST', '/v1/channels', { destination: 'isv/hooked', kind: 'webhook', url: `${hooks.url}/hooked` });
    await publish(event);
    const { notificationId } = await only(event, { state: 'delivered', channel: 'webhook', channelId: channel.id, receipt: 'HTTP 204' });
    const [request] = hooks.received.filter(({ path }) => path === '/hooked');
    expect(new Webhook(channel.secret ?? '').verify(request?.body ?? '', request?.headers as Record<string, string>)).toMatchObject({ data: { notificationId, ticket: { subject: 'Sign-in fails' } } });
    expect(mailTo(event.address)).toEqual([]);
  });

  it('opens one ticket in the system of its contact, resolves it at the end, and tells where it is', async () => {
    const desk = await openZendesk();
    try {
      const event = ticket('desk');
      const { status, body: channel } = await call<ChannelView>('POST', '/v1/channels', { destination: 'isv/desk', kind: 'ticketing', system: 'zendesk', url: desk.server.url, settings: { groupId: 7 }, credentials: ZENDESK_CREDENTIALS });
      expect([status, channel]).toMatchObject([201, { system: 'zendesk', url: desk.server.url, settings: { groupId: 7 }, purposes: ['act', 'hand-over'] }]);
      expect(JSON.stringify([channel, (await call('GET', `/v1/channels/${channel.id}`)).body])).not.toContain(ZENDESK_CREDENTIALS.apiToken);
      desk.server.trouble = ({ method }) => (method === 'POST' ? 'lose-answer' : null);
      await publish(event);
      await only(event, { state: 'pending', channel: 'ticketing', code: 'unreachable' });
      desk.server.trouble = () => null;
      await publish(ticket('desk', { ticketVersion: 2, change: 'closed', previousQueue: 'isv/desk', recipients: event.data.recipients }));
      await eventually(async () => expect((await notificationsOf(event)).map(({ state }) => state)).toEqual(['delivered', 'delivered']));
      const [opened, ...more] = desk.tickets();
      expect([more, opened]).toMatchObject([[], { isClosed: true, priority: 'high', notes: [{ isPublic: false }] }]);
      expect((await notificationsOf(event))[0]?.receipt).toBe(`Ticket ${opened?.id ?? ''} in Zendesk: ${desk.server.url}/agent/tickets/${opened?.id ?? ''}`);
      expect(await database.query('select foreign_id, told_version, is_closed from notifier.foreign_ticket')).toEqual([{ foreign_id: opened?.id, told_version: 2, is_closed: true }]);
    } finally {
      await desk.server.close();
    }
  });

  it('resolves the ticket in the system of a contact when others have it now, though the contact is told no more', async () => {
    const desk = await openZendesk();
    try {
      const event = ticket('left');
      await call('POST', '/v1/channels', { destination: 'isv/left', kind: 'ticketing', system: 'zendesk', url: desk.server.url, credentials: ZENDESK_CREDENTIALS });
      await publish(event);
      await only(event, { state: 'delivered', channel: 'ticketing' });
      await publish(ticket('left', { ticketVersion: 2, change: 'updated', previousQueue: 'isv/left', recipients: [aRecipient({ destination: 'partner/left', email: 'desk@left.example' })] }));
      await eventually(async () => expect((await notificationsOf(event)).map(({ destination, state }) => [destination, state]).sort()).toEqual([['isv/left', 'delivered'], ['isv/left', 'delivered'], ['partner/left', 'delivered']]));
      expect(desk.tickets()).toMatchObject([{ isClosed: true, notes: [{ text: expect.stringContaining('is with others now') as unknown }] }]);
    } finally {
      await desk.server.close();
    }
  });

  it('tries a channel by a message that says it is a test, sent and recorded as others, and told of to nobody else', async () => {
    const { body: channel } = await call<CreatedChannelView>('POST', '/v1/channels', { destination: 'isv/tried', kind: 'webhook', url: `${hooks.url}/tried` });
    const { status, body: { notificationId } } = await call<{ notificationId: string }>('POST', `/v1/channels/${channel.id}/test`);
    expect(status).toBe(202);
    await eventually(async () => expect((await call<NotificationView>('GET', `/v1/notifications/${notificationId}`)).body).toMatchObject({ about: 'channel-test', state: 'delivered', channelId: channel.id, attempts: [{ outcome: 'delivered' }] }));
    const [request, ...others] = hooks.received.filter(({ path }) => path === '/tried');
    expect(new Webhook(channel.secret ?? '').verify(request?.body ?? '', request?.headers as Record<string, string>)).toMatchObject({ type: 'handoff.channel-test.v1', data: { notificationId, channelId: channel.id } });
    expect([others, await database.query('select 1 from notifier.outbox')]).toEqual([[], []]);
    await call('PATCH', `/v1/channels/${channel.id}`, { enabled: false });
    expect(await call('POST', `/v1/channels/${channel.id}/test`)).toMatchObject({ status: 409, body: { code: 'channel-is-disabled' } });
    expect(await call('POST', `/v1/channels/${notificationId}/test`)).toMatchObject({ status: 404 });
  });

  it('signs with both secrets while one takes the place of the other, each verified by the published library', async () => {
    const event = ticket('rotated');
    const { body: { id, secret: former } } = await call<CreatedChannelView>('POST', '/v1/channels', { destination: 'isv/rotated', kind: 'webhook', url: `${hooks.url}/rotated` });
    const { status, body: { secret: newer } } = await call<CreatedChannelView>('POST', `/v1/channels/${id}/rotate`, { formerHoldsSeconds: 600 });
    expect(status).toBe(200);
    await publish(event);
    await only(event, { state: 'delivered' });
    const [request] = hooks.received.filter(({ path }) => path === '/rotated');
    for (const secret of [former, newer]) expect(new Webhook(secret ?? '').verify(request?.body ?? '', request?.headers as Record<string, string>)).toMatchObject({ data: { ticket: { subject: 'Sign-in fails' } } });
  });

  it.each([['teams', '/workflows/an-id-of-a-workflow/run?sig=hunter2-hunter2'], ['slack', '/services/T1/B1/hunter2-hunter2']] as const)('posts into %s, whose address is kept as a secret', async (kind, path) => {
    const event = ticket(`in-${kind}`);
    const { body: channel } = await call<CreatedChannelView>('POST', '/v1/channels', { destination: `isv/in-${kind}`, kind, url: `${hooks.url}${path}` });
    expect(JSON.stringify(channel)).not.toContain('hunter2');
    hooks.reply = () => ({ status: 200, body: 'ok' });
    await publish(event);
    await only(event, { state: 'delivered', channel: kind, channelId: channel.id, receipt: 'HTTP 200' });
    expect(hooks.received.filter((request) => request.path === path).map(({ body }) => body)).toEqual([expect.stringContaining('Sign-in fails')]);
    hooks.reply = () => ({ status: 204 });
  });

  it('delivers after a temporary refusal, under the same Message-ID', async () => {
    const event = ticket('deferred');
    smtp.reply = (recipient, nth) => (recipient === event.address && nth === 1 ? { code: 451, text: 'Greylisted' } : 'accept');
    await publish(event);
    const waiting = await only(event, { state: 'pending', code: 'deferred', nextAttemptAt: expect.any(String), attempts: [{ outcome: 'retry', detail: expect.stringContaining('Greylisted') }] });
    const delivered = await only(event, { state: 'delivered', notificationId: waiting.notificationId, messageId: waiting.messageId, attempts: [{ outcome: 'retry' }, { outcome: 'delivered' }] });
    expect(mailTo(event.address).map(({ mail }) => mail.messageId)).toEqual([delivered.messageId]);
  }, 30_000);

  it('shows a refusal, and sends it again by hand under the same id', async () => {
    const event = ticket('refused');
    smtp.reply = (recipient, nth) => (recipient === event.address && nth === 1 ? { code: 550, text: 'No such user' } : 'accept');
    await publish(event);
    const failed = await only(event, { state: 'failed', code: 'rejected', detail: expect.stringContaining('No such user') });
    expect(await call('POST', `/v1/notifications/${failed.notificationId}/retry`)).toMatchObject({ status: 202, body: { notificationId: failed.notificationId, state: expect.stringMatching(/pending|delivered/) } });
    await only(event, { state: 'delivered', notificationId: failed.notificationId, attempts: [{ outcome: 'failed' }, { outcome: 'delivered' }] });
    expect(await call('POST', `/v1/notifications/${failed.notificationId}/retry`)).toMatchObject({ status: 409, body: { code: 'not-failed' } });
    expect(mailTo(event.address).map(({ mail }) => mail.messageId)).toEqual([failed.messageId]);
  });

  it('sends all that failed since a time again, once the receiver is mended', async () => {
    const events = ['mended-1', 'mended-2'].map((name) => ticket(name, { recipients: [aRecipient({ destination: 'isv/mended', email: `${name}@contoso.example` })] }));
    smtp.reply = (recipient) => (recipient.startsWith('mended-') ? { code: 550, text: 'Closed for today' } : 'accept');
    const since = new Date().toISOString();
    await publish(...events);
    for (const event of events) await only(event, { state: 'failed', code: 'rejected' });
    smtp.reply = () => 'accept';
    const retryAll = (body: object) => call('POST', '/v1/notifications/retry', body);
    expect(await retryAll({ since: new Date(Date.now() + 60_000).toISOString(), destination: 'isv/mended' })).toMatchObject({ status: 202, body: { retried: 0 } });
    expect(await retryAll({ since, destination: 'isv/mended', code: 'rejected' })).toMatchObject({ status: 202, body: { retried: 2, withoutChannel: 0, hasMore: false } });
    for (const event of events) await only(event, { state: 'delivered' });
    expect(await retryAll({ since: 'yesterday' })).toMatchObject({ status: 422, body: { code: 'invalid-content' } });
  });

  it('keeps what nobody can be told visible, until a channel is there', async () => {
    const event = ticket('nowhere', { recipients: [aRecipient({ destination: 'isv/nowhere', email: null })] });
    await publish(event);
    const { notificationId } = await only(event, { state: 'failed', code: 'no-channel', channel: 'none', messageId: null });
    expect(await call('POST', `/v1/notifications/${notificationId}/retry`)).toMatchObject({ status: 409, body: { code: 'no-channel' } });
    await call('POST', '/v1/channels', { destination: 'isv/nowhere', kind: 'mail', address: 'found@contoso.example' });
    await call('POST', `/v1/notifications/${notificationId}/retry`);
    await only(event, { state: 'delivered', notificationId, address: 'found@contoso.example' });
    expect(mailTo('found@contoso.example')).toHaveLength(1);
  });

  it('sends the updates of a ticket in their order, in one thread', async () => {
    const events = [1, 2, 3, 4].map((ticketVersion) => ticket('ordered', { ticketVersion, change: ticketVersion === 1 ? 'created' : 'updated', ticket: { subject: `Subject ${ticketVersion}` } }));
    await publish(...events);
    const [first] = events as [Event & { address: string }];
    await eventually(() => expect(mailTo(first.address)).toHaveLength(4));
    expect(mailTo(first.address).map(({ mail }) => /version (\d)/.exec(mail.text ?? '')?.[1])).toEqual(['1', '2', '3', '4']);
    expect(new Set(mailTo(first.address).map(({ mail }) => mail.subject)).size).toBe(1);
  });

  it('goes on after a restart with what was planned and not sent', async () => {
    const events = Array.from({ length: 60 }, (_, index) => ticket('restarted', { ticket: { subject: `Number ${index}` } })).map((event, index) => aRoutedEvent({ ...event.data, ticket: { externalId: `restarted-${index}-${run}` } }));
    smtp.reply = (recipient, nth) => (recipient.startsWith('restarted') && nth % 7 === 3 ? { code: 421, text: 'Busy' } : 'accept');
    await publish(...events);
    await eventually(() => expect(mailTo('restarted@contoso.example').length).toBeGreaterThan(3));
    await notifier.close();
    smtp.reply = () => 'accept';
    notifier = await start();
    await eventually(async () => expect((await database.query("select 1 from notifier.notification where destination = 'isv/restarted' and state = 'delivered'"))).toHaveLength(60), { withinMs: 60_000 });
    const ids = mailTo('restarted@contoso.example').map(({ mail }) => mail.messageId);
    expect([ids.length, new Set(ids).size]).toEqual([60, 60]);
  }, 90_000);

  it('asks for the token, shows no secret, and answers with problems', async () => {
    expect((await fetch(`${notifier.url}/v1/channels`)).status).toBe(401);
    const { status, body } = await call<CreatedChannelView>('POST', '/v1/channels', { destination: 'partner/1001', kind: 'webhook', url: `${hooks.url}/x?sig=hunter2` });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^whsec_/);
    expect(await call('POST', '/v1/channels', { destination: 'partner/1001', kind: 'webhook', url: `${hooks.url}/x?sig=hunter2` })).toMatchObject({ status: 409, body: { code: 'channel-exists' } });
    expect(await call('POST', '/v1/channels', { destination: 'nobody', kind: 'fax' })).toMatchObject({ status: 422, body: { code: 'invalid-content' } });
    for (const field of ['address', 'url', 'purposes', 'enabled', 'secret']) {
      const refused = { status: 422, body: { code: 'invalid-content', errors: [{ field: `/${field}` }] } };
      expect(await call('POST', '/v1/channels', { destination: 'partner/1001', kind: 'mail', address: 'a@contoso.example', [field]: null })).toMatchObject(refused);
      expect(await call('PATCH', `/v1/channels/${body.id}`, { [field]: null })).toMatchObject(refused);
    }
    expect(await call<ChannelView>('PATCH', `/v1/channels/${body.id}`, { purposes: ['act'], enabled: false })).toMatchObject({ status: 200, body: { purposes: ['act'], enabled: false, url: `${hooks.url}/x?…` } });
    expect(JSON.stringify([await call('GET', '/v1/channels'), await call('GET', `/v1/channels/${body.id}`)])).not.toMatch(/whsec_|hunter2/);
    expect(await call('DELETE', `/v1/channels/${body.id}`)).toMatchObject({ status: 204 });
    expect(await call('GET', `/v1/channels/${body.id}`)).toMatchObject({ status: 404, body: { code: 'channel-not-found' } });
    expect(await call('GET', '/v1/notifications/unknown')).toMatchObject({ status: 404, body: { code: 'notification-not-found' } });
    expect(await call('GET', '/v1/notifications?state=lost')).toMatchObject({ status: 422 });
    expect(await (await fetch(`${notifier.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text()).toMatch(/handoff_deliveries_total\{channel="mail",outcome="delivered"\} \d+/);
  });

  it('tells a partner of an outage, of its news and its end, each once and in one thread, and says what became of it', async () => {
    const golden = GOLDEN_EVENTS['handoff.health-notice.affected.v1'];
    const thread = nameBasedId('outage', run);
    const affected = (noticeVersion: number, more: Partial<HealthNoticeAffected> = {}): EventOf<'handoff.health-notice.affected.v1'> =>
      ({ ...golden, id: nameBasedId('affected', run, String(noticeVersion)), subject: thread, data: { ...golden.data, noticeVersion, partnerId: 'outage', destination: 'partner/outage', email: 'outage@northwind.example', ...more } });
    await publish(affected(1), affected(1), affected(2, { isFirst: false, summary: 'It works in part.' }), affected(3, { isFirst: false, endedAt: '2026-11-02T10:00:00.000Z' }));
    await eventually(() => expect(mailTo('outage@northwind.example')).toHaveLength(3));
    const mails = mailTo('outage@northwind.example').map(({ mail }) => mail);
    expect(mails.map(({ text }) => text?.split('\n')[0])).toEqual([expect.stringContaining('There is an outage of Contoso CRM'), expect.stringContaining('There is news'), 'The outage of Contoso CRM is over.']);
    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(1);
    expect([new Set(mails.map(({ inReplyTo }) => inReplyTo)).size, mails[0]?.headers.has('x-handoff-ticket')]).toEqual([1, false]);
    await eventually(async () => {
      const { items } = (await call<NotificationPage>('GET', '/v1/notifications?destination=partner/outage')).body;
      expect(items).toMatchObject([3, 2, 1].map((ticketVersion) => ({ about: 'health-notice', ticketVersion, state: 'delivered' })));
    });
  });

  it('holds messages back while a suppression is in force, and sends them when somebody ends it', async () => {
    const wanted = { match: { destination: 'isv/quiet' }, until: new Date(Date.now() + 3_600_000).toISOString(), reason: 'The desk moves house.', author: 'ada' };
    const created = await call<SuppressionView>('POST', '/v1/suppressions', wanted);
    expect(created).toMatchObject({ status: 201, body: { state: 'in-force', held: 0, includeSeverityA: false, endedAt: null } });
    const { id } = created.body;
    const [held, other] = [ticket('quiet'), ticket('loud')];
    await publish(held, other);
    await only(other, { state: 'delivered' });
    await only(held, { state: 'suppressed', code: 'held', suppressionId: id, about: 'ticket' });
    expect(await call('GET', `/v1/suppressions/${id}`)).toMatchObject({ body: { held: 1 } });
    expect(await call('GET', `/v1/notifications?suppressionId=${id}`)).toMatchObject({ body: { items: [{ destination: 'isv/quiet' }] } });
    expect(mailTo(held.address)).toEqual([]);
    expect(await call('POST', `/v1/suppressions/${id}/end`, { by: 'grace' })).toMatchObject({ status: 200, body: { state: 'ended', endedBy: 'grace', until: wanted.until } });
    await only(held, { state: 'delivered', suppressionId: id });
    expect(mailTo(held.address)).toHaveLength(1);
    expect(await call('POST', `/v1/suppressions/${id}/end`, { by: 'grace' })).toMatchObject({ status: 409, body: { code: 'suppression-ended' } });
    expect(await call('GET', '/v1/suppressions?state=ended&limit=1')).toMatchObject({ status: 200, body: { items: [{ id, held: 0 }] } });
    const refused = async (change: object) => (await call<{ code: string; errors: { field: string }[] }>('POST', '/v1/suppressions', { ...wanted, ...change })).body;
    for (const [change, field] of [
      [{ match: {} }, '/match'], [{ match: { everything: true, queue: 'triage' } }, '/match/everything'], [{ until: '2020-01-01T00:00:00Z' }, '/until'], [{ until: undefined }, '/until'], [{ until: new Date(Date.now() + 169 * 3_600_000).toISOString() }, '/until'],
      [{ author: undefined }, '/author'], [{ reason: '' }, '/reason'], [{ authorEmail: 'ada' }, '/authorEmail'], [{ from: 'tomorrow' }, '/from'], [{ match: { person: 'ada' } }, '/match/person'],
    ] as const) expect(await refused(change)).toMatchObject({ code: 'invalid-content', errors: [{ field }] });
    for (const path of ['/v1/suppressions/unknown', '/v1/suppressions/1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b']) expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'suppression-unknown' } });
    expect(await call('POST', '/v1/suppressions/1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b/end', { by: 'ada' })).toMatchObject({ status: 404, body: { code: 'suppression-unknown' } });
    expect(await call('DELETE', `/v1/suppressions/${id}`)).toMatchObject({ status: expect.any(Number), body: { code: expect.stringMatching(/not-found|method-not-allowed/) } });
  });

  it('pages through its notifications', async () => {
    const first = (await call<NotificationPage>('GET', '/v1/notifications?limit=2')).body;
    const second = (await call<NotificationPage>('GET', `/v1/notifications?limit=2&cursor=${first.next ?? ''}`)).body;
    expect(new Set([...first.items, ...second.items].map(({ notificationId }) => notificationId)).size).toBe(4);
  });
});
