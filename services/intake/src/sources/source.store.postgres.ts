import { queryWithin, type SealedColumn, sealContextOf } from '@handoff/persistence';
import type { KeyRing } from '@handoff/secrets';
import type { DataSource, EntityManager } from 'typeorm';
import type { AdapterSettings } from '../adapters/adapter.js';
import type { Mapping } from '../mapping/mapping.js';
import { SECRETS_MAX, type Source, type SourceChange, type SourceWithSecrets } from './source.js';
import type { Rotation, SourceStore } from './source.store.js';

interface SourceRow {
  source: string;
  adapter: string;
  source_party: string | null;
  tolerance_seconds: number | null;
  mapping: Mapping;
  settings: AdapterSettings;
  created_at: Date;
  updated_at: Date;
}

interface SourceWithSecretsRow extends SourceRow {
  secrets: { id: string; sealed: string | null; plain: string | null; createdAt: string; expiresAt: string | null }[];
}

const SECRET: SealedColumn = { table: 'source_secret', sealed: 'sealed', plain: 'secret', id: 'seq', row: 'source', purpose: 'webhook' };
/** What `openSealedRows` looks after. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [SECRET];

const COLUMNS = 'source, adapter, source_party, tolerance_seconds, mapping, settings, created_at, updated_at';

/** Webhooks wait for it. */
const FIND_MS_MAX = 2_000;

export class PostgresSourceStore implements SourceStore {
  constructor(private readonly dataSource: DataSource, private readonly ring: KeyRing) {}

  async find(source: string): Promise<SourceWithSecrets | null> {
    const [row] = await queryWithin<SourceWithSecretsRow[]>(this.dataSource, FIND_MS_MAX,
      `select ${COLUMNS}, coalesce((
         select jsonb_agg(jsonb_build_object('id', seq::text, 'sealed', sealed, 'plain', secret, 'createdAt', created_at, 'expiresAt', expires_at) order by seq desc)
         from source_secret s where s.source = source.source), '[]') as secrets
       from source where source = $1`, [source]);
    if (row === undefined) return null;
    const secrets = row.secrets.map(({ id, sealed, plain, createdAt, expiresAt }) => ({
      // An earlier version that still runs beside this one leaves it unsealed.
      id, secret: sealed === null ? (plain ?? '') : this.ring.open(sealed, sealContextOf(SECRET, source)), createdAt: new Date(createdAt).toISOString(), expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    }));
    return { source: sourceOf(row), secrets };
  }

  async list({ after, limit }: { after: string | null; limit: number }): Promise<readonly Source[]> {
    const rows = await this.dataSource.query<SourceRow[]>(
      `select ${COLUMNS} from source where $1::text is null or source > $1 order by source limit $2`, [after, limit]);
    return rows.map(sourceOf);
  }

  async add(source: Source, secret: string | null): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const added = await manager.query<unknown[]>(
        `insert into source (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning source`,
        [source.source, source.adapter, source.sourceParty, source.toleranceSeconds, JSON.stringify(source.mapping), JSON.stringify(source.settings), source.createdAt, source.updatedAt]);
      if (added.length === 0) return false;
      if (secret !== null) await this.addSecret(manager, { source: source.source, secret, createdAt: source.createdAt });
      return true;
    });
  }

  async change(name: string, change: SourceChange, now: Date): Promise<Source | null> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<SourceRow[]>(`select ${COLUMNS} from source where source = $1 for update`, [name]);
      if (row === undefined) return null;
      const source: Source = { ...sourceOf(row), ...change, updatedAt: now.toISOString() };
      await manager.query('update source set source_party = $2, tolerance_seconds = $3, mapping = $4, settings = $5, updated_at = $6 where source = $1',
        [name, source.sourceParty, source.toleranceSeconds, JSON.stringify(source.mapping), JSON.stringify(source.settings), source.updatedAt]);
      return source;
    });
  }

  async rotate({ source, secret, now, oldExpireAt }: Rotation): Promise<'rotated' | 'unknown' | 'too-many'> {
    return this.dataSource.transaction(async (manager) => {
      const locked = await manager.query<unknown[]>('select 1 from source where source = $1 for update', [source]);
      if (locked.length === 0) return 'unknown';
      const counted = await manager.query<{ held: number }[]>(
        'select count(*)::integer as held from source_secret where source = $1 and least(expires_at, $2) > $3', [source, oldExpireAt, now]);
      if ((counted[0]?.held ?? 0) >= SECRETS_MAX) return 'too-many';
      await manager.query('update source_secret set expires_at = least(expires_at, $2) where source = $1', [source, oldExpireAt]);
      await manager.query('delete from source_secret where source = $1 and expires_at <= $2', [source, now]);
      await this.addSecret(manager, { source, secret, createdAt: now.toISOString() });
      return 'rotated';
    });
  }

  async remove(source: string): Promise<boolean> {
    const [removed] = await this.dataSource.query<[unknown[], number]>('delete from source where source = $1 returning source', [source]);
    return removed.length > 0;
  }

  private async addSecret(manager: EntityManager, { source, secret, createdAt }: { source: string; secret: string; createdAt: string }): Promise<void> {
    await manager.query('insert into source_secret (source, sealed, created_at) values ($1, $2, $3)', [source, this.ring.seal(secret, sealContextOf(SECRET, source)), createdAt]);
  }
}

function sourceOf(row: SourceRow): Source {
  return {
    source: row.source,
    adapter: row.adapter,
    sourceParty: row.source_party,
    toleranceSeconds: row.tolerance_seconds,
    mapping: row.mapping,
    settings: row.settings,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
