import { queryWithin, type SealedColumn, sealContextOf } from '@handoff/persistence';
import type { KeyRing } from '@handoff/secrets';
import type { DataSource, EntityManager } from 'typeorm';
import type { AdapterSettings } from '../adapters/adapter.js';
import type { Mapping } from '../mapping/mapping.js';
import type { ApiCredentials } from './api-credentials.js';
import { type ApiAccess, SECRETS_MAX, type Source, type SourceChange, type SourceWithSecrets } from './source.js';
import type { Rotation, SourceStore } from './source.store.js';

interface SourceRow {
  source: string;
  adapter: string;
  source_party: string | null;
  tolerance_seconds: number | null;
  mapping: Mapping;
  settings: AdapterSettings;
  paused_at: Date | null;
  allowed_addresses: string[];
  requests_per_second_max: number | null;
  api: ApiAccess | null;
  reconcile_every_seconds: number | null;
  own_actors: string[];
  copies_only: boolean;
  created_at: Date;
  updated_at: Date;
}

interface SourceWithSecretsRow extends SourceRow {
  api_sealed: string | null;
  secrets: { id: string; sealed: string | null; plain: string | null; createdAt: string; expiresAt: string | null }[];
}

const SECRET: SealedColumn = { table: 'source_secret', sealed: 'sealed', plain: 'secret', id: 'seq', row: 'source', purpose: 'webhook' };
const CREDENTIALS: SealedColumn = { table: 'source', sealed: 'api_sealed', id: 'source', row: 'source', purpose: 'api' };
/** What `openSealedRows` looks after. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [SECRET, CREDENTIALS];

/** In the order of `valuesOf`. */
const COLUMNS = 'source, adapter, source_party, tolerance_seconds, mapping, settings, paused_at, allowed_addresses, requests_per_second_max, api, reconcile_every_seconds, own_actors, copies_only, created_at, updated_at';
const PLACES = COLUMNS.split(', ').map((_column, index) => `$${index + 1}`).join(', ');

/** Webhooks wait for it. */
const FIND_MS_MAX = 2_000;

export class PostgresSourceStore implements SourceStore {
  constructor(private readonly dataSource: DataSource, private readonly ring: KeyRing) {}

  async find(source: string): Promise<SourceWithSecrets | null> {
    const [row] = await queryWithin<SourceWithSecretsRow[]>(this.dataSource, FIND_MS_MAX,
      `select ${COLUMNS}, api_sealed, coalesce((
         select jsonb_agg(jsonb_build_object('id', seq::text, 'sealed', sealed, 'plain', secret, 'createdAt', created_at, 'expiresAt', expires_at) order by seq desc)
         from source_secret s where s.source = source.source), '[]') as secrets
       from source where source = $1`, [source]);
    if (row === undefined) return null;
    const secrets = row.secrets.map(({ id, sealed, plain, createdAt, expiresAt }) => ({
      // An earlier version that still runs beside this one leaves it unsealed.
      id, secret: sealed === null ? (plain ?? '') : this.ring.open(sealed, sealContextOf(SECRET, source)), createdAt: new Date(createdAt).toISOString(), expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    }));
    return { source: sourceOf(row), secrets, apiCredentials: this.opened(row.api_sealed, source) };
  }

  async list({ after, limit }: { after: string | null; limit: number }): Promise<readonly Source[]> {
    const rows = await this.dataSource.query<SourceRow[]>(
      `select ${COLUMNS} from source where $1::text is null or source > $1 order by source limit $2`, [after, limit]);
    return rows.map(sourceOf);
  }

  async add(source: Source, secret: string | null, apiCredentials: ApiCredentials | null = null): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const added = await manager.query<unknown[]>(`insert into source (${COLUMNS}) values (${PLACES}) on conflict do nothing returning source`, valuesOf(source));
      if (added.length === 0) return false;
      if (apiCredentials !== null) await this.setCredentials(manager, source.source, apiCredentials);
      if (secret !== null) await this.addSecret(manager, { source: source.source, secret, createdAt: source.createdAt });
      return true;
    });
  }

  async change(name: string, change: SourceChange, now: Date): Promise<Source | null> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<SourceRow[]>(`select ${COLUMNS} from source where source = $1 for update`, [name]);
      if (row === undefined) return null;
      const { apiCredentials, ...fields } = change;
      const source: Source = { ...sourceOf(row), ...fields, updatedAt: now.toISOString() };
      await manager.query(`update source set (${COLUMNS}) = (${PLACES}) where source = $1`, valuesOf(source));
      if (apiCredentials !== undefined) await this.setCredentials(manager, name, apiCredentials);
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

  async renewRefreshToken(source: string, former: string, by: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<{ api_sealed: string | null }[]>('select api_sealed from source where source = $1 for update', [source]);
      const credentials = this.opened(row?.api_sealed ?? null, source);
      if (credentials?.auth === 'oauth2-refresh-token' && credentials.refreshToken === former) await this.setCredentials(manager, source, { ...credentials, refreshToken: by });
    });
  }

  async remove(source: string): Promise<boolean> {
    const [removed] = await this.dataSource.query<[unknown[], number]>('delete from source where source = $1 returning source', [source]);
    return removed.length > 0;
  }

  private opened(sealed: string | null, source: string): ApiCredentials | null {
    return sealed === null ? null : (JSON.parse(this.ring.open(sealed, sealContextOf(CREDENTIALS, source))) as ApiCredentials);
  }

  private async setCredentials(manager: EntityManager, source: string, credentials: ApiCredentials | null): Promise<void> {
    const sealed = credentials === null ? null : this.ring.seal(JSON.stringify(credentials), sealContextOf(CREDENTIALS, source));
    await manager.query('update source set api_sealed = $2 where source = $1', [source, sealed]);
  }

  private async addSecret(manager: EntityManager, { source, secret, createdAt }: { source: string; secret: string; createdAt: string }): Promise<void> {
    await manager.query('insert into source_secret (source, sealed, created_at) values ($1, $2, $3)', [source, this.ring.seal(secret, sealContextOf(SECRET, source)), createdAt]);
  }
}

function valuesOf(source: Source): unknown[] {
  return [
    source.source, source.adapter, source.sourceParty, source.toleranceSeconds, JSON.stringify(source.mapping), JSON.stringify(source.settings),
    source.pausedAt, [...source.allowedAddresses], source.requestsPerSecondMax, source.api === null ? null : JSON.stringify(source.api), source.reconcileEverySeconds, [...source.ownActors], source.copiesOnly,
    source.createdAt, source.updatedAt,
  ];
}

function sourceOf(row: SourceRow): Source {
  return {
    source: row.source,
    adapter: row.adapter,
    sourceParty: row.source_party,
    toleranceSeconds: row.tolerance_seconds,
    mapping: row.mapping,
    settings: row.settings,
    pausedAt: row.paused_at?.toISOString() ?? null,
    allowedAddresses: row.allowed_addresses,
    requestsPerSecondMax: row.requests_per_second_max,
    api: row.api,
    reconcileEverySeconds: row.reconcile_every_seconds,
    ownActors: row.own_actors,
    copiesOnly: row.copies_only,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
