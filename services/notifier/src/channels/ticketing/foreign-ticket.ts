import type { OpenedTicket, Severity, SystemName } from './ticketing-system.js';

/** A ticket that a channel opened in its contact's own system, and what that system was told last. */
export interface ForeignTicket extends OpenedTicket {
  readonly channelId: string;
  readonly ticketId: string;
  readonly system: SystemName;
  /** The highest version of the ticket that was told. */
  readonly toldVersion: number;
  readonly toldSeverity: Severity | null;
  readonly isClosed: boolean;
  /** Through which source news of it comes back, and by which ids; told with each delivery, and kept with the channel. */
  readonly news?: { readonly source: string; readonly externalIds: readonly string[] };
}
