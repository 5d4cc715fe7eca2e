import type { Clock } from '@handoff/platform';
import type { AcknowledgeLinks } from '../acknowledge/acknowledge-links.js';
import type { Answer, Channel, ChatAddress, MailAddress, SlackAddress, TicketingAddress, WebhookAddress } from '../channels/channel.js';
import type { ChannelWithSecret } from '../manage-channels/channel.js';
import type { ChannelBook } from '../manage-channels/channel-book.js';
import { isLetter } from '../letters/letter.js';
import { messageOf } from '../message/content.decision.js';
import type { Message, TicketMessage } from '../message/message.js';
import type { WordsByLanguage } from '../message/texts/words.js';
import { asksToAct } from '../notification/asks-to-act.decision.js';
import { type Attempt, type Delivery, isForSource, type UnsentReason } from '../notification/notification.js';
import type { ReminderStore } from '../suppress-reminders/reminder.store.js';
import type { SendResult } from './delivery.store.js';
import { type Disposition, dispose } from './disposition.decision.js';

export interface DelivererOptions {
  /** Makes the link by which a message is acknowledged. */
  readonly links: Pick<AcknowledgeLinks, 'urlOf' | 'urlFor' | 'tokenOf'>;
  readonly words: WordsByLanguage;
  readonly mail: Channel<MailAddress>;
  readonly webhook: Channel<WebhookAddress>;
  readonly teams: Channel<ChatAddress>;
  readonly slack: Channel<SlackAddress>;
  readonly ticketing: Channel<TicketingAddress, TicketMessage>;
  readonly book: ChannelBook;
  readonly reminders: Pick<ReminderStore, 'reasonAgainst'>;
  readonly clock: Clock;
  readonly sendTimeoutMs: number;
  /** 0 up to, not with, 1. */
  readonly random: () => number;
}

/** Makes one attempt at a notification, unless it is not needed any more, and says what becomes of it. */
export class Deliverer {
  constructor(private readonly options: DelivererOptions) {}

  /** Never rejects. */
  async attempt(delivery: Delivery): Promise<SendResult> {
    const { clock, sendTimeoutMs, random } = this.options;
    const reason = await this.reasonAgainst(delivery);
    if (reason !== null) return { delivery, at: clock.now().toISOString(), reason };
    const startedAt = clock.now();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), sendTimeoutMs);
    // What nobody foresaw is tried again: the schedule bounds the cost of being wrong.
    const answer = await this.send(delivery, late.signal).catch((error: unknown): Answer => ({ kind: 'unreachable', detail: `Unexpected: ${(error as Error).name}.` }));
    clearTimeout(timer);
    const endedAt = clock.now();
    const disposition = dispose({ answer, step: delivery.step + 1, nowMs: endedAt.getTime(), random: random() });
    const durationMs = Math.max(0, endedAt.getTime() - startedAt.getTime());
    const { channelId } = delivery.notification.target;
    const standing = channelId === null ? null : await this.options.book.find(channelId).catch(() => null);
    return { delivery, disposition, standing, attempt: attemptOf(disposition, { attempt: delivery.attempts + 1, at: startedAt.toISOString(), durationMs }) };
  }

  /** A reminder that cannot be asked about is sent: one too many is better than one too few. */
  private async reasonAgainst({ notification, routed }: Delivery): Promise<UnsentReason | null> {
    if (isLetter(routed) || routed.escalation === undefined) return null;
    return this.options.reminders.reasonAgainst(notification).catch(() => null);
  }

  private messageOf(delivery: Delivery): Message {
    const { notification, routed } = delivery;
    if (isLetter(routed) && routed.about === 'bundle') {
      const items = routed.items.map((item) => ({ ...item, acknowledgeUrl: item.isToAct ? this.options.links.urlFor(item.notificationId) : null }));
      return messageOf({ ...delivery, routed: { ...routed, items } }, { words: this.options.words });
    }
    return messageOf(delivery, { acknowledgeUrl: isLetter(routed) ? null : this.options.links.urlOf(notification, routed), words: this.options.words });
  }

  private async send(delivery: Delivery, signal: AbortSignal): Promise<Answer> {
    const { target, addressee } = delivery.notification;
    const message = this.messageOf(delivery);
    if (target.channelId === null) return this.options.mail.send(message, { address: target.address ?? '', name: addressee.name }, signal);
    const channel = await this.options.book.find(target.channelId);
    if (channel === null || !channel.enabled) return { kind: 'unusable', detail: channel === null ? 'The channel was removed.' : `The channel is disabled. ${channel.disabledReason ?? ''}`.trim() };
    switch (channel.kind) {
      case 'mail': return this.options.mail.send(message, { address: channel.address, name: addressee.name }, signal);
      case 'webhook': return this.options.webhook.send(message, { url: channel.address, secrets: secretsOf(channel, this.options.clock.now()), credentials: channel.credentials }, signal);
      case 'teams': return this.options.teams.send(message, { url: channel.secret ?? '' }, signal);
      case 'slack': return this.options.slack.send(message, { url: channel.secret ?? '', buttonValue: this.buttonValueOf(message, channel) }, signal);
      case 'ticketing': return this.sendTicket(message, channel, signal);
    }
  }

  private async sendTicket(message: Message, { channelId, destination, address, ticketing, secret }: ChannelWithSecret, signal: AbortSignal): Promise<Answer> {
    if (message.about !== 'ticket') return { kind: 'unusable', detail: 'The channel takes tickets only.' };
    if (ticketing === null) return { kind: 'unusable', detail: 'The channel names no ticketing system.' };
    return this.options.ticketing.send(message, { channelId, baseUrl: address, system: ticketing.system, settings: ticketing.settings, newsSource: ticketing.source, isSource: isForSource({ destination }), credentials: secret ?? 'null' }, signal);
  }

  /** What a button is sent back with: the token of the link. Without a signing secret nobody could know that Slack sent it. */
  private buttonValueOf(message: Message, { credentials }: ChannelWithSecret): string | null {
    if (credentials?.signingSecret === undefined || message.about !== 'ticket' || !asksToAct(message, message)) return null;
    return this.options.links.tokenOf(message.notificationId);
  }
}

/** Those that hold: the newest, and the former one until it ends. */
function secretsOf({ secret, formerSecret, formerSecretUntil }: ChannelWithSecret, now: Date): readonly string[] {
  const holds = formerSecret !== null && formerSecretUntil !== null && now.getTime() < Date.parse(formerSecretUntil);
  return [...(secret === null ? [] : [secret]), ...(holds ? [formerSecret] : [])];
}

function attemptOf(disposition: Disposition, made: Pick<Attempt, 'attempt' | 'at' | 'durationMs'>): Attempt {
  switch (disposition.state) {
    case 'delivered': return { ...made, outcome: 'delivered', code: null, detail: disposition.receipt };
    case 'pending': return { ...made, outcome: 'retry', code: disposition.code, detail: disposition.detail };
    case 'failed': return { ...made, outcome: 'failed', code: disposition.code, detail: disposition.detail };
  }
}
