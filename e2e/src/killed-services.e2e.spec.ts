import { eventually } from '@handoff/testing';
import { type RunningHandoff, startHandoff } from './running-handoff.js';

const TICKETS = 500;
let handoff: RunningHandoff;

beforeAll(async () => {
  handoff = await startHandoff();
}, 150_000);
afterAll(() => handoff.stop(), 60_000);

interface Sent {
  readonly sent: readonly { readonly ticketId: string }[];
}

/** Sends the tickets and kills a service when about a third of the effects is there. */
async function sendAndKill(service: 'routing' | 'notifier', effects: (ids: ReadonlySet<string>) => Promise<number>): Promise<string[]> {
  const sending = handoff.handoff('send', '--source', 'jira-demo', '--count', String(TICKETS), '--rate', '150', '--json');
  const before = await effects(new Set());
  await eventually(async () => expect((await effects(new Set())) - before).toBeGreaterThan(TICKETS / 3), { everyMs: 20, withinMs: 60_000 });
  await handoff.kill(service);
  const { stdout, code } = await sending;
  expect(code).toBe(0);
  return (JSON.parse(stdout) as Sent).sent.map(({ ticketId }) => ticketId);
}

async function decisions(): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  let cursor: string | null = null;
  do {
    const { body } = await handoff.request(`${handoff.urls.routing}/v1/tickets?source=jira-demo&limit=200${cursor === null ? '' : `&cursor=${cursor}`}`);
    for (const { ticketId, ticketVersion } of body['items'] as unknown as { ticketId: string; ticketVersion: number }[]) versions.set(ticketId, ticketVersion);
    cursor = body['next'] as unknown as string | null;
  } while (cursor !== null);
  return versions;
}

const mailsToPublisher = () => handoff.mails({ to: 'support@contoso.example' });
const countMails = async () => (await mailsToPublisher()).length;

/** Every ticket was decided once, and has one mail; a repeat has the same Message-ID. */
async function expectWhole(ids: readonly string[], repeatsMax: number): Promise<void> {
  expect(new Set(ids).size).toBe(TICKETS);
  await eventually(async () => {
    const versions = await decisions();
    expect(ids.filter((id) => !versions.has(id))).toEqual([]);
  }, { withinMs: 90_000, everyMs: 500 });
  const versions = await decisions();
  expect(ids.map((id) => versions.get(id)).filter((version) => version !== 1)).toEqual([]);
  const mine = async () => {
    const wanted = new Set(ids);
    return (await mailsToPublisher()).filter(({ text }) => wanted.has(/Ticket ([0-9a-f-]{36})/.exec(text)?.[1] ?? ''));
  };
  await eventually(async () => expect(new Set((await mine()).map(({ messageId }) => messageId)).size).toBe(TICKETS), { withinMs: 90_000, everyMs: 500 });
  const mails = await mine();
  expect(new Set(mails.map(({ text }) => /Ticket ([0-9a-f-]{36})/.exec(text)?.[1])).size).toBe(TICKETS);
  expect(mails.length - TICKETS).toBeLessThanOrEqual(repeatsMax);
}

describe('kill -9 in the middle of 500 tickets', () => {
  it('of routing: every ticket is decided once and its mail sent once', async () => {
    const ids = await sendAndKill('routing', async () => (await decisions().catch(() => new Map<string, number>())).size);
    await expectWhole(ids, 0);
  }, 240_000);

  it('of the notifier: no mail is missing, and a repeat is only what was in flight, under the same Message-ID', async () => {
    await handoff.ready();
    const ids = await sendAndKill('notifier', countMails);
    await expectWhole(ids, 256);
  }, 240_000);
});
