import { NOTHING_ALLOWED, type OpenOutbound, openOutbound } from '@handoff/outbound';
import { Webhook } from 'standardwebhooks';
import { messageOf } from '../../message/content.decision.js';
import { aDelivery } from '../../notification/notification.builders.js';
import { type HttpReply, type HttpSink, openHttpSink } from '../../sinks/http.sink.js';
import { type Behaviour, describeChannel, type OpenChannel } from '../channel.contract.js';
import { newSecret } from './signature.js';
import { WebhookChannel } from './webhook.channel.js';

const now = (): Date => new Date();
const outboundTo = (allowPrivate: boolean): OpenOutbound => openOutbound({ policy: { allowPrivate, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1 (+https://handoff.example)' });
const message = messageOf(aDelivery());

async function open(): Promise<OpenChannel & { readonly sink: HttpSink; readonly url: string }> {
  const sink = await openHttpSink();
  const secret = newSecret();
  const outbound = outboundTo(true);
  const channel = new WebhookChannel({ outbound, now });
  const url = `${sink.url}/hook?sig=query-hunter2`;
  const replies: Readonly<Record<Behaviour, HttpReply>> = {
    accept: { status: 200, body: 'ok' }, refuse: { status: 404 }, 'be-in-trouble': { status: 503 }, hang: 'hang', 'hang-up': 'drop',
    'tell-the-secret': { status: 400, body: `You signed with ${secret}` },
  };
  return {
    sink, secret, url,
    send: (what, signal) => channel.send(what, { url, credentials: null, secrets: [secret] }, signal),
    behave: (behaviour) => {
      sink.reply = () => replies[behaviour];
    },
    idsReceived: () => sink.received.map(({ headers }) => String(headers['webhook-id'])),
    vanish: () => sink.close(),
    close: async () => {
      await outbound.close();
      await sink.close();
    },
  };
}

describeChannel('webhook', open);

describe('a webhook on the wire', () => {
  let channel: Awaited<ReturnType<typeof open>>;
  const send = () => channel.send(message, AbortSignal.timeout(5_000));
  beforeEach(async () => {
    channel = await open();
  });
  afterEach(() => channel.close());

  it('is verified by the published library, and says what the ticket is about', async () => {
    await send();
    const [request] = channel.sink.received;
    const verified = new Webhook(channel.secret).verify(request?.body ?? '', request?.headers as Record<string, string>);
    expect(verified).toMatchObject({
      type: 'handoff.notification.v1', timestamp: message.decidedAt,
      data: { notificationId: message.notificationId, purpose: 'act', ticket: { externalId: 'SUP-12' }, decision: { queue: 'isv/contoso' }, documents: [{ url: 'https://docs.contoso.example/crm' }], contacts: [] },
    });
    expect(request?.headers).toMatchObject({ 'webhook-id': message.notificationId, 'user-agent': 'Handoff/1 (+https://handoff.example)' });
  });

  it('does not follow a redirect', async () => {
    channel.sink.reply = () => ({ status: 302, headers: { location: `${channel.sink.url}/elsewhere` } });
    expect(await send()).toMatchObject({ kind: 'answered', status: 302 });
    expect(channel.sink.received).toHaveLength(1);
  });

  it('keeps only the beginning of a long answer, as one line', async () => {
    channel.sink.reply = () => ({ status: 500, body: `first\nsecond\u0000 ${'x'.repeat(1_000_000)}` });
    const answer = await send();
    expect(answer).toMatchObject({ kind: 'answered', status: 500, detail: expect.stringMatching(/^The receiver answered HTTP 500: first second x+$/) });
    expect('detail' in answer && answer.detail.length).toBe(512);
  });

  it('passes on for how long the receiver asks to wait', async () => {
    channel.sink.reply = () => ({ status: 429, headers: { 'retry-after': '120' } });
    expect(await send()).toMatchObject({ status: 429, retryAfterMs: 120_000 });
  });

  it.each([['127.0.0.1', (url: string) => url], ['a name that resolves there', (url: string) => url.replace('127.0.0.1', 'localhost')]])(
    'is never sent to an internal address: %s', async (_what, urlOf) => {
      const strict = outboundTo(false);
      const answer = await new WebhookChannel({ outbound: strict, now }).send(message, { url: urlOf(channel.url), credentials: null, secrets: [channel.secret] }, AbortSignal.timeout(5_000));
      expect(answer).toMatchObject({ kind: 'forbidden' });
      expect(channel.sink.received).toEqual([]);
      await strict.close();
    });
});
