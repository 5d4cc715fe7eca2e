import type { Instant } from '@handoff/contracts';
import type { FieldProblem } from '@handoff/platform';
import type { IgnoredEvent, WebhookRequest } from '../adapters/adapter.js';
import type { Source } from '../sources/source.js';

/** A webhook whose sender was verified. */
export interface Delivery {
  readonly source: Source;
  readonly request: WebhookRequest;
  readonly traceparent: string;
  readonly receivedAt: Date;
}

export interface EventAnswer {
  readonly eventId: string;
  readonly ticketId: string;
  readonly duplicate: boolean;
}

/** An event of a genuine delivery of which no ticket event could be made. */
export interface Failure {
  /** Its place in the body, from 0; `null`: the body as a whole could not be read. */
  readonly index: number | null;
  readonly code: string;
  /** A sentence. */
  readonly detail: string;
  readonly fields: readonly FieldProblem[];
}

export interface FailedEvent {
  readonly failure: Failure;
  /** By which the system would recognise it when it delivers it again; `null` where that failed too. */
  readonly key: string | null;
}

/** An event that is stored, now or by an earlier delivery. */
export interface StoredEvent extends EventAnswer {
  readonly occurredAt: Instant;
}

export type TakenEvent = StoredEvent | IgnoredEvent | FailedEvent;

export function isFailed(event: TakenEvent): event is FailedEvent {
  return 'failure' in event;
}
