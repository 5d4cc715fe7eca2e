import type { EventType, HandoffEvent } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';

/** An event of the log, and where its ticket lies now. */
export interface LogEntry {
  readonly position: bigint;
  readonly event: HandoffEvent;
  /** The ticket that the event is about; `null`: none, or one that is not shown. `''` as a queue: not decided yet. */
  readonly ticket: { readonly ticketId: string; readonly queue: string } | null;
}

/** Reads the log of events. Positions rise in the order of commit, so who goes on behind one misses nothing. */
export interface EventLogStore {
  /** Position of the last event, 0 where there is none; and the greatest position that was ever given. */
  end(tx: Transaction): Promise<{ readonly last: bigint; readonly given: bigint }>;
  /** Events behind a position, in the order of the log; of these types, or of all. */
  after(tx: Transaction, query: { readonly position: bigint; readonly limit: number; readonly types?: readonly EventType[] | undefined }): Promise<readonly LogEntry[]>;
}
