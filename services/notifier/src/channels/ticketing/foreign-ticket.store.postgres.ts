import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { DataSource } from 'typeorm';
import type { ForeignTicket } from './foreign-ticket.js';
import type { ForeignTicketStore } from './foreign-ticket.store.js';
import type { Severity, SystemName } from './ticketing-system.js';

interface Row {
  readonly channel_id: string;
  readonly ticket_id: string;
  readonly system: SystemName;
  readonly foreign_id: string;
  readonly number: string | null;
  readonly url: string | null;
  readonly told_version: number;
  readonly told_severity: Severity | null;
  readonly is_closed: boolean;
}

/** What stands for another ticket already stays as it is: then the insert does nothing, and the update finds no row. */
const KEEP = `
  with known as (
    update foreign_ticket set told_version = $7, told_severity = $8, is_closed = $9, updated_at = $10
    where channel_id = $1 and ticket_id = $2 and foreign_id = $4 and told_version <= $7
  )
  insert into foreign_ticket (channel_id, ticket_id, system, foreign_id, number, url, told_version, told_severity, is_closed, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) on conflict do nothing`;

export class PostgresForeignTicketStore implements ForeignTicketStore {
  constructor(private readonly dataSource: DataSource) {}

  async closedThere(tx: Transaction, { ticketId, destination, version }: { readonly ticketId: string; readonly destination: string; readonly version: number }): Promise<void> {
    await managerOf(tx).query(
      'update foreign_ticket f set is_closed = true, told_version = $3 from channel c where c.id = f.channel_id and c.destination = $2 and f.ticket_id = $1 and f.told_version <= $3', [ticketId, destination, version]);
  }

  async find(channelId: string, ticketId: string): Promise<ForeignTicket | null> {
    const [row] = await this.dataSource.query<Row[]>(
      'select channel_id, ticket_id, system, foreign_id, number, url, told_version, told_severity, is_closed from foreign_ticket where channel_id = $1 and ticket_id = $2', [channelId, ticketId]);
    return row === undefined ? null : ticketOf(row);
  }

  async keep(tx: Transaction, { channelId, ticketId, system, id, number, url, toldVersion, toldSeverity, isClosed }: ForeignTicket, at: Date): Promise<void> {
    await managerOf(tx).query(KEEP, [channelId, ticketId, system, id, number, url, toldVersion, toldSeverity, isClosed, at]);
  }
}

function ticketOf({ channel_id, ticket_id, system, foreign_id, number, url, told_version, told_severity, is_closed }: Row): ForeignTicket {
  return { channelId: channel_id, ticketId: ticket_id, system, id: foreign_id, number, url, toldVersion: told_version, toldSeverity: told_severity, isClosed: is_closed };
}
