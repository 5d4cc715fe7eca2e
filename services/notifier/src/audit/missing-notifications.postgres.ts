import type { MissingEffects } from '@handoff/persistence';
import type { DataSource } from 'typeorm';

const ROUTED = 'handoff.ticket.routed.v1';

/** Planned and neither sent nor given up. */
export const OPEN_NOTIFICATIONS = "select 'notification', count(*)::integer, min(created_at) from notification where state = 'pending'";

/** Each decision that names somebody has a notification, be it one that could not be sent: that then says why. */
export function missingNotificationsIn(dataSource: DataSource): MissingEffects {
  return async (records) => {
    const asked = records.flatMap((record) => {
      const version = record.headers['ce_type']?.toString() === ROUTED && record.value !== null ? versionOf(record.value) : null;
      return version === null ? [] : [{ record, ...version }];
    });
    if (asked.length === 0) return [];
    const rows = await dataSource.query<{ ticket_id: string; ticket_version: number }[]>(
      `select r.ticket_id, r.ticket_version from unnest($1::uuid[], $2::integer[]) as r (ticket_id, ticket_version)
       where exists (select 1 from notification n where n.ticket_id = r.ticket_id and n.ticket_version = r.ticket_version)`, [asked.map(({ ticketId }) => ticketId), asked.map(({ ticketVersion }) => ticketVersion)]);
    const there = new Set(rows.map((row) => `${row.ticket_id} ${row.ticket_version}`));
    return asked.filter(({ ticketId, ticketVersion }) => !there.has(`${ticketId} ${ticketVersion}`)).map(({ record }) => record);
  };
}

/** The version that a routed event tells, where it names somebody. The event was handled, so it fits its schema. */
function versionOf(value: Buffer): { readonly ticketId: string; readonly ticketVersion: number } | null {
  const { ticketId, ticketVersion, recipients } = JSON.parse(value.toString()) as { ticketId: string; ticketVersion: number; recipients: readonly unknown[] };
  return recipients.length === 0 ? null : { ticketId, ticketVersion };
}
