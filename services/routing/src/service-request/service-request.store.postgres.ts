import type { ServiceRequestStatus } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import type { ServiceRequestKey, ServiceRequestReading, ServiceRequestStanding, ServiceRequestStore } from './service-request.store.js';

export class PostgresServiceRequestStore implements ServiceRequestStore {
  async read(tx: Transaction, readings: readonly ServiceRequestReading[]): Promise<readonly (readonly string[])[]> {
    if (readings.length === 0) return [];
    const manager = managerOf(tx);
    // In the order of keys, so that two writers wait for each other and never deadlock.
    const known = readings.filter(({ standing }) => standing !== null).toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
    for (const { party, number, standing } of known) {
      await manager.query(
        `insert into service_request as known (party, number, status, changed_at) values ($1, $2, $3, $4)
         on conflict (party, number) do update set status = excluded.status, changed_at = excluded.changed_at where known.changed_at is null or known.changed_at <= excluded.changed_at`,
        [party, number, standing?.status, standing?.changedAt]);
    }
    const rows = await manager.query<{ party: string; number: string; ticket_id: string }[]>(
      'select t.party, t.number, t.ticket_id from service_request_ticket t join unnest($1::text[], $2::text[]) as asked (party, number) using (party, number) group by 1, 2, 3 order by t.ticket_id', [readings.map(({ party }) => party), readings.map(({ number }) => number)]);
    return readings.map((reading) => rows.filter((row) => keyOf(row) === keyOf(reading)).map((row) => row.ticket_id));
  }

  async follow(tx: Transaction, ticketId: string, { party, number }: ServiceRequestKey): Promise<ServiceRequestStanding | null> {
    const manager = managerOf(tx);
    // The row of the request is held, so that what is read of it at the same time is told after this, and not missed.
    const [row] = await manager.query<{ status: ServiceRequestStatus | null; changed_at: Date | null }[]>(
      `insert into service_request as known (party, number) values ($1, $2) on conflict (party, number) do update set number = known.number returning status, changed_at`, [party, number]);
    await manager.query('insert into service_request_ticket (ticket_id, party, number) values ($1, $2, $3) on conflict (ticket_id) do update set party = excluded.party, number = excluded.number', [ticketId, party, number]);
    return row?.status == null || row.changed_at === null ? null : { status: row.status, changedAt: row.changed_at.toISOString() };
  }

  async taken(tx: Transaction, readings: readonly ServiceRequestReading[]): Promise<void> {
    if (readings.length === 0) return;
    await managerOf(tx).query('insert into service_request_event (ticket_id, event_id) select * from unnest($1::uuid[], $2::text[]) on conflict do nothing', [readings.map(({ ownTicketId }) => ownTicketId), readings.map(({ eventId }) => eventId)]);
  }
}

function keyOf({ party, number }: ServiceRequestKey): string {
  return `${party} ${number}`;
}
