import type { Transaction } from '@handoff/messaging';
import type { DirectoryContent, DirectoryKeys, DirectorySlice, HealthNotice } from './directory.js';

/** Keeps the directory and hands out what some tickets need of it. */
export interface DirectoryStore {
  /** Everything that these keys lead to: also subscriptions by customer, publishers, partners, agreements and health notices. */
  slice(tx: Transaction, keys: DirectoryKeys): Promise<DirectorySlice>;
  /** Adds entries, and replaces those of the same id. */
  save(tx: Transaction, content: DirectoryContent): Promise<void>;
  isEmpty(tx: Transaction): Promise<boolean>;
  saveHealthNotice(tx: Transaction, notice: HealthNotice): Promise<void>;
}

export const DIRECTORY_STORE = Symbol('DIRECTORY_STORE');
