import type { Transaction } from '@handoff/messaging';
import type { DirectoryContent, DirectoryKeys, DirectorySlice, HealthNotice } from './directory.js';

/** Keeps the directory and hands out what some tickets need of it. */
export interface DirectoryStore {
  /** Everything that these keys lead to: also subscriptions by customer, publishers, partners, agreements, calendars and health notices. */
  slice(tx: Transaction, keys: DirectoryKeys): Promise<DirectorySlice>;
  /** The same as the directory was at an instant (RFC 3339). Health notices carry their own times and are as they are. */
  sliceAt(tx: Transaction, keys: DirectoryKeys, at: string): Promise<DirectorySlice>;
  /** Adds entries, and replaces those of the same id whose content differs. `by` is kept as the author. */
  save(tx: Transaction, content: DirectoryContent, by?: string): Promise<void>;
  isEmpty(tx: Transaction): Promise<boolean>;
  /** Keeps the newest word on an outage. Returns its version, from 1; `null`: it says what is known. */
  saveHealthNotice(tx: Transaction, notice: HealthNotice): Promise<number | null>;
}

export const DIRECTORY_STORE = Symbol('DIRECTORY_STORE');
