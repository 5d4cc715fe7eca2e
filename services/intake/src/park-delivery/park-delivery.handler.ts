import { counter, Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { Delivery, FailedEvent } from '../receive-webhook/delivery.js';
import { keptRequest, parkedIdOf } from './kept-request.decision.js';
import type { ParkedDeliveryStore } from './parked-delivery.store.js';

export interface ParkDeliveryParts {
  readonly store: Pick<ParkedDeliveryStore, 'park'>;
  readonly hasRoom: () => boolean;
}

const RETRY_AFTER_SECONDS = 30;

const parkedTotal = counter('handoff_deliveries_parked_total', 'Events of genuine webhooks that were not understood, and are parked', ['source', 'code']);

/** Keeps a genuine webhook that was not understood. A refusal would make its system switch the webhook off, or drop the event. */
export class ParkDeliveryHandler {
  private readonly logger = new Logger(ParkDeliveryHandler.name);

  constructor(private readonly parts: ParkDeliveryParts) {}

  /**
   * @param secrets of the source; they are kept out of what is stored.
   * @returns under which id it is parked.
   * @throws Problem 503 `database-unavailable` or `parking-full`.
   */
  async park({ source, request, traceparent, receivedAt }: Delivery, failed: readonly FailedEvent[], secrets: readonly string[]): Promise<string> {
    if (!this.parts.hasRoom()) throw new Problem(503, 'parking-full', 'It was not understood, and too many deliveries are parked already. Mend their mappings, or discard them; then send it again.', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    const id = parkedIdOf(source.source, request, failed);
    const failures = failed.map(({ failure }) => failure);
    try {
      await this.parts.store.park({ id, source: source.source, sourceUpdatedAt: source.updatedAt, request: keptRequest(request, secrets), traceparent, failures, receivedAt: receivedAt.toISOString() });
    } catch (error) {
      throw new Problem(503, 'database-unavailable', 'It was not understood, and cannot be parked now; send it again.', { retryAfterSeconds: RETRY_AFTER_SECONDS, cause: error });
    }
    for (const { code } of failures) parkedTotal.inc({ source: source.source, code });
    this.logger.warn({ source: source.source, parkedId: id, codes: failures.map(({ code }) => code) }, 'A genuine webhook was not understood, and is parked.');
    return id;
  }
}
