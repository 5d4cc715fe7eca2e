import { CommandFailure } from '../failure.js';
import type { Answer, Call } from '../http/transport.js';
import { type Clock, postWebhook, RETRY_LIMITS, type Webhook } from './post-webhook.js';

const WEBHOOK: Webhook = { source: 'jira-demo', scheme: 'jira', secret: 'a-secret', body: Buffer.from('{}'), deliveryId: 'delivery-1', externalId: 'DEMO-1' };

const answer = (status: number, body: object, headers: Answer['headers'] = {}): Answer => ({ status, headers, body: Buffer.from(JSON.stringify(body)) });
const ACCEPTED = answer(202, { eventId: 'event-1', ticketId: 'ticket-1' });
const NO_ROOM = answer(503, { code: 'not-ready', detail: 'No room.' }, { 'retry-after': '3' });

/** An intake that answers these one after the other, and a clock that only notes the pauses. */
function scene(...replies: readonly (Answer | CommandFailure)[]) {
  const calls: Call[] = [];
  const pausesMs: number[] = [];
  const clock: Clock = { now: () => 0, pause: (durationMs) => Promise.resolve(void pausesMs.push(durationMs)) };
  const intake = {
    url: 'http://intake',
    answer: (call: Call): Promise<Answer> => {
      const reply = replies[Math.min(calls.length, replies.length - 1)] ?? ACCEPTED;
      calls.push(call);
      return reply instanceof CommandFailure ? Promise.reject(reply) : Promise.resolve(reply);
    },
  };
  return { intake, clock, calls, pausesMs };
}

describe('posting a webhook', () => {
  it('tells the ids under which it was accepted', async () => {
    const { intake, clock, calls } = scene(ACCEPTED);
    expect(await postWebhook(intake, WEBHOOK, clock)).toEqual({ kind: 'accepted', eventId: 'event-1', ticketId: 'ticket-1', externalId: 'DEMO-1', isDuplicate: false, durationMs: 0, retries: 0 });
    expect(calls.map(({ url }) => url)).toEqual(['http://intake/v1/sources/jira-demo/webhooks']);
  });

  it('counts one that was taken but not understood as a failure, and says where it is parked', async () => {
    const { intake, clock, calls } = scene(answer(202, { parked: true, parkedId: 'parked-1', code: 'field-missing', reason: 'The payload has no id.' }));
    const outcome = await postWebhook(intake, WEBHOOK, clock);
    expect(outcome).toMatchObject({ kind: 'refused', status: 202, code: 'field-missing', message: expect.stringMatching(/parked-1.*no id/) as string });
    expect(calls).toHaveLength(1);
  });

  it('sends again with the same delivery id when there was no room, after the time it was told', async () => {
    const { intake, clock, calls, pausesMs } = scene(NO_ROOM, ACCEPTED);
    expect(await postWebhook(intake, WEBHOOK, clock)).toMatchObject({ kind: 'accepted', retries: 1 });
    expect(pausesMs).toEqual([3_000]);
    expect(calls.map(({ headers }) => headers['x-atlassian-webhook-identifier'])).toEqual(['delivery-1', 'delivery-1']);
  });

  it('gives up after a bounded number of attempts and says why', async () => {
    const { intake, clock, calls } = scene(NO_ROOM);
    expect(await postWebhook(intake, WEBHOOK, clock)).toMatchObject({ kind: 'refused', status: 503, code: 'not-ready', retries: RETRY_LIMITS.attemptsMax - 1 });
    expect(calls).toHaveLength(RETRY_LIMITS.attemptsMax);
  });

  it('never waits longer than its own limit', async () => {
    const { intake, clock, pausesMs } = scene(answer(503, {}, { 'retry-after': '86400' }), ACCEPTED);
    await postWebhook(intake, WEBHOOK, clock);
    expect(pausesMs).toEqual([RETRY_LIMITS.pauseMsMax]);
  });

  it('sends again when the connection broke, as the systems themselves do', async () => {
    const { intake, clock } = scene(new CommandFailure(1, 'unreachable', 'The connection broke.'), ACCEPTED);
    expect(await postWebhook(intake, WEBHOOK, clock)).toMatchObject({ kind: 'accepted', retries: 1 });
  });

  it('does not repeat what was refused for good', async () => {
    const { intake, clock, calls } = scene(answer(401, { code: 'signature-invalid', detail: 'The signature does not fit the body.' }));
    expect(await postWebhook(intake, WEBHOOK, clock)).toMatchObject({ kind: 'refused', status: 401, code: 'signature-invalid', retries: 0 });
    expect(calls).toHaveLength(1);
  });

  it('tells that the event was known before', async () => {
    const { intake, clock } = scene(answer(202, { eventId: 'event-1', ticketId: 'ticket-1', duplicate: true }));
    expect(await postWebhook(intake, WEBHOOK, clock)).toMatchObject({ isDuplicate: true });
  });
});
