import { NOTHING_ALLOWED, openOutbound } from '@handoff/outbound';
import { messageOf } from '../message/content.decision.js';
import { aDelivery } from '../notification/notification.builders.js';
import { type HttpReply, openHttpSink } from '../sinks/http.sink.js';
import { type Behaviour, describeChannel, type OpenChannel } from './channel.contract.js';
import type { Channel, ChatAddress } from './channel.js';
import { SlackChannel } from './slack/slack.channel.js';
import { TeamsChannel } from './teams/teams.channel.js';

const CHATS = {
  slack: { make: SlackChannel, path: '/services/T00000000/B00000000/a-token-that-nobody-may-see', secret: 'a-token-that-nobody-may-see', accepted: { status: 200, body: 'ok' }, refused: { status: 404, body: 'channel_not_found' } },
  teams: { make: TeamsChannel, path: '/workflows/1a2b/triggers/manual/paths/invoke?api-version=1&sig=a-signature-of-the-workflow', secret: 'a-signature-of-the-workflow', accepted: { status: 202 }, refused: { status: 401, body: 'DirectApiAuthorizationRequired' } },
} as const;

async function open(kind: keyof typeof CHATS): Promise<OpenChannel & { readonly bodies: () => readonly unknown[]; readonly reply: (reply: HttpReply) => void }> {
  const sink = await openHttpSink();
  const outbound = openOutbound({ policy: { allowPrivate: true, allow: NOTHING_ALLOWED }, userAgent: 'Handoff/1' });
  const { make, path, secret, accepted, refused } = CHATS[kind];
  const channel: Channel<ChatAddress> = new make(outbound);
  const url = `${sink.url}${path}`;
  const replies: Readonly<Record<Behaviour, HttpReply>> = {
    accept: accepted, refuse: refused, 'be-in-trouble': { status: 500, body: 'rollup_error' }, hang: 'hang', 'hang-up': 'drop', 'tell-the-secret': { status: 400, body: `No such hook: ${url}` },
  };
  return {
    secret,
    send: (message, signal) => channel.send(message, { url }, signal),
    behave: (behaviour) => {
      sink.reply = () => replies[behaviour];
    },
    reply: (reply) => {
      sink.reply = () => reply;
    },
    idsReceived: () => sink.received.map(({ headers }) => String(headers['webhook-id'])),
    bodies: () => sink.received.map(({ body }) => JSON.parse(body) as unknown),
    vanish: () => sink.close(),
    close: async () => {
      await outbound.close();
      await sink.close();
    },
  };
}

describeChannel('slack', () => open('slack'));
describeChannel('teams', () => open('teams'));

describe('a chat on the wire', () => {
  const message = messageOf(aDelivery());
  const opened: OpenChannel[] = [];
  const openOne = async (kind: keyof typeof CHATS) => {
    const channel = await open(kind);
    opened.push(channel);
    return channel;
  };
  afterEach(() => Promise.all(opened.splice(0).map((channel) => channel.close())));

  it('of Slack gets blocks with a fallback, and proves with ok that it took them', async () => {
    const channel = await openOne('slack');
    channel.reply({ status: 200, body: 'ok' });
    expect(await channel.send(message, AbortSignal.timeout(5_000))).toMatchObject({ kind: 'accepted' });
    const [{ text, blocks }] = channel.bodies() as [{ text: string; blocks: { type: string }[] }];
    expect([text.includes('SUP-12'), blocks.at(0)?.type, blocks.at(1)?.type, blocks.at(-1)?.type]).toEqual([true, 'header', 'rich_text', 'context']);
    channel.reply({ status: 200, body: '<html>Please log in to this network</html>' });
    expect(await channel.send(message, AbortSignal.timeout(5_000))).toMatchObject({ kind: 'answered', status: 200 });
  });

  it.each(['slack', 'teams'] as const)('of %s says that it is gone, and how long it asks to wait', async (kind) => {
    const channel = await openOne(kind);
    channel.reply({ status: 410, body: 'channel_is_archived' });
    expect(await channel.send(message, AbortSignal.timeout(5_000))).toMatchObject({ kind: 'answered', status: 410 });
    channel.reply({ status: 429, headers: { 'retry-after': '7' } });
    expect(await channel.send(message, AbortSignal.timeout(5_000))).toMatchObject({ status: 429, retryAfterMs: 7_000 });
  });

  it('of Teams gets an Adaptive Card in the envelope of its workflows', async () => {
    const channel = await openOne('teams');
    channel.reply({ status: 202 });
    await channel.send(message, AbortSignal.timeout(5_000));
    expect(channel.bodies()).toMatchObject([{ type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: { type: 'AdaptiveCard', version: '1.4' } }] }]);
  });
});
