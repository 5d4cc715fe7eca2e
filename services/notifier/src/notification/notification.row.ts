import type { About, Addressee, ChannelKind, Notification, Purpose } from './notification.js';

/** The columns of table `notification` that say what it is. */
export const COLUMNS = ['id', 'about', 'ticket_id', 'ticket_version', 'destination', 'party_name', 'purpose', 'channel', 'channel_id', 'address', 'lane', 'addressee', 'traceparent'] as const;

export interface NotificationRow {
  readonly id: string;
  readonly about: About;
  readonly ticket_id: string;
  readonly ticket_version: number;
  readonly destination: string;
  readonly party_name: string | null;
  readonly purpose: Purpose;
  readonly channel: ChannelKind | 'none';
  readonly channel_id: string | null;
  readonly address: string | null;
  readonly lane: string;
  readonly addressee: Addressee;
  readonly traceparent: string | null;
}

export function notificationOf(row: NotificationRow): Notification {
  return {
    notificationId: row.id, about: row.about, ticketId: row.ticket_id, ticketVersion: row.ticket_version, destination: row.destination, partyName: row.party_name,
    purpose: row.purpose, target: { channel: row.channel, channelId: row.channel_id, address: row.address }, lane: row.lane,
    addressee: row.addressee, traceparent: row.traceparent,
  };
}
