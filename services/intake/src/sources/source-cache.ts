import { Problem } from '@handoff/platform';
import { SealUnreadable } from '@handoff/secrets';
import { SOURCE_NAME, type SourceWithSecrets } from './source.js';
import type { SourceStore } from './source.store.js';

export interface SourceCacheOptions {
  readonly store: Pick<SourceStore, 'find'>;
  /** How long another instance's change may go unseen. */
  readonly freshMs: number;
  /** How long a source is still believed while the database does not answer. */
  readonly staleMs: number;
  readonly now: () => number;
}

interface Entry {
  readonly loadedAt: number;
  readonly loaded: Promise<SourceWithSecrets | null>;
  /** What was last known, for the time the database is away. */
  readonly former: { readonly at: number; readonly value: SourceWithSecrets | null } | null;
  readonly hasFailed: boolean;
  /** The look-up before failed: nobody waits for this one who need not. */
  readonly isRetry: boolean;
}

/** Names that were asked for; whoever tries names at random must not fill the memory. */
const ENTRIES_MAX = 1_000;
/** How long a failed look-up stands for the next: a database that is away is not asked at each webhook. */
const FAILURE_KEPT_MS = 500;
const RETRY_AFTER_SECONDS = 5;

/** Sources as every webhook needs them, without asking the database at each. */
export class SourceCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly options: SourceCacheOptions) {}

  /** @throws Problem 503 `database-unavailable` when it cannot be told whether there is such a source, `secret-unreadable` when its secret cannot be opened. */
  async find(name: string): Promise<SourceWithSecrets | null> {
    if (!SOURCE_NAME.test(name)) return null;
    const known = this.entries.get(name);
    const entry = known !== undefined && this.options.now() - known.loadedAt <= this.options.freshMs ? known : this.load(name, known);
    const { former } = entry;
    const isBelieved = former !== null && this.options.now() - former.at <= this.options.staleMs;
    if (isBelieved && entry.isRetry) return former.value;
    try {
      return await entry.loaded;
    } catch (error) {
      if (isBelieved) return former.value;
      if (error instanceof SealUnreadable) throw new Problem(503, 'secret-unreadable', `The secret of the source cannot be read. ${error.message}`, { retryAfterSeconds: RETRY_AFTER_SECONDS, cause: error });
      throw new Problem(503, 'database-unavailable', 'The source cannot be looked up now; send it again.', { retryAfterSeconds: RETRY_AFTER_SECONDS, cause: error });
    }
  }

  /** After a change: the next webhook sees it. */
  forget(name: string): void {
    this.entries.delete(name);
  }

  private load(name: string, known: Entry | undefined): Entry {
    const loadedAt = this.options.now();
    const entry: { -readonly [K in keyof Entry]: Entry[K] } = { loadedAt, loaded: this.options.store.find(name), former: known?.former ?? null, hasFailed: false, isRetry: known?.hasFailed ?? false };
    this.entries.delete(name);
    this.entries.set(name, entry);
    entry.loaded.then(
      (value) => {
        entry.former = { at: loadedAt, value };
        entry.isRetry = false;
      },
      () => {
        entry.loadedAt = this.options.now() - this.options.freshMs + FAILURE_KEPT_MS;
        entry.hasFailed = true;
      },
    );
    if (this.entries.size > ENTRIES_MAX) this.entries.delete(this.leastUseful());
    return entry;
  }

  /** Names that are no source go before sources: those who guess names must not make us forget whom we know. */
  private leastUseful(): string {
    const [oldest = ''] = this.entries.keys();
    for (const [name, { former }] of this.entries) if ((former?.value ?? null) === null) return name;
    return oldest;
  }
}
