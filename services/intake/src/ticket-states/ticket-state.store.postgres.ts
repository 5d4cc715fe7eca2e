import type { Instant } from '@handoff/contracts';
import type { DataSource } from 'typeorm';
import type { TicketState } from './ticket-state.js';
import type { TicketStateStore } from './ticket-state.store.js';

export class PostgresTicketStateStore implements TicketStateStore {
  constructor(private readonly dataSource: DataSource) {}

  async note(states: readonly TicketState[]): Promise<void> {
    // In one order in all instances: they wait for each other, and never in a circle.
    const rows = states.map(({ source, externalId, updatedAt }) => ({ source, external_id: externalId, updated_at: updatedAt }));
    await this.dataSource.query(`
      insert into ticket_state as t (source, external_id, updated_at)
      select n.source, n.external_id, max(n.updated_at) from jsonb_to_recordset($1::jsonb) as n(source text, external_id text, updated_at timestamptz)
      where exists (select 1 from source s where s.source = n.source for key share)
      group by n.source, n.external_id order by n.source collate "C", n.external_id collate "C"
      on conflict (source, external_id) do update set updated_at = excluded.updated_at where t.updated_at < excluded.updated_at`, [JSON.stringify(rows)]);
  }

  async latest(source: string, externalIds: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
    const rows = await this.dataSource.query<{ external_id: string; updated_at: Date }[]>('select external_id, updated_at from ticket_state where source = $1 and external_id = any($2)', [source, [...externalIds]]);
    return new Map(rows.map(({ external_id, updated_at }) => [external_id, updated_at.toISOString()]));
  }

  async forget(): Promise<void> {
    await this.dataSource.query(`
      delete from ticket_state t using source s left join reconciliation r on r.source = s.source
      where t.source = s.source and (s.reconcile_every_seconds is null or t.updated_at < r.read_up_to - interval '1 day')`);
  }
}
