import type { EventPublisher, OutgoingRecord } from '@handoff/messaging';
import { createHttpApp, systemClock } from '@handoff/platform';
import { Webhook } from 'standardwebhooks';
import { EventAcceptor } from './accept/event-acceptor.js';
import { PublishQueue } from './accept/publish-queue.js';
import { RecentEvents } from './accept/recent-events.js';
import { IntakeModule } from './intake.module.js';
import { ManageSourcesHandler } from './manage-sources/manage-sources.handler.js';
import { isWebhookPath } from './receive-webhook/receive-webhook.controller.js';
import { SourceCache } from './sources/source-cache.js';
import { aSource } from './sources/source.store.contract.js';
import { MemorySourceStore } from './sources/source.store.memory.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

type Publish = EventPublisher['publish'];

/** Posts a webhook, twice with the same id, to a service whose Kafka behaves as told. */
async function withIntake(publish: Publish, test: (post: () => Promise<Response>) => Promise<void>): Promise<void> {
  const store = new MemorySourceStore();
  await store.add(aSource(), SECRET);
  const sources = new SourceCache({ store, freshMs: 5_000, staleMs: 60_000, now: Date.now });
  const acceptor = new EventAcceptor(new PublishQueue({ publisher: { publish }, waitingMax: 10, timeoutMs: 100 }), new RecentEvents({ countMax: 10, ageMsMax: 60_000, now: Date.now }));
  const manage = new ManageSourcesHandler({ store, cache: sources, clock: systemClock });
  const module = IntakeModule.with({ acceptor, sources, manage, clock: systemClock, publicUrl: 'http://intake.example', download: () => Promise.reject(new Error('nothing is downloaded here')), healthChecks: [] });
  const app = await createHttpApp(module, { service: 'intake', description: '', token: null, logLevel: 'silent', bodyBytesMax: 10_000, rawBody: isWebhookPath });
  await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    const body = JSON.stringify({ externalId: 'T-1', subject: 'Sign-in fails' });
    const sentAt = new Date();
    const headers = { 'content-type': 'application/json', 'webhook-id': 'msg-1', 'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)), 'webhook-signature': new Webhook(SECRET).sign('msg-1', sentAt, body) };
    await test(async () => fetch(`${await app.getUrl()}/v1/sources/desk/webhooks`, { method: 'POST', body, headers }));
  } finally {
    await app.close();
  }
}

describe('a webhook while Kafka is away', () => {
  it.each<[string, Publish]>([['refuses connections', () => Promise.reject(new Error('connection refused'))], ['does not answer', () => new Promise(() => undefined)]])('is not acknowledged when it %s, and its sender is told to come again', async (_how, publish) => {
    await withIntake(publish, async (post) => {
      const response = await post();
      expect([response.status, response.headers.get('retry-after'), response.headers.get('content-type')]).toEqual([503, '5', expect.stringContaining('application/problem+json')]);
      expect(await response.json()).toMatchObject({ code: 'kafka-unavailable' });
    });
  });

  it('is taken when it is sent again after Kafka came back, under the same event id', async () => {
    const stored: OutgoingRecord[] = [];
    let isAway = true;
    const publish: Publish = (records) => (isAway ? Promise.reject(new Error('connection refused')) : Promise.resolve(void stored.push(...records)));
    await withIntake(publish, async (post) => {
      expect((await post()).status).toBe(503);
      isAway = false;
      const answer = (await (await post()).json()) as { eventId: string };
      expect(stored.map(({ headers }) => headers['ce_id'])).toEqual([answer.eventId]);
    });
  });
});
