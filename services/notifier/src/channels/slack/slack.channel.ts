import type { Outbound } from '@handoff/outbound';
import type { Message } from '../../message/message.js';
import type { Answer, Channel, SlackAddress } from '../channel.js';
import { ANSWER_BYTES_MAX, answerOfHttp } from '../http-answer.js';
import { secretsInUrl } from '../secret-url.js';
import { slackMessageOf } from './slack-message.decision.js';

/** Messages into a channel of Slack, by an incoming webhook. Delivered means: Slack answered `ok`. */
export class SlackChannel implements Channel<SlackAddress> {
  constructor(private readonly outbound: Outbound) {}

  async send(message: Message, { url, buttonValue }: SlackAddress, signal: AbortSignal): Promise<Answer> {
    const outcome = await this.outbound.call({
      method: 'POST', url, signal, bodyBytesMax: ANSWER_BYTES_MAX, body: JSON.stringify(slackMessageOf(message, { buttonValue })),
      headers: { 'content-type': 'application/json; charset=utf-8', 'webhook-id': message.notificationId },
    });
    return answerOfHttp(outcome, secretsInUrl(url), ({ status, text }) => status === 200 && text.trim() === 'ok');
  }
}
