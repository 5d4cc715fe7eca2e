import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { NO_DURATIONS } from '../read-model/duration-classes.decision.js';
import { overdueMark, readOneMoment } from '../read-model/overdue-mark.postgres.js';
import type { Measures, Scope } from '../read-model/measure.decision.js';
import type { MeasuredKey, MeasuredSlot, Overdue, OverviewStore, Period } from './overview.store.js';

interface SummedRow {
  /** Numbers of PostgreSQL's bigint come as digits. */
  readonly tickets: string | null;
  readonly met: string | null;
  readonly missed: string | null;
  readonly overdue: string | null;
  readonly routed: readonly string[] | null;
  readonly delivered: readonly string[] | null;
  readonly acknowledged: readonly string[] | null;
}

/** Sums of all columns of measures. Each class is added for itself: taking arrays apart into rows took ten times as long. */
const SUMS = `sum(tickets) as tickets, sum(met) as met, sum(missed) as missed, sum(overdue) as overdue, ${(['routed', 'delivered', 'acknowledged'] as const)
  .map((column) => `array[${NO_DURATIONS.map((_, index) => `sum(${column}[${index + 1}])`).join(', ')}] as ${column}`).join(', ')}`;

/** Days that lie whole within the period are read as days, and the hours around them as hours. Each part is one range of the primary key. */
const WITHIN_PARTS = [['day', '$5', '$6'], ['hour', '$2', 'least($5::timestamptz, $3::timestamptz)'], ['hour', 'greatest($6::timestamptz, $2::timestamptz)', '$3']] as const;
const within = (columns: string): string => WITHIN_PARTS.map(([grain, from, to]) => `select ${columns} from ticket_measure where scope = $1 and grain = '${grain}' and at >= ${from}::timestamptz and at < ${to}::timestamptz`).join(' union all ');

export class PostgresOverviewStore implements OverviewStore {
  begin(tx: Transaction): Promise<void> {
    return readOneMoment(tx);
  }

  async slots(tx: Transaction, { scope, key }: { readonly scope: Scope; readonly key: string }, { from, to }: Period, { step, zone }: { readonly step: 'hour' | 'day'; readonly zone: string }): Promise<readonly MeasuredSlot[]> {
    const rows = await managerOf(tx).query<(SummedRow & { readonly slot: Date })[]>(
      `with hours as (select at, date_trunc($5, at, $6) as slot from generate_series($3::timestamptz, $4::timestamptz - interval '1 hour', interval '1 hour') as h (at)),
        found as (select date_trunc($5, at, $6) as slot, ${SUMS} from ticket_measure where scope = $1 and grain = 'hour' and key = $2 and at >= $3 and at < $4 group by 1)
       select * from (select distinct slot from hours) s left join found using (slot) order by slot`, [scope, key, from, to, step, zone]);
    return rows.map((row) => ({ at: row.slot.toISOString(), measures: measuresOf(row) }));
  }

  async keys(tx: Transaction, scope: Scope, { from, to }: Period, limit: number): Promise<readonly MeasuredKey[]> {
    const rows = await managerOf(tx).query<(SummedRow & { readonly key: string })[]>(
      `with most as (select key from (${within('key, tickets')}) w group by key having sum(tickets) > 0 order by sum(tickets) desc, key limit $4)
       select key, ${SUMS} from (${within('*')}) w where key in (select key from most) group by key order by 2 desc, key`, [scope, from, to, limit, ...wholeDays({ from, to })]);
    return rows.map((row) => ({ key: row.key, measures: measuresOf(row) }));
  }

  async overdueOfLate(tx: Transaction, { from, to }: Period, now: Date): Promise<Overdue> {
    const rows = await managerOf(tx).query<{ queue: string; partners: string[]; tickets: string }[]>(
      'select queue, partners, count(*) as tickets from ticket where is_open and due_at >= $4 and due_at < $3 and opened_at >= $1 and opened_at < $2 group by queue, partners',
      [from, to, now, await overdueMark(tx)]);
    const byQueue = new Map<string, number>();
    const byPartner = new Map<string, number>();
    const add = (counts: Map<string, number>, key: string, more: number): unknown => counts.set(key, (counts.get(key) ?? 0) + more);
    for (const { queue, partners, tickets } of rows) {
      add(byQueue, queue, Number(tickets));
      for (const partner of partners) add(byPartner, partner, Number(tickets));
    }
    return { all: [...byQueue.values()].reduce((sum, tickets) => sum + tickets, 0), byQueue, byPartner };
  }
}

const DAY_MS = 86_400_000;

/** From the first midnight of UTC within the period to the last. Without one the first is after the last. */
function wholeDays({ from, to }: Period): readonly [string, string] {
  const first = Math.ceil(Date.parse(from) / DAY_MS) * DAY_MS;
  const last = Math.floor(Date.parse(to) / DAY_MS) * DAY_MS;
  return [new Date(first).toISOString(), new Date(Math.max(first, last)).toISOString()];
}

function measuresOf({ tickets, met, missed, overdue, routed, delivered, acknowledged }: SummedRow): Measures {
  return { tickets: Number(tickets ?? 0), met: Number(met ?? 0), missed: Number(missed ?? 0), overdue: Number(overdue ?? 0), routed: classesIn(routed), delivered: classesIn(delivered), acknowledged: classesIn(acknowledged) };
}

function classesIn(column: readonly string[] | null): readonly number[] {
  return column === null ? NO_DURATIONS : column.map(Number);
}
