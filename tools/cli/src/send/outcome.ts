/** What became of one send. */
export type Outcome = Accepted | Refused;

export interface Accepted {
  readonly kind: 'accepted';
  readonly eventId: string | null;
  readonly ticketId: string | null;
  readonly externalId: string | null;
  /** The service had this event before. */
  readonly isDuplicate: boolean;
  /** How long the accepted request took. */
  readonly durationMs: number;
  readonly retries: number;
}

export interface Refused {
  readonly kind: 'refused';
  readonly externalId: string | null;
  /** `null` where nothing answered. */
  readonly status: number | null;
  readonly code: string;
  /** A sentence for people. */
  readonly message: string;
  readonly retries: number;
}
