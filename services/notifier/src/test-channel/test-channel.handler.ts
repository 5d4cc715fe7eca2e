import { randomUUID } from 'node:crypto';
import type { Transactions } from '@handoff/messaging';
import { type Clock, Problem } from '@handoff/platform';
import { keepLetters, type LetterPorts } from '../letters/keep-letters.js';
import type { ManageChannelsHandler } from '../manage-channels/manage-channels.handler.js';
import { testLetter, testNotification, type TestRefusal, testRefusal } from './test-message.decision.js';

export interface TestChannelPorts extends LetterPorts {
  readonly channels: Pick<ManageChannelsHandler, 'get'>;
  readonly transactions: Transactions;
  readonly clock: Clock;
}

const REFUSALS: Readonly<Record<TestRefusal['code'], (detail: string) => Problem>> = {
  'channel-takes-tickets': (detail) => new Problem(409, 'channel-takes-tickets', detail),
  'channel-is-disabled': (detail) => new Problem(409, 'channel-is-disabled', detail),
};

/** Tries a channel by a message that is about nothing. It takes the whole way of others: planned, sent, retried and recorded as they are. */
export class TestChannelHandler {
  constructor(private readonly ports: TestChannelPorts) {}

  /** The id of the notification that says what comes of it. @throws Problem 404 `channel-not-found`; 409 `channel-takes-tickets`, `channel-is-disabled`. */
  async handle(channelId: string, by: string | null): Promise<string> {
    const { channels, transactions, clock } = this.ports;
    const channel = await channels.get(channelId);
    const refusal = testRefusal(channel);
    if (refusal !== null) throw REFUSALS[refusal.code](refusal.detail);
    const now = clock.now();
    const letter = testLetter(channel, { testId: randomUUID(), by, at: now.toISOString() });
    await transactions.run((tx) => keepLetters(tx, [{ letter, carriedBy: () => [testNotification(letter, channel.kind)] }], { ...this.ports, now }));
    return letter.ticketId;
  }
}
