import type { Outbound } from '@handoff/outbound';
import type { Message } from '../../message/message.js';
import type { Answer, Channel, ChatAddress } from '../channel.js';
import { ANSWER_BYTES_MAX, answerOfHttp } from '../http-answer.js';
import { secretsInUrl } from '../secret-url.js';
import { teamsMessageOf } from './teams-card.decision.js';

/** Adaptive Cards into Microsoft Teams, by a workflow. Delivered means: the workflow was started; whether it posted, only its run history says. */
export class TeamsChannel implements Channel<ChatAddress> {
  constructor(private readonly outbound: Outbound) {}

  async send(message: Message, { url }: ChatAddress, signal: AbortSignal): Promise<Answer> {
    const outcome = await this.outbound.call({
      method: 'POST', url, signal, bodyBytesMax: ANSWER_BYTES_MAX, body: teamsMessageOf(message),
      headers: { 'content-type': 'application/json; charset=utf-8', 'webhook-id': message.notificationId },
    });
    return answerOfHttp(outcome, secretsInUrl(url));
  }
}
