import { isUuid } from '@handoff/contracts';
import type { MissingEffects } from '@handoff/persistence';
import type { DataSource } from 'typeorm';

const RECEIVED = 'handoff.ticket.received.v1';

/** Each received event of a ticket has one decision, or is news of another: of one that was handed over by a service request, or that it is a copy of. Asked by ticket, for which decisions have an index. */
export function missingDecisionsIn(dataSource: DataSource): MissingEffects {
  return async (records) => {
    const asked = records.flatMap((record) => {
      const [type, id] = [record.headers['ce_type']?.toString(), record.headers['ce_id']?.toString()];
      return type === RECEIVED && id !== undefined && record.key !== null && isUuid(record.key) ? [{ record, id, ticketId: record.key }] : [];
    });
    if (asked.length === 0) return [];
    const rows = await dataSource.query<{ event_id: string }[]>(
      `select d.event_id from unnest($1::uuid[], $2::text[]) as r (ticket_id, id) join decision d on d.ticket_id = r.ticket_id and d.event_id = r.id
       union all
       select s.event_id from unnest($1::uuid[], $2::text[]) as r (ticket_id, id) join service_request_event s on s.ticket_id = r.ticket_id and s.event_id = r.id
       union all
       select c.event_id::text from copy_event c where c.event_id = any($3::uuid[])`, [asked.map(({ ticketId }) => ticketId), asked.map(({ id }) => id), asked.map(({ id }) => id).filter(isUuid)]);
    const decided = new Set(rows.map(({ event_id: eventId }) => eventId));
    return asked.filter(({ id }) => !decided.has(id)).map(({ record }) => record);
  };
}
