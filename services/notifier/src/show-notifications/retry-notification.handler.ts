import type { Transactions } from '@handoff/messaging';
import { type Clock, Problem } from '@handoff/platform';
import type { ChannelStore } from '../manage-channels/channel.store.js';
import type { ConfiguredChannel } from '../manage-channels/channel.js';
import { CHANNEL_DISABLED, isDeparture, type Target } from '../notification/notification.js';
import { takesLetters } from '../letters/health-notice.decision.js';
import { targetsOf } from '../plan-notifications/plan.decision.js';
import { isResendable, type NotificationRecord, type NotificationStore } from './notification.store.js';

export interface RetryPorts {
  readonly notifications: NotificationStore;
  readonly channels: ChannelStore;
  readonly transactions: Transactions;
  readonly clock: Clock;
  /** Something is due. */
  readonly wake: () => void;
}

const PAGE_NOTIFICATIONS = 200;
const PAGES_MAX = 50;

/** Sends a notification that was given up once more, under its own id. */
export class RetryNotificationHandler {
  constructor(private readonly ports: RetryPorts) {}

  async handle(notificationId: string): Promise<NotificationRecord> {
    const { notifications, clock } = this.ports;
    const found = await notifications.get(notificationId);
    if (found === null) throw notificationNotFound(notificationId);
    if (!isResendable(found)) throw new Problem(409, 'not-failed', `The notification is ${found.state}; only one that failed, or whose channel was disabled, can be retried.`);
    const channels = await this.ports.transactions.run((tx) => this.ports.channels.forDestinations(tx, [found.destination]));
    const target = retryTarget(found, channels);
    if (target === null) throw new Problem(409, 'no-channel', `There is still no enabled channel for '${found.destination}', and no usable mail address. Configure a channel, then retry.`);
    if (!await notifications.retry(notificationId, target, clock.now())) throw new Problem(409, 'not-failed', 'The notification is no longer failed.');
    this.ports.wake();
    return await notifications.get(notificationId) ?? found;
  }

  /** Sends again what was given up, as after a receiver was mended. Each keeps its id. */
  async handleAll({ since, destination, code }: RetryAll): Promise<RetriedAll> {
    const done = { retried: 0, withoutChannel: 0 };
    let cursor: string | null = null;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { items, next } = await this.ports.notifications.list({ ticketId: null, state: null, undelivered: true, destination, code, finishedSince: since, cursor, limit: PAGE_NOTIFICATIONS });
      const channels = await this.channelsOf(items);
      for (const item of items.filter(isResendable)) {
        const target = retryTarget(item, channels.get(item.destination) ?? []);
        if (target === null) done.withoutChannel += 1;
        else if (await this.ports.notifications.retry(item.notificationId, target, this.ports.clock.now())) done.retried += 1;
      }
      this.ports.wake();
      if (next === null) return { ...done, hasMore: false };
      cursor = next;
    }
    return { ...done, hasMore: true };
  }

  private async channelsOf(records: readonly NotificationRecord[]): Promise<ReadonlyMap<string, readonly ConfiguredChannel[]>> {
    const destinations = [...new Set(records.map(({ destination }) => destination))];
    const channels = await this.ports.transactions.run((tx) => this.ports.channels.forDestinations(tx, destinations));
    return Map.groupBy(channels, ({ destination }) => destination);
  }
}

/** Which of the failed ones are sent again. */
export interface RetryAll {
  /** Given up since then. */
  readonly since: Date;
  readonly destination: string | null;
  readonly code: string | null;
}

export interface RetriedAll {
  readonly retried: number;
  /** Failed ones whose contacts can still not be reached. */
  readonly withoutChannel: number;
  /** There were more than one call looks at: call again. */
  readonly hasMore: boolean;
}

export function notificationNotFound(notificationId: string): Problem {
  return new Problem(404, 'notification-not-found', `There is no notification '${notificationId}'.`);
}

/** Where it went before, if that still holds; else where the contact is reached now. */
export function retryTarget({ about, target, purpose, addressee, code }: NotificationRecord, channels: readonly ConfiguredChannel[]): Target | null {
  // It tells one system that a ticket of its own is over: no other way to its contact will do.
  if (isDeparture({ addressee })) return channels.some(({ channelId, enabled }) => enabled && channelId === target.channelId) ? target : null;
  const targets = targetsOf({ purpose, email: addressee.email }, about === 'ticket' ? channels : channels.filter(takesLetters));
  // The other channels of its contact had theirs.
  if (code === CHANNEL_DISABLED) return targets.find(({ channelId }) => channelId !== null && channelId === target.channelId) ?? null;
  // To an address from which mail comes back it goes again only where there is nothing else.
  const isDefaultMail = target.channel === 'mail' && target.channelId === null && code !== 'bounced';
  if (isDefaultMail) return target;
  return targets.find(({ channelId }) => channelId !== null && channelId === target.channelId) ?? targets[0] ?? null;
}
