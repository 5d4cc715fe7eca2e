import type { Decision } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { binaryArray, managerOf } from '@handoff/persistence';
import { type Page, pageOf } from '@handoff/platform';
import type { Response } from '../acknowledge/response.js';
import { saveTimers } from '../escalate/timer.postgres.js';
import { saveAwaited } from '../reroute/waiting.postgres.js';
import type { DecisionCause, DecisionRecord, Ticket, TicketReply, TicketState } from './ticket.js';
import { type ParkedEvent, positionAt, positionOf, REPLIES_SHOWN_MAX, type TicketQuery, type TicketStore } from './ticket.store.js';

interface TicketRow {
  version: number; state: TicketState; decision: Decision; decided_at: Date; response: Response | null; created_at: Date; updated_at: Date;
}

/** The ticket and its newest decision, which is kept once, in `decision`. */
const TICKETS = `
  select t.version, t.state, d.decision, d.decided_at, t.response, t.created_at, t.updated_at
  from ticket t cross join lateral (select decision, decided_at from decision where ticket_id = t.id order by ticket_version desc limit 1) d`;

export class PostgresTicketStore implements TicketStore {
  async lock(tx: Transaction, ticketIds: readonly string[]): Promise<ReadonlyMap<string, Ticket>> {
    const manager = managerOf(tx);
    // In id order, so that two instances with the same tickets wait for each other and never deadlock.
    await manager.query('select 1 from ticket where id = any($1::uuid[]) order by id for update', [[...ticketIds]]);
    const rows = await manager.query<TicketRow[]>(`${TICKETS} where t.id = any($1::uuid[])`, [[...ticketIds]]);
    return new Map(rows.map((row) => [row.state.ticketId, ticketOf(row)]));
  }

  async save(tx: Transaction, tickets: readonly Ticket[], decisions: readonly DecisionRecord[]): Promise<void> {
    const manager = managerOf(tx);
    if (tickets.length > 0) {
      await manager.query(
        `insert into ticket (id, version, source, external_id, queue, state, created_at, updated_at, response)
         select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::json[], $7::timestamptz[], $8::timestamptz[], $9::json[])
         on conflict (id) do update set version = excluded.version, queue = excluded.queue, state = excluded.state, response = excluded.response, updated_at = excluded.updated_at`,
        [...columns(tickets, ({ state, version, decision }) => [state.ticketId, version, state.source, state.externalId, decision.queue]), documents(tickets, ({ state }) => state),
          ...columns(tickets, ({ createdAt, updatedAt }) => [createdAt, updatedAt]), documents(tickets, ({ response }) => response)]);
    }
    if (decisions.length > 0) {
      await manager.query(
        `insert into decision (ticket_id, ticket_version, event_id, change, queue, decision, decided_at, cause, content_digest)
         select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::json[], $7::timestamptz[], $8::json[], $9::text[])`,
        [...columns(decisions, ({ ticketId, ticketVersion, eventId, change, decision }) => [ticketId, ticketVersion, eventId, change, decision.queue]), documents(decisions, ({ decision }) => decision),
          decisions.map(({ decidedAt }) => decidedAt), documents(decisions, ({ cause }) => cause), decisions.map(({ contentDigest }) => contentDigest ?? null)]);
    }
    await saveAwaited(manager, tickets);
    await saveTimers(manager, tickets);
  }

  async contentDigests(tx: Transaction, events: readonly { readonly ticketId: string; readonly eventId: string }[]): Promise<ReadonlyMap<string, string>> {
    const rows = await managerOf(tx).query<{ event_id: string; content_digest: string }[]>(
      'select event_id, content_digest from decision where ticket_id = any($1::uuid[]) and event_id = any($2) and content_digest is not null',
      [events.map(({ ticketId }) => ticketId), events.map(({ eventId }) => eventId)]);
    return new Map(rows.map(({ event_id, content_digest }) => [event_id, content_digest]));
  }

  async find(tx: Transaction, ticketId: string): Promise<Ticket | null> {
    const [row] = await managerOf(tx).query<TicketRow[]>(`${TICKETS} where t.id = $1`, [ticketId]);
    return row === undefined ? null : ticketOf(row);
  }

