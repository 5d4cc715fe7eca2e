import type { DataSource } from 'typeorm';

/** Rows of a table that are not needed for ever, and what goes with them. */
export interface RetentionRule {
  /** The table that is walked through. */
  readonly table: string;
  /** How long its rows are kept. */
  readonly keptDays: number;
  /**
   * Deletes rows that were over before `$3` (a time) and stand in the blocks from `$1` to before `$2` (`tid`), with what is theirs, and
   * selects as `rows` how many of the table these were.
   */
  readonly deleteSql: string;
  /** Name of the advisory lock of a step; it is shared with who must not write meanwhile. Absent: one of retention alone. */
  readonly lock?: string;
}

export interface WalkOptions {
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Waits between two steps that deleted something, so that whoever works has the database for most of the time. */
  readonly rest: (ms: number) => Promise<void>;
  readonly onDeleted: (rows: number) => void;
}

const LOCK = 'handoff-retention';
const DAY_MS = 86_400_000;
/** A step is one transaction: 64 blocks are 512 KiB, some thousand rows of an inbox. */
const BLOCKS_A_STEP = 64;

/** Every inbox: an event that comes again later than this is taken for a new one. */
export function inboxRetention(keptDays: number): RetentionRule {
  return {
    table: 'inbox', keptDays,
    deleteSql: 'with gone as (delete from inbox where ctid >= $1::tid and ctid < $2::tid and accepted_at < $3 returning 1) select count(*)::integer as rows from gone',
  };
}

/**
 * Deletes what is over, a few blocks of the table at a time and in their order. It needs no index, which those who write would pay for; no
 * step takes long, however much is over; and space that is free again is used for new rows.
 */
export class PostgresRetention {
  constructor(private readonly dataSource: DataSource) {}

  /** Goes once through the table of the rule, or until it is to end. */
  async walk(rule: RetentionRule, { now, signal, rest, onDeleted }: WalkOptions): Promise<void> {
    const before = new Date(now.getTime() - rule.keptDays * DAY_MS);
    const blocks = await this.blocksOf(rule.table);
    for (let block = 0; block < blocks && !signal.aborted; block += BLOCKS_A_STEP) {
      const beganAtMs = performance.now();
      const rows = await this.step(rule, block, before);
      if (rows === 0) continue;
      onDeleted(rows);
      await rest(performance.now() - beganAtMs);
    }
  }

  private async blocksOf(table: string): Promise<number> {
    const [row] = await this.dataSource.query<{ blocks: string }[]>("select pg_relation_size($1::regclass) / current_setting('block_size')::integer as blocks", [table]);
    return Number(row?.blocks ?? 0);
  }

  /** Several instances walk the same tables: one at a time has the lock, and the others leave the step to it. */
  private step({ lock = LOCK, deleteSql }: RetentionRule, block: number, before: Date): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const [tried] = await manager.query<{ got: boolean }[]>('select pg_try_advisory_xact_lock(hashtext($1)) as got', [lock]);
      if (tried?.got !== true) return 0;
      const [row] = await manager.query<{ rows: number }[]>(deleteSql, [`(${block},0)`, `(${block + BLOCKS_A_STEP},0)`, before]);
      return row?.rows ?? 0;
    });
  }
}
