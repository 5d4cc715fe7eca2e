import type { OutgoingRecord, StoredRecord } from '@handoff/messaging';

export interface SpoolLook {
  readonly isEmpty: boolean;
  /** Those of the keys that were asked for which have records in the spool. */
  readonly keys: ReadonlySet<string>;
}

export interface SpoolSize {
  /** About: never less than there are. */
  readonly records: number;
  readonly oldestAt: Date | null;
}

/** The right to empty the spool. Only one process has it at a time, and loses it when its connection ends. */
export interface SpoolDrain {
  /**
   * In the order in which they came, at least one where there is one; not many more than fit into one publish.
   * @throws when the right was lost: then somebody else drains.
   */
  oldest(recordsMax: number): Promise<readonly StoredRecord[]>;
  remove(seqs: readonly string[]): Promise<void>;
  end(): Promise<void>;
}

/** Records that Kafka could not take, in the order in which they came, whichever instance took them. */
export interface SpoolStore {
  look(keys: readonly string[]): Promise<SpoolLook>;
  /** All of them or none. @returns what names the oldest record that is there now. */
  add(records: readonly OutgoingRecord[]): Promise<string>;
  size(): Promise<SpoolSize>;
  /** `null` while another process drains. */
  drain(): Promise<SpoolDrain | null>;
}