  async decisionsOf(tx: Transaction, ticketId: string): Promise<readonly DecisionRecord[]> {
    const rows = await managerOf(tx).query<{ ticket_version: number; event_id: string; change: DecisionRecord['change']; decision: Decision; decided_at: Date; cause: DecisionCause | null }[]>(
      'select ticket_version, event_id, change, decision, decided_at, cause from decision where ticket_id = $1 order by ticket_version', [ticketId]);
    return rows.map((row) => ({ ticketId, ticketVersion: row.ticket_version, eventId: row.event_id, change: row.change, ...(row.cause === null ? {} : { cause: row.cause }), decision: row.decision, decidedAt: row.decided_at.toISOString() }));
  }

  async list(tx: Transaction, { source, externalId, queue, isOverdue, cursor, limit }: TicketQuery): Promise<Page<Ticket>> {
    const [updatedAt, ticketId] = cursor === undefined ? [null, null] : positionAt(cursor);
    const rows = await managerOf(tx).query<TicketRow[]>(
      `${TICKETS}
       where ($1::text is null or t.source = $1) and ($2::text is null or t.external_id = $2) and ($3::text is null or t.queue = $3)
         and ($7::boolean is null or (t.response->>'overdueSince' is not null) = $7)
         and ($4::timestamptz is null or (t.updated_at, t.id) < ($4::timestamptz, $5::uuid))
       order by t.updated_at desc, t.id desc limit $6`,
      [source ?? null, externalId ?? null, queue ?? null, updatedAt, ticketId, limit + 1, isOverdue ?? null]);
    return pageOf(rows.map(ticketOf), limit, positionOf);
  }

  async addReplies(tx: Transaction, replies: readonly TicketReply[]): Promise<void> {
    await managerOf(tx).query(
      `insert into reply (event_id, ticket_id, at, reply) select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::json[]) on conflict do nothing`,
      [replies.map(({ eventId }) => eventId), replies.map(({ ticketId }) => ticketId), replies.map(({ at }) => at), replies.map((reply) => JSON.stringify(reply))]);
  }

  async repliesOf(tx: Transaction, ticketId: string): Promise<readonly TicketReply[]> {
    const rows = await managerOf(tx).query<{ reply: TicketReply }[]>('select reply from reply where ticket_id = $1 order by at desc, event_id desc limit $2', [ticketId, REPLIES_SHOWN_MAX]);
    return rows.map(({ reply }) => reply).reverse();
  }

  async parkedOf(tx: Transaction, ticketId: string): Promise<readonly ParkedEvent[]> {
    const rows = await managerOf(tx).query<{ code: string; detail: string; attempts: number; retry_at: Date | null; parked_at: Date }[]>(
      `select code, detail, attempts, retry_at, parked_at from (select code, detail, attempts, retry_at, parked_at from parked where key = $1::text order by seq) p
       union all
       select 'not-routed-again', 'The directory learnt something, and the ticket could not be routed again: ' || failure, attempts, due_at, requested_at
       from ticket_reroute where ticket_id = $1::uuid and failure is not null
       union all
       select 'not-escalated', 'Nobody acknowledged, and the next step could not be taken: ' || failure, attempts, due_at, due_at
       from timer where ticket_id = $1::uuid and failure is not null`, [ticketId]);
    return rows.map(({ code, detail, attempts, retry_at, parked_at }) => ({ code, detail, attempts, retryAt: retry_at?.toISOString() ?? null, parkedAt: parked_at.toISOString() }));
  }
}

function ticketOf(row: TicketRow): Ticket {
  return { state: row.state, version: row.version, decision: row.decision, decidedAt: row.decided_at.toISOString(), ...(row.response === null ? {} : { response: row.response }), createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString() };
}

/** Rows as one array a column, the form that `unnest` takes: one statement, whatever the number of rows. */
function columns<T>(rows: readonly T[], values: (row: T) => readonly unknown[]): unknown[][] {
  const table = rows.map(values);
  return (table[0] ?? []).map((_, index) => table.map((row) => row[index]));
}

function documents<T>(rows: readonly T[], document: (row: T) => object | undefined): Buffer {
  return binaryArray('json', rows.map((row) => {
    const value = document(row);
    return value === undefined ? null : JSON.stringify(value);
  }));
}
