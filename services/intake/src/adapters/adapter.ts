import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';
import type { FactName } from '../mapping/mapping.js';

/** A webhook as it came. Header names are in lower case. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Buffer;
}

/** By what a webhook is believed. */
export interface Trust {
  /** Secrets that hold now; during a rotation there are several. */
  readonly secrets: readonly string[];
  readonly now: Date;
  /** How far the sender's clock may be away, both ways; `null`: its time is not checked. */
  readonly toleranceSeconds: number | null;
}

/** What an adapter may know of the source while it maps. */
export interface MapContext {
  /** Severity by priority, in lower case, before the adapter's own table. */
  readonly severities: Readonly<Record<string, Severity>>;
  readonly receivedAt: Date;
}

/** What a payload says about a ticket. */
export interface ReportedTicket {
  readonly externalId: string;
  readonly externalUrl: string | null;
  readonly change: Change;
  readonly occurredAt: Instant;
  readonly fields: TicketFields;
}

/** A genuine event that changes no ticket. `reason` is a sentence. */
export interface IgnoredEvent {
  readonly ignored: true;
  readonly reason: string;
}

/** One kind of ticketing system. Adapters know no database, no Kafka and no HTTP server; `adapter.contract.ts` holds for all. */
export interface Adapter {
  readonly name: string;
  /** Used where the source says nothing else; `null`: the time is not checked. */
  readonly defaultToleranceSeconds: number | null;
  /** Facts that `map` can tell by itself when the payload has them. */
  readonly tells: ReadonlySet<FactName>;
  /** A new secret of 256 random bits in the form that the system takes. */
  generateSecret(): string;
  /** Why this secret cannot be used, as a sentence without the secret; `null` when it can. */
  secretProblem(secret: string): string | null;
  /** @throws Problem 401 `signature-invalid` or `timestamp-stale`. */
  verify(request: WebhookRequest, trust: Trust): void;
  /** The same for every delivery of one event, different for different events. */
  recognise(request: WebhookRequest, payload: unknown): string;
  /** @throws Problem 422 `field-missing` or `field-invalid`. */
  map(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent;
}

export function isIgnored(outcome: ReportedTicket | IgnoredEvent): outcome is IgnoredEvent {
  return 'ignored' in outcome;
}
