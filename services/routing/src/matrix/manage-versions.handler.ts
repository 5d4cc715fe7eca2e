import type { CaseResult, FileFinding } from '@handoff/matrix-files';
import type { Transaction, Transactions } from '@handoff/messaging';
import { type Clock, type Page, Problem } from '@handoff/platform';
import type { MatrixStore, VersionQuery } from './matrix.store.js';
import { isError, readVersion } from './matrix-text.decision.js';
import type { MatrixVersion, VersionSummary } from './matrix-version.js';
import { matrixInvalid, notDraft, revisionStale, versionExists, versionUnknown } from './matrix.problems.js';

export interface VersionPorts {
  readonly store: MatrixStore;
  readonly transactions: Transactions;
  readonly clock: Clock;
}

export interface Written {
  readonly version: MatrixVersion;
  /** Warnings: what keeps nobody from using it. */
  readonly findings: readonly FileFinding[];
}

export interface Tested {
  readonly version: MatrixVersion;
  readonly results: readonly CaseResult[];
}

interface TextGiven {
  readonly matrix: string;
  /** Absent: those of the active version. */
  readonly cases?: string | undefined;
}

/** Writing, reading and testing versions of the matrix. */
export class ManageVersionsHandler {
  constructor(private readonly ports: VersionPorts) {}

  list(query: VersionQuery): Promise<Page<VersionSummary>> {
    return this.ports.transactions.run((tx) => this.ports.store.list(tx, query));
  }

  get(version: string): Promise<MatrixVersion> {
    return this.ports.transactions.run((tx) => this.known(tx, version));
  }

  /** Stores a draft. @throws Problem where it does not compile, or its name is taken. */
  create({ version, by, ...given }: TextGiven & { readonly version: string; readonly by: string }): Promise<Written> {
    const { store, transactions } = this.ports;
    return transactions.run(async (tx) => {
      const active = await store.active(tx);
      const text = { matrix: given.matrix, cases: given.cases ?? (await this.casesOf(tx, active?.version ?? null)) };
      const { findings } = readVersion(text, version);
      if (findings.some(isError)) throw matrixInvalid(findings);
      const isNew = await store.add(tx, { version, ...text, base: active?.version ?? null, at: this.now(), by });
      if (!isNew) throw versionExists(version);
      return { version: await this.known(tx, version), findings };
    });
  }

  /** Replaces the text of a draft that is still at this revision. */
  replace({ version: name, revision, by, ...given }: TextGiven & { readonly version: string; readonly revision: number; readonly by: string }): Promise<Written> {
    const { store, transactions } = this.ports;
    return transactions.run(async (tx) => {
      const version = await this.known(tx, name);
      if (version.state !== 'draft') throw notDraft(name, version.state);
      if (version.revision !== revision) throw revisionStale(name, version.revision);
      const text = { matrix: given.matrix, cases: given.cases ?? version.cases };
      const { findings } = readVersion(text, name);
      if (findings.some(isError)) throw matrixInvalid(findings);
      const base = (await store.active(tx))?.version ?? null;
      const changed = await store.change(tx, { version: name, revision }, { ...text, authors: [...new Set([...version.authors, by])], base, failedCases: null, testedAt: null }, this.now());
      if (changed === null) throw revisionStale(name, (await this.known(tx, name)).revision);
      return { version: changed, findings };
    });
  }

  /** Runs the cases of a version. A version whose cases all pass may become active. */
  test(name: string): Promise<Tested> {
    const { store, transactions } = this.ports;
    return transactions.run(async (tx) => {
      const version = await this.known(tx, name);
      const { test, findings } = readVersion(version, name);
      // It did compile when it was written: an older version of Handoff may have known rules that this one does not.
      if (test === null) throw matrixInvalid(findings);
      const now = this.now();
      const results = test(now);
      const failedCases = results.filter(({ passed }) => !passed).length;
      const base = version.state === 'active' ? {} : { base: (await store.active(tx))?.version ?? null };
      const changed = await store.change(tx, { version: name, revision: version.revision }, { ...stateAfter(version, failedCases), ...base, failedCases, testedAt: now }, now);
      if (changed === null) throw revisionStale(name, (await this.known(tx, name)).revision);
      return { version: changed, results };
    });
  }

  private async known(tx: Transaction, version: string): Promise<MatrixVersion> {
    const found = await this.ports.store.find(tx, version);
    if (found === null) throw versionUnknown(version);
    return found;
  }

  private async casesOf(tx: Transaction, active: string | null): Promise<string> {
    if (active === null) throw new Problem(422, 'invalid-content', 'No version is active whose cases could be used: give cases.', { fields: [{ field: '/cases', detail: 'is needed' }] });
    return (await this.known(tx, active)).cases;
  }

  private now(): string {
    return this.ports.clock.now().toISOString();
  }
}

/** The active version stays active whatever its cases say: they are told, and a person decides. */
function stateAfter({ state }: MatrixVersion, failedCases: number): Partial<Pick<MatrixVersion, 'state' | 'activatesAt'>> {
  if (state === 'active') return {};
  if (failedCases === 0) return { state: 'tested' };
  return state === 'retired' ? {} : { state: 'draft', activatesAt: null };
}
