import { dispose, type Disposition } from '../deliver/disposition.decision.js';
import { messageOf } from '../message/content.decision.js';
import type { Message } from '../message/message.js';
import { aDelivery } from '../notification/notification.builders.js';
import type { Answer } from './channel.js';

/** What the other side does with the next message. */
export type Behaviour = 'accept' | 'refuse' | 'be-in-trouble' | 'hang' | 'hang-up' | 'tell-the-secret';

/** A channel with its other side. */
export interface OpenChannel {
  send(message: Message, signal: AbortSignal): Promise<Answer>;
  behave(behaviour: Behaviour): void;
  /** The ids under which messages arrived. */
  idsReceived(): readonly string[];
  readonly secret: string;
  /** Nobody listens any more. */
  vanish(): Promise<void>;
  close(): Promise<void>;
}

const LONG_MS = 10_000;
const SHORT_MS = 250;

/** What the deliverer may expect of every channel. */
export function describeChannel(name: string, open: () => Promise<OpenChannel>): void {
  describe(`the channel ${name}`, () => {
    let channel: OpenChannel;
    const message = messageOf(aDelivery());
    const send = (behaviour: Behaviour, timeoutMs = LONG_MS): Promise<Answer> => {
      channel.behave(behaviour);
      return channel.send(message, AbortSignal.timeout(timeoutMs));
    };
    const fate = (answer: Answer): Disposition['state'] => dispose({ answer, step: 1, nowMs: 0, random: 0.5 }).state;

    beforeEach(async () => {
      channel = await open();
    });
    afterEach(() => channel.close());

    it('gives a receipt for what was taken', async () => {
      const answer = await send('accept');
      expect(answer).toMatchObject({ kind: 'accepted', receipt: expect.stringMatching(/\S/) });
      expect(channel.idsReceived()).toHaveLength(1);
    });

    it('stops at a refusal', async () => {
      expect(fate(await send('refuse'))).toBe('failed');
    });

    it.each([['trouble on the other side', 'be-in-trouble', LONG_MS], ['a connection that is cut', 'hang-up', LONG_MS], ['no answer in time', 'hang', SHORT_MS]] as const)(
      'is tried again after %s', async (_what, behaviour, timeoutMs) => {
        expect(fate(await send(behaviour, timeoutMs))).toBe('pending');
      });

    it('is tried again when nobody listens', async () => {
      await channel.vanish();
      expect(fate(await send('accept'))).toBe('pending');
    });

    it('works again after trouble, under the same id', async () => {
      await send('be-in-trouble');
      await send('hang', SHORT_MS);
      expect(await send('accept')).toMatchObject({ kind: 'accepted' });
      await send('accept');
      expect(new Set(channel.idsReceived()).size).toBe(1);
    });

    it('tells no secret in any answer, even when the other side repeats it', async () => {
      for (const behaviour of ['accept', 'refuse', 'be-in-trouble', 'hang-up', 'tell-the-secret'] as const) {
        expect(JSON.stringify(await send(behaviour))).not.toContain(channel.secret);
      }
    });
  });
}
