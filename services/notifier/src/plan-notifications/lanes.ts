import type { Notification } from '../notification/notification.js';

/** The latest messages by ticket and lane into ticketing systems, while a chunk is planned. */
export class Lanes {
  private readonly latest = new Map<string, Map<string, Notification>>();

  constructor(stored: readonly Notification[]) {
    this.add(stored);
  }

  of(ticketId: string): readonly Notification[] {
    return [...this.latest.get(ticketId)?.values() ?? []];
  }

  add(notifications: readonly Notification[]): void {
    for (const notification of notifications) {
      const { ticketId, lane, target } = notification;
      if (target.channel !== 'ticketing') continue;
      const ofTicket = this.latest.get(ticketId) ?? new Map<string, Notification>();
      if ((ofTicket.get(lane)?.ticketVersion ?? 0) < notification.ticketVersion) ofTicket.set(lane, notification);
      this.latest.set(ticketId, ofTicket);
    }
  }
}
