import { type KeyRing, type SealContext, SealUnreadable } from '@handoff/secrets';
import type { DataSource } from 'typeorm';

/** A column of secrets that are sealed. All names are those of the database. */
export interface SealedColumn {
  readonly table: string;
  /** `null` in it: the row has no secret. */
  readonly sealed: string;
  /** Where earlier versions kept the same secret unsealed. */
  readonly plain?: string;
  /** Unique in the table. */
  readonly id: string;
  /** Names the row to people, and in the context of the seal. */
  readonly row: string;
  readonly purpose: string;
}

export function sealContextOf({ table, purpose }: SealedColumn, row: string): SealContext {
  return { table, row, purpose };
}

/** Under which keys the secrets are sealed. */
export interface SealStanding {
  /** The key that seals now. */
  readonly newestKey: string;
  /** Every key that is in the ring or was used, with the number of secrets under it. */
  readonly keys: readonly { readonly key: string; readonly secrets: number; readonly isInRing: boolean }[];
  /** Secrets under another key than the newest, the first of them. */
  readonly outdated: readonly { readonly table: string; readonly row: string; readonly key: string }[];
}

interface Row {
  readonly id: string;
  readonly row: string;
  readonly sealed: string | null;
  readonly plain: string | null;
}

const BATCH_ROWS = 100;
const OUTDATED_SHOWN_MAX = 50;

/** The sealed columns of a service, all together: what is under which key, and sealing anew. */
export class SealedRows {
  constructor(private readonly dataSource: DataSource, private readonly ring: KeyRing, private readonly columns: readonly SealedColumn[]) {}

  /**
   * Before the service uses any secret: seals those that an earlier version left unsealed.
   * @throws SealUnreadable when one is under a key that is not in the ring.
   */
  async prepare(): Promise<void> {
    for (const column of this.columns) if (column.plain !== undefined) await this.sealAnew(column, `${column.plain} is not null`);
    const missing = (await this.standing()).keys.filter(({ isInRing }) => !isInRing);
    if (missing.length === 0) return;
    const told = missing.map(({ key, secrets }) => `'${key}' (${secrets} ${secrets === 1 ? 'secret' : 'secrets'})`).join(', ');
    throw new SealUnreadable('key-missing', `Secrets are sealed with keys that are not there: ${told}. The keys that are there: ${this.ring.ids.join(', ')}.`);
  }

  async standing(): Promise<SealStanding> {
    const counts = new Map(this.ring.ids.map((key) => [key, 0]));
    const outdated: { table: string; row: string; key: string }[] = [];
    for (const { table, sealed, id, row } of this.columns) {
      const key = `split_part(${sealed}, '.', 2)`;
      const used = await this.dataSource.query<{ key: string; secrets: number }[]>(`select ${key} as key, count(*)::integer as secrets from ${table} where ${sealed} is not null group by 1`);
      for (const each of used) counts.set(each.key, (counts.get(each.key) ?? 0) + each.secrets);
      const old = await this.dataSource.query<{ row: string; key: string }[]>(
        `select ${row}::text as row, ${key} as key from ${table} where ${key} <> $1 order by ${table}.${id} limit $2`, [this.ring.newestId, OUTDATED_SHOWN_MAX - outdated.length]);
      outdated.push(...old.map((each) => ({ table, ...each })));
    }
    const keys = [...counts].map(([key, secrets]) => ({ key, secrets, isInRing: this.ring.ids.includes(key) }));
    return { newestKey: this.ring.newestId, keys, outdated };
  }

  /**
   * Seals with the newest key what is under another one. Each batch commits by itself: what was interrupted goes on where it
   * stopped when it is called again. What cannot be opened stays as it is.
   */
  async rotate(): Promise<{ readonly resealed: number }> {
    let resealed = 0;
    for (const column of this.columns) resealed += await this.sealAnew(column, `split_part(${column.sealed}, '.', 2) <> '${this.ring.newestId}'`);
    return { resealed };
  }

  private async sealAnew(column: SealedColumn, condition: string): Promise<number> {
    let count = 0;
    for (let after: string | null = null; ;) {
      const { sealed, last } = await this.sealBatch(column, condition, after);
      count += sealed;
      if (last === null) return count;
      after = last;
    }
  }

  private async sealBatch(column: SealedColumn, condition: string, after: string | null): Promise<{ sealed: number; last: string | null }> {
    const { table, sealed, plain, id, row } = column;
    return this.dataSource.transaction(async (manager) => {
      const rows = await manager.query<Row[]>(
        `select ${id}::text as id, ${row}::text as row, ${sealed} as sealed, ${plain ?? 'null'} as plain from ${table}
         where ${condition} ${after === null ? '' : `and ${id} > $2`} order by ${table}.${id} limit $1 for update`, after === null ? [BATCH_ROWS] : [BATCH_ROWS, after]);
      let count = 0;
      for (const each of rows) {
        const anew = this.anew(each, sealContextOf(column, each.row));
        if (anew === null) continue;
        await manager.query(`update ${table} set ${sealed} = $2 ${plain === undefined ? '' : `, ${plain} = null`} where ${id} = $1`, [each.id, anew]);
        count += 1;
      }
      return { sealed: count, last: rows.length < BATCH_ROWS ? null : (rows.at(-1)?.id ?? null) };
    });
  }

  private anew({ sealed, plain }: Row, context: SealContext): string | null {
    if (plain !== null) return this.ring.seal(plain, context);
    try {
      return sealed === null ? null : this.ring.seal(this.ring.open(sealed, context), context);
    } catch (error) {
      if (error instanceof SealUnreadable) return null;
      throw error;
    }
  }
}
