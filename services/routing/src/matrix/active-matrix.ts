import type { CompiledMatrix } from '@handoff/matrix';
import type { Transaction, Transactions } from '@handoff/messaging';
import { gauge } from '@handoff/platform';
import type { MatrixStore } from './matrix.store.js';
import { readMatrix } from './matrix-text.decision.js';
import type { ActiveVersion } from './matrix-version.js';

/** Compiled versions that are kept: a rollback, and a chunk that began before a switch, need no second compilation. */
const COMPILED_MAX = 4;

const activeVersion = gauge('handoff_matrix_active', 'Version of the matrix that this process decides by', ['version']);

/** The active version cannot be used by this process; the message says what to do. */
export class UnusableMatrix extends Error {
  override readonly name = 'UnusableMatrix';
}

interface Loaded extends ActiveVersion {
  readonly matrix: CompiledMatrix;
}

/** The matrix by which this process decides: it follows the active version without a restart. */
export class ActiveMatrix {
  private readonly compiled = new Map<string, CompiledMatrix>();

  private constructor(private readonly store: MatrixStore, private readonly transactions: Transactions, private loaded: Loaded) {}

  /** @throws UnusableMatrix where no version is active, or the active one does not compile. */
  static async open({ store, transactions }: { readonly store: MatrixStore; readonly transactions: Transactions }): Promise<ActiveMatrix> {
    const compiled = new Map<string, CompiledMatrix>();
    const loaded = await transactions.run((tx) => load(store, tx, compiled));
    const opened = new ActiveMatrix(store, transactions, loaded);
    opened.use(loaded);
    return opened;
  }

  /** The newest that this process has loaded, for answers that change nothing. */
  current(): CompiledMatrix {
    return this.loaded.matrix;
  }

  /**
   * The version that is active now, for the tickets of this transaction. Ask after their rows are locked: whoever routes one of
   * them later then reads a version that is at least as new, so that no ticket goes back to an older one.
   */
  async forChunk(tx: Transaction): Promise<CompiledMatrix> {
    const loaded = await load(this.store, tx, this.compiled);
    this.use(loaded);
    return loaded.matrix;
  }

  /** A version by which something was decided once; `null` where this version of Handoff cannot use it. */
  async formerly(tx: Transaction, version: string): Promise<CompiledMatrix | null> {
    try {
      return this.compiled.get(version) ?? (await compileStored(this.store, tx, version));
    } catch (error) {
      if (error instanceof UnusableMatrix) return null;
      throw error;
    }
  }

  /** Looks whether another version is active, and loads it. */
  async refresh(): Promise<CompiledMatrix> {
    return this.transactions.run((tx) => this.forChunk(tx));
  }

  private use(loaded: Loaded): void {
    // A chunk that began before a switch may end after it.
    if (loaded.activation < this.loaded.activation) return;
    this.loaded = loaded;
    activeVersion.reset();
    activeVersion.set({ version: loaded.version }, 1);
  }
}

async function load(store: MatrixStore, tx: Transaction, compiled: Map<string, CompiledMatrix>): Promise<Loaded> {
  const active = await store.active(tx);
  if (active === null) throw new UnusableMatrix('No version of the matrix is active.');
  const matrix = compiled.get(active.version) ?? (await compileStored(store, tx, active.version));
  compiled.delete(active.version);
  compiled.set(active.version, matrix);
  const [oldest] = compiled.keys();
  if (compiled.size > COMPILED_MAX && oldest !== undefined) compiled.delete(oldest);
  return { ...active, matrix };
}

/** By name, not by state: a version's text is fixed once it was active, so a switch in between changes nothing. */
async function compileStored(store: MatrixStore, tx: Transaction, version: string): Promise<CompiledMatrix> {
  const stored = await store.find(tx, version);
  const { matrix, findings } = stored === null ? { matrix: null, findings: [] } : readMatrix(stored.matrix, version);
  if (matrix !== null) return matrix;
  const told = findings.filter(({ severity }) => severity === 'error').map(({ line, message }) => `line ${line}: ${message}`).slice(0, 5).join(' ');
  throw new UnusableMatrix(`The active version '${version}' of the matrix cannot be used by this version of Handoff. ${told} Start the version that activated it, or roll back there.`);
}
