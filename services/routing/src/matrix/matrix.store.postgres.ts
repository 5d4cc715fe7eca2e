import type { Instant } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import { managerOf } from '@handoff/persistence';
import { type Page, pageOf } from '@handoff/platform';
import type { ActiveVersion, MatrixVersion, VersionState, VersionSummary } from './matrix-version.js';
import type { MatrixStore, NewVersion, VersionChange, VersionQuery } from './matrix.store.js';
import { positionAt, positionOf } from './version-cursor.js';

interface SummaryRow {
  version: string; state: VersionState; revision: number; base: string | null; replaced: string | null; failed_cases: number | null;
  created_at: Date; created_by: string; authors: string[] | null; changed_at: Date; tested_at: Date | null; activates_at: Date | null; activated_at: Date | null; activated_by: string | null;
  retired_at: Date | null; note: string | null;
}

type VersionRow = SummaryRow & { matrix: string; cases: string };

const SUMMARY = 'version, state, revision, base, replaced, failed_cases, created_at, created_by, authors, changed_at, tested_at, activates_at, activated_at, activated_by, retired_at, note';

/** Column by field of a change. Only these names ever stand in a statement. */
const COLUMNS: Readonly<Record<keyof VersionChange, string>> = {
  matrix: 'matrix', cases: 'cases', authors: 'authors', state: 'state', base: 'base', failedCases: 'failed_cases', testedAt: 'tested_at', activatesAt: 'activates_at', note: 'note',
};

export class PostgresMatrixStore implements MatrixStore {
  async lock(tx: Transaction): Promise<void> {
    await managerOf(tx).query("select pg_advisory_xact_lock(hashtext('handoff-matrix-activation'))");
  }

  async add(tx: Transaction, { version, matrix, cases, base, at, by }: NewVersion): Promise<boolean> {
    const rows = await managerOf(tx).query<unknown[]>(
      `insert into matrix_version (version, state, matrix, cases, base, created_at, created_by, authors, changed_at) values ($1, 'draft', $2, $3, $4, $5, $6, array[$6::text], $5)
       on conflict (version) do nothing returning version`,
      [version, matrix, cases, base, at, by]);
    return rows.length === 1;
  }

  async find(tx: Transaction, version: string): Promise<MatrixVersion | null> {
    const [row] = await managerOf(tx).query<VersionRow[]>(`select ${SUMMARY}, matrix, cases from matrix_version where version = $1`, [version]);
    return row === undefined ? null : versionOf(row);
  }

  async list(tx: Transaction, { cursor, limit }: VersionQuery): Promise<Page<VersionSummary>> {
    const [createdAt, version] = cursor === undefined ? [null, null] : positionAt(cursor);
    const rows = await managerOf(tx).query<SummaryRow[]>(
      `select ${SUMMARY} from matrix_version where $1::timestamptz is null or (created_at, version) < ($1::timestamptz, $2::text)
       order by created_at desc, version desc limit $3`,
      [createdAt, version, limit + 1]);
    return pageOf(rows.map(summaryOf), limit, positionOf);
  }

  async change(tx: Transaction, { version, revision }: { readonly version: string; readonly revision: number }, change: VersionChange, at: Instant): Promise<MatrixVersion | null> {
    const fields = Object.entries(change) as [keyof VersionChange, unknown][];
    const assignments = fields.map(([field], index) => `${COLUMNS[field]} = $${index + 4}`);
    const [rows] = await managerOf(tx).query<[VersionRow[], number]>(
      `update matrix_version set ${[...assignments, 'revision = revision + 1', 'changed_at = $3'].join(', ')}
       where version = $1 and revision = $2 returning ${SUMMARY}, matrix, cases`,
      [version, revision, at, ...fields.map(([, value]) => value)]);
    return rows[0] === undefined ? null : versionOf(rows[0]);
  }

  async activate(tx: Transaction, { version, replaced, at, by }: { readonly version: string; readonly replaced: string | null; readonly at: Instant; readonly by: string }): Promise<void> {
    const manager = managerOf(tx);
    await manager.query("update matrix_version set state = 'retired', retired_at = $1, changed_at = $1, revision = revision + 1 where state = 'active'", [at]);
    await manager.query(
      `update matrix_version set state = 'active', activated_at = $2, activated_by = $3, replaced = $4, activates_at = null, retired_at = null, note = null,
         activation = nextval('matrix_activation'), changed_at = $2, revision = revision + 1
       where version = $1`,
      [version, at, by, replaced]);
  }

  async active(tx: Transaction): Promise<ActiveVersion | null> {
    const [row] = await managerOf(tx).query<{ version: string; activation: string }[]>("select version, activation from matrix_version where state = 'active'");
    return row === undefined ? null : { version: row.version, activation: Number(row.activation) };
  }

  async due(tx: Transaction, now: Instant): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ version: string }[]>('select version from matrix_version where activates_at <= $1 order by activates_at, version', [now]);
    return rows.map(({ version }) => version);
  }
}

function versionOf(row: VersionRow): MatrixVersion {
  return { ...summaryOf(row), matrix: row.matrix, cases: row.cases };
}

function summaryOf(row: SummaryRow): VersionSummary {
  const { version, state, revision, base, replaced, note } = row;
  const instant = (at: Date | null): Instant | null => at?.toISOString() ?? null;
  return {
    version, state, revision, base, replaced, note, failedCases: row.failed_cases, createdAt: row.created_at.toISOString(), createdBy: row.created_by, authors: row.authors ?? [row.created_by], changedAt: row.changed_at.toISOString(),
    testedAt: instant(row.tested_at), activatesAt: instant(row.activates_at), activatedAt: instant(row.activated_at), activatedBy: row.activated_by, retiredAt: instant(row.retired_at),
  };
}
