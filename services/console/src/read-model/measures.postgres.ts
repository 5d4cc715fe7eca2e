import type { managerOf } from '@handoff/persistence';
import type { Classes } from './duration-classes.decision.js';
import type { MeasureChange } from './measure.decision.js';

const CLASS_COLUMNS = ['routed', 'delivered', 'acknowledged'] as const;

/** Adds what changed to the measures, in one statement. The lock of the projection must be held. */
export async function saveMeasures(manager: ReturnType<typeof managerOf>, changes: readonly MeasureChange[]): Promise<void> {
  if (changes.length === 0) return;
  const added = CLASS_COLUMNS.map((column) => `${column} = (select array_agg(a + b order by n) from unnest(m.${column}, excluded.${column}) with ordinality as u (a, b, n))`);
  await manager.query(
    `insert into ticket_measure as m (scope, grain, at, key, tickets, met, missed, overdue, routed, delivered, acknowledged)
     select scope, grain, at, key, tickets, met, missed, overdue, routed::integer[], delivered::integer[], acknowledged::integer[]
     from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[])
       as c (scope, grain, at, key, tickets, met, missed, overdue, routed, delivered, acknowledged)
     on conflict (scope, grain, at, key) do update set tickets = m.tickets + excluded.tickets, met = m.met + excluded.met, missed = m.missed + excluded.missed, overdue = m.overdue + excluded.overdue, ${added.join(', ')}`,
    [changes.map(({ scope }) => scope), changes.map(({ grain }) => grain), changes.map(({ at }) => at), changes.map(({ key }) => key), changes.map((change) => change.tickets), changes.map(({ met }) => met), changes.map(({ missed }) => missed), changes.map(({ overdue }) => overdue),
      ...CLASS_COLUMNS.map((column) => changes.map((change) => arrayText(change[column])))]);
}

function arrayText(classes: Classes): string {
  return `{${classes.join(',')}}`;
}
