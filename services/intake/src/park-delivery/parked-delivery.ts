import type { Instant } from '@handoff/contracts';
import type { WebhookRequest } from '../adapters/adapter.js';
import type { Failure } from '../receive-webhook/delivery.js';

/** A genuine webhook that was taken and not understood, whole or in some of its events. */
export interface ParkedDelivery {
  /** The same when it is delivered again. */
  readonly id: string;
  readonly source: string;
  /** Its source as it was when it was tried last: a later change is a reason to try again. */
  readonly sourceUpdatedAt: Instant;
  /** Without what would prove its sender. */
  readonly request: WebhookRequest;
  readonly traceparent: string;
  /** One for each event that failed, in the order of the body. */
  readonly failures: readonly Failure[];
  readonly receivedAt: Instant;
}

/** How it stands. */
export interface ParkedState {
  /** Its place in the order of arrival. */
  readonly seq: string;
  /** How often its system delivered it. */
  readonly deliveries: number;
  /** How often it was tried since it was parked. */
  readonly attempts: number;
  /** `null` while it is parked. */
  readonly discarded: { readonly at: Instant; readonly note: string } | null;
}

export type ParkedRecord = ParkedDelivery & ParkedState;
