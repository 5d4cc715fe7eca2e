import type { Instant } from '@handoff/contracts';
import { onRollback, type Transaction } from '@handoff/messaging';
import { type Page, pageOf } from '@handoff/platform';
import type { ActiveVersion, MatrixVersion, VersionSummary } from './matrix-version.js';
import type { MatrixStore, NewVersion, VersionChange, VersionQuery } from './matrix.store.js';
import { positionAt, positionOf } from './version-cursor.js';

type Stored = MatrixVersion & { readonly activation: number };

export class MemoryMatrixStore implements MatrixStore {
  private versions = new Map<string, Stored>();
  private activations = 0;

  lock(): Promise<void> {
    // Transactions in memory run one at a time.
    return Promise.resolve();
  }

  add(tx: Transaction, { version, matrix, cases, base, at, by }: NewVersion): Promise<boolean> {
    if (this.versions.has(version)) return Promise.resolve(false);
    this.put(tx, {
      version, matrix, cases, base, state: 'draft', revision: 1, replaced: null, failedCases: null, createdAt: at, createdBy: by, authors: [by], changedAt: at, testedAt: null,
      activatesAt: null, activatedAt: null, activatedBy: null, retiredAt: null, note: null, activation: 0,
    });
    return Promise.resolve(true);
  }

  find(_tx: Transaction, version: string): Promise<MatrixVersion | null> {
    const found = this.versions.get(version);
    return Promise.resolve(found === undefined ? null : toldOf(found));
  }

  list(_tx: Transaction, { cursor, limit }: VersionQuery): Promise<Page<VersionSummary>> {
    const after = cursor === undefined ? null : positionAt(cursor);
    const key = (version: MatrixVersion): string => positionOf(version).join(' ');
    const found = [...this.versions.values()].sort((a, b) => (key(a) < key(b) ? 1 : -1)).filter((version) => after === null || key(version) < after.join(' '));
    return Promise.resolve(pageOf(found.slice(0, limit + 1).map((stored) => {
      const { matrix: _matrix, cases: _cases, ...summary } = toldOf(stored);
      return summary;
    }), limit, positionOf));
  }

  change(tx: Transaction, { version, revision }: { readonly version: string; readonly revision: number }, change: VersionChange, at: Instant): Promise<MatrixVersion | null> {
    const found = this.versions.get(version);
    if (found === undefined || found.revision !== revision) return Promise.resolve(null);
    return Promise.resolve(toldOf(this.put(tx, { ...found, ...change, revision: revision + 1, changedAt: at })));
  }

  activate(tx: Transaction, { version, replaced, at, by }: { readonly version: string; readonly replaced: string | null; readonly at: Instant; readonly by: string }): Promise<void> {
    for (const former of this.versions.values()) {
      if (former.state === 'active') this.put(tx, { ...former, state: 'retired', retiredAt: at, changedAt: at, revision: former.revision + 1 });
    }
    const found = this.versions.get(version);
    this.activations += 1;
    if (found !== undefined) {
      this.put(tx, { ...found, state: 'active', activatedAt: at, activatedBy: by, replaced, activatesAt: null, retiredAt: null, note: null, changedAt: at, revision: found.revision + 1, activation: this.activations });
    }
    return Promise.resolve();
  }

  active(): Promise<ActiveVersion | null> {
    const found = [...this.versions.values()].find(({ state }) => state === 'active');
    return Promise.resolve(found === undefined ? null : { version: found.version, activation: found.activation });
  }

  due(_tx: Transaction, now: Instant): Promise<readonly string[]> {
    const due = [...this.versions.values()].flatMap(({ version, activatesAt }) => (activatesAt !== null && Date.parse(activatesAt) <= Date.parse(now) ? [{ version, activatesAt }] : []));
    return Promise.resolve(due.sort((a, b) => Date.parse(a.activatesAt) - Date.parse(b.activatesAt) || (a.version < b.version ? -1 : 1)).map(({ version }) => version));
  }

  private put(tx: Transaction, stored: Stored): Stored {
    const former = this.versions;
    onRollback(tx, () => (this.versions = former));
    this.versions = new Map([...former, [stored.version, stored]]);
    return stored;
  }
}

function toldOf({ activation: _activation, ...version }: Stored): MatrixVersion {
  return version;
}
