import type { Outbound } from '@handoff/outbound';
import { type Clock, Problem } from '@handoff/platform';
import type { AcknowledgeByLinkHandler, Visit } from '../acknowledge/acknowledge-by-link.handler.js';
import { pageLanguageOf } from '../acknowledge/page-language.decision.js';
import type { ChannelBook } from '../manage-channels/channel-book.js';
import { channelNotFound } from '../manage-channels/manage-channels.handler.js';
import type { WordsByLanguage } from '../message/texts/words.js';
import { slackAnswerTo, type SlackPress, slackPressOf } from './slack-press.decision.js';
import { isFromSlack, type SlackRequest } from './slack-signature.decision.js';

export interface SlackButtonPorts {
  readonly book: Pick<ChannelBook, 'find'>;
  readonly acknowledge: Pick<AcknowledgeByLinkHandler, 'acknowledge'>;
  readonly outbound: Outbound;
  readonly words: WordsByLanguage;
  readonly clock: Clock;
  /** What the message shows now could not be told to Slack. */
  readonly onUnanswered: (detail: string) => void;
}

const ANSWER_BYTES_MAX = 16_384;

/** Takes a press of the button in Slack as an acknowledgement, and shows it in the message. */
export class SlackButtonHandler {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly ports: SlackButtonPorts) {}

  /**
   * Resolves when the acknowledgement is stored; what the message shows is told to Slack afterwards, because Slack waits for three seconds.
   * @throws Problem 404 `channel-not-found`, also where the channel has no signing secret; 401 `signature-invalid`.
   */
  async handle(channelId: string, request: SlackRequest): Promise<void> {
    const { book, acknowledge, clock } = this.ports;
    const channel = await book.find(channelId);
    const signingSecret = channel?.credentials?.signingSecret;
    if (channel?.kind !== 'slack' || signingSecret === undefined) throw channelNotFound(channelId);
    if (!isFromSlack(request, signingSecret, clock.now())) {
      throw new Problem(401, 'signature-invalid', "The signature is missing, older than five minutes, or does not fit the body: 'X-Slack-Signature' by the signing secret of the app.");
    }
    const press = slackPressOf(request.rawBody);
    if (press === null) return;
    const visit = await acknowledge.acknowledge(press.token, { by: press.by, via: 'slack' });
    const told = this.tell(press, visit, channel.secret ?? '').finally(() => this.underWay.delete(told));
    this.underWay.add(told);
  }

  /** Waits for what is being told to Slack. */
  async close(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Slack signed where to answer; that it is where this channel posts to keeps it there. */
  private async tell(press: SlackPress, visit: Visit, webhookUrl: string): Promise<void> {
    const { outbound, words, onUnanswered } = this.ports;
    const language = pageLanguageOf(undefined, 'language' in visit ? visit.language : null);
    if (press.responseUrl === null || URL.parse(press.responseUrl)?.origin !== URL.parse(webhookUrl)?.origin) return onUnanswered('Slack named no place of its own for the answer.');
    const outcome = await outbound.call({
      method: 'POST', url: press.responseUrl, bodyBytesMax: ANSWER_BYTES_MAX, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(slackAnswerTo(visit, press, words[language])),
    });
    if (outcome.kind !== 'answered') onUnanswered(outcome.detail);
    else if (outcome.answer.status !== 200) onUnanswered(`Slack answered HTTP ${outcome.answer.status}.`);
  }
}
