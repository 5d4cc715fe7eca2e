import type { Transaction } from '@handoff/messaging';
import { managerOf, type SealedColumn, sealContextOf } from '@handoff/persistence';
import type { KeyRing } from '@handoff/secrets';
import type { DataSource } from 'typeorm';
import type { SystemName } from '../channels/ticketing/ticketing-system.js';
import type { ChannelKind, Purpose } from '../notification/notification.js';
import type { ChannelWithSecret, ConfiguredChannel } from './channel.js';
import type { ChannelCredentials, CredentialsShown } from './channel-credentials.js';
import type { ChannelChange, ChannelPage, ChannelStore, Rotation } from './channel.store.js';

interface Row {
  readonly id: string;
  readonly destination: string;
  readonly kind: ChannelKind;
  readonly address: string;
  readonly enabled: boolean;
  readonly purposes: Purpose[];
  readonly disabled_reason: string | null;
  readonly public_key: string | null;
  readonly former_until: Date | null;
  readonly system: SystemName | null;
  readonly settings: Record<string, unknown> | null;
  readonly news_source: string | null;
  readonly credentials_shown: CredentialsShown | null;
  readonly messages_per_minute_max: number | null;
  readonly failing_since: Date | null;
  readonly warned_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const SHOWN = 'id, destination, kind, address, enabled, purposes, disabled_reason, public_key, former_until, system, settings, news_source, credentials_shown, messages_per_minute_max, failing_since, warned_at, created_at, updated_at';
const UNIQUE_VIOLATION = '23505';
const SECRET: SealedColumn = { table: 'channel', sealed: 'sealed', plain: 'secret', id: 'id', row: 'id', purpose: 'webhook' };
/** Sealed for the same purpose, so that a secret becomes the former one without being opened. */
const FORMER_SECRET: SealedColumn = { table: 'channel', sealed: 'former_sealed', id: 'id', row: 'id', purpose: SECRET.purpose };
const CREDENTIALS: SealedColumn = { table: 'channel', sealed: 'credentials_sealed', id: 'id', row: 'id', purpose: 'credentials' };
/** What `openSealedRows` looks after. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [SECRET, FORMER_SECRET, CREDENTIALS];

export class PostgresChannelStore implements ChannelStore {
  constructor(private readonly dataSource: DataSource, private readonly ring: KeyRing) {}

  async add(channel: ChannelWithSecret): Promise<boolean> {
    const { channelId, destination, kind, address, secret, publicKey, ticketing, credentials, credentialsShown, enabled, purposes, disabledReason, messagesPerMinuteMax, createdAt, updatedAt } = channel;
    const rows = await this.dataSource.query<unknown[]>(
      `insert into channel (id, destination, kind, address, sealed, enabled, purposes, disabled_reason, created_at, updated_at, public_key, system, settings, messages_per_minute_max, credentials_sealed, credentials_shown, news_source)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict (destination, kind, address) do nothing returning id`,
      [channelId, destination, kind, address, this.sealed(channelId, secret), enabled, [...purposes], disabledReason, createdAt, updatedAt, publicKey, ticketing?.system ?? null, ticketing === null ? null : JSON.stringify(ticketing.settings), messagesPerMinuteMax,
        this.sealedCredentials(channelId, credentials), credentialsShown === null ? null : JSON.stringify(credentialsShown), ticketing?.source ?? null]);
    return rows.length === 1;
  }

  async get(channelId: string): Promise<ConfiguredChannel | null> {
    const [row] = await this.dataSource.query<Row[]>(`select ${SHOWN} from channel where id = $1`, [channelId]);
    return row === undefined ? null : channelOf(row);
  }

  async list({ destination, cursor, limit }: { readonly destination: string | null; readonly cursor: string | null; readonly limit: number }): Promise<ChannelPage> {
    const rows = await this.dataSource.query<Row[]>(
      `select ${SHOWN} from channel where ($1::text is null or destination = $1) and ($2::uuid is null or id > $2) order by id limit $3`, [destination, cursor, limit + 1]);
    const items = rows.slice(0, limit).map(channelOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.channelId ?? null) : null };
  }

  async change(channelId: string, change: ChannelChange, at: Date): Promise<ConfiguredChannel | null | 'taken'> {
    try {
      const [rows] = await this.dataSource.query<[Row[], number]>(
        `update channel set enabled = coalesce($2, enabled), purposes = coalesce($3, purposes), address = coalesce($4, address), sealed = coalesce($5, sealed), secret = case when $5 is null then secret end,
           public_key = case when $5 is null then public_key end,
           settings = coalesce($7, settings), news_source = case when $12 then $13 else news_source end, credentials_sealed = case when $9 then $10 else credentials_sealed end, credentials_shown = case when $9 then $11 else credentials_shown end,
           disabled_reason = case when $2 then null else disabled_reason end,
           failing_since = case when $2 then null else failing_since end, warned_at = case when $2 then null else warned_at end,
           messages_per_minute_max = coalesce($8, messages_per_minute_max), updated_at = $6
         where id = $1 returning ${SHOWN}`,
        [channelId, change.enabled ?? null, change.purposes === undefined ? null : [...change.purposes], change.address ?? null, this.sealed(channelId, change.secret ?? null), at, change.settings === undefined ? null : JSON.stringify(change.settings), change.messagesPerMinuteMax ?? null,
          change.credentials !== undefined, this.sealedCredentials(channelId, change.credentials?.credentials ?? null), change.credentials?.credentialsShown == null ? null : JSON.stringify(change.credentials.credentialsShown),
          change.source !== undefined, change.source ?? null]);
      return rows[0] === undefined ? null : channelOf(rows[0]);
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return 'taken';
      throw error;
    }
  }

  async rotate(channelId: string, { secret, publicKey, formerUntil }: Rotation, at: Date): Promise<ConfiguredChannel | null> {
    const [rows] = await this.dataSource.query<[Row[], number]>(
      `update channel set former_sealed = sealed, former_until = $4, sealed = $2, public_key = $3, updated_at = $5 where id = $1 returning ${SHOWN}`,
      [channelId, this.sealed(channelId, secret), publicKey, formerUntil, at]);
    return rows[0] === undefined ? null : channelOf(rows[0]);
  }

  async remove(channelId: string): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown, number]>('delete from channel where id = $1', [channelId]);
    return count === 1;
  }

  async isEmpty(): Promise<boolean> {
    return (await this.dataSource.query<unknown[]>('select 1 from channel limit 1')).length === 0;
  }

  async forDestinations(tx: Transaction, destinations: readonly string[]): Promise<readonly ConfiguredChannel[]> {
    const rows = await managerOf(tx).query<Row[]>(`select ${SHOWN} from channel where destination = any($1) order by id`, [[...destinations]]);
    return rows.map(channelOf);
  }

  async fails(tx: Transaction, channelId: string, at: Date): Promise<void> {
    await managerOf(tx).query('update channel set failing_since = $2 where id = $1 and failing_since is null', [channelId, at]);
  }

  async recovers(tx: Transaction, channelId: string): Promise<void> {
    await managerOf(tx).query('update channel set failing_since = null, warned_at = null where id = $1 and failing_since is not null', [channelId]);
  }

  async warn(tx: Transaction, channelId: string, { failingSince, at }: { readonly failingSince: string; readonly at: Date }): Promise<ConfiguredChannel | null> {
    const [rows] = await managerOf(tx).query<[Row[], number]>(
      `update channel set warned_at = $3 where id = $1 and enabled and failing_since = $2 and warned_at is null returning ${SHOWN}`, [channelId, failingSince, at]);
    return rows[0] === undefined ? null : channelOf(rows[0]);
  }

  async disable(tx: Transaction, channelId: string, { reason, at, failingSince }: { readonly reason: string; readonly at: Date; readonly failingSince: string | null }): Promise<ConfiguredChannel | null> {
    const [rows] = await managerOf(tx).query<[Row[], number]>(
      `update channel set enabled = false, disabled_reason = $2, updated_at = $3
       where id = $1 and enabled and ($4::timestamptz is null or failing_since = $4) returning ${SHOWN}`, [channelId, reason, at, failingSince]);
    return rows[0] === undefined ? null : channelOf(rows[0]);
  }

  async withSecrets(channelIds: readonly string[]): Promise<readonly ChannelWithSecret[]> {
    const rows = await this.dataSource.query<(Row & { sealed: string | null; former_sealed: string | null; credentials_sealed: string | null; secret: string | null })[]>(`select ${SHOWN}, sealed, former_sealed, credentials_sealed, secret from channel where id = any($1::uuid[])`, [[...channelIds]]);
    // An earlier version that still runs beside this one leaves a secret unsealed.
    return rows.map((row) => ({
      ...channelOf(row), secret: row.sealed === null ? row.secret : this.opened(row.id, row.sealed), formerSecret: row.former_sealed === null ? null : this.opened(row.id, row.former_sealed),
      credentials: row.credentials_sealed === null ? null : JSON.parse(this.ring.open(row.credentials_sealed, sealContextOf(CREDENTIALS, row.id))) as ChannelCredentials,
    }));
  }

  private sealedCredentials(channelId: string, credentials: ChannelCredentials | null): string | null {
    return credentials === null ? null : this.ring.seal(JSON.stringify(credentials), sealContextOf(CREDENTIALS, channelId));
  }

  private opened(channelId: string, sealed: string): string {
    return this.ring.open(sealed, sealContextOf(SECRET, channelId));
  }

  private sealed(channelId: string, secret: string | null): string | null {
    return secret === null ? null : this.ring.seal(secret, sealContextOf(SECRET, channelId));
  }
}

function channelOf({ id, destination, kind, address, enabled, purposes, disabled_reason, public_key, former_until, system, settings, news_source, credentials_shown, messages_per_minute_max, failing_since, warned_at, created_at, updated_at }: Row): ConfiguredChannel {
  return { channelId: id, destination, kind, address, enabled, purposes, disabledReason: disabled_reason, publicKey: public_key, formerSecretUntil: former_until?.toISOString() ?? null, ticketing: system === null ? null : { system, settings: settings ?? {}, source: news_source }, credentialsShown: credentials_shown, messagesPerMinuteMax: messages_per_minute_max, failingSince: failing_since?.toISOString() ?? null, warnedAt: warned_at?.toISOString() ?? null, createdAt: created_at.toISOString(), updatedAt: updated_at.toISOString() };
}
