import { queryWithin } from '@handoff/persistence';
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
  secrets: { secret: string; expiresAt: string | null }[];
}

const COLUMNS = 'source, adapter, source_party, tolerance_seconds, mapping, settings, created_at, updated_at';

/** Webhooks wait for it. */
const FIND_MS_MAX = 2_000;

export class PostgresSourceStore implements SourceStore {
  constructor(private readonly dataSource: DataSource) {}

  async find(source: string): Promise<SourceWithSecrets | null> {
    const [row] = await queryWithin<SourceWithSecretsRow[]>(this.dataSource, FIND_MS_MAX,
      `select ${COLUMNS}, coalesce((
         select jsonb_agg(jsonb_build_object('secret', secret, 'expiresAt', expires_at) order by seq desc)
         from source_secret s where s.source = source.source), '[]') as secrets
       from source where source = $1`, [source]);
    if (row === undefined) return null;
    const secrets = row.secrets.map(({ secret, expiresAt }) => ({ secret, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() }));
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
      if (secret !== null) await addSecret(manager, source.source, secret);
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
      await addSecret(manager, source, secret);
      return 'rotated';
    });
  }

  async remove(source: string): Promise<boolean> {
    const [removed] = await this.dataSource.query<[unknown[], number]>('delete from source where source = $1 returning source', [source]);
    return removed.length > 0;
  }
}

async function addSecret(manager: EntityManager, source: string, secret: string): Promise<void> {
  await manager.query('insert into source_secret (source, secret) values ($1, $2)', [source, secret]);
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
