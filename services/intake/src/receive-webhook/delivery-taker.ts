import type { Instant } from '@handoff/contracts';
import { Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { EventAcceptor } from '../accept/event-acceptor.js';
import type { Adapter } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import { contentDigest } from './content-digest.decision.js';
import type { Delivery, FailedEvent, TakenEvent } from './delivery.js';
import type { Source } from '../sources/source.js';
import { type ReportedEvent, reportedEvent } from './reported-event.js';

/** Why an event is parked though nothing is wrong with it. */
export const SOURCE_PAUSED = 'source-paused';
const EVENTS_A_BODY_MAX = 1_000;

export interface DeliveryTakerParts {
  readonly acceptor: Pick<EventAcceptor, 'accept'>;
  /** Its name is in the marks of texts that Handoff wrote into systems. */
  readonly installation: string;
  readonly adapterCalled?: (name: string) => Adapter;
  /** Hears of the events of a delivery that are stored, before it is answered. Never rejects. */
  readonly onStored: (source: Source, events: readonly ReportedEvent[]) => Promise<void>;
}

/** Takes the events of a delivery whose sender was verified: read, recognise, map, store. Each event fares by itself. */
export class DeliveryTaker {
  private readonly logger = new Logger(DeliveryTaker.name);

  constructor(private readonly parts: DeliveryTakerParts) {}

  /**
   * @param indexes the events of the body that shall be taken; without it, all.
   * @returns what became of each, in the order of the body.
   * @throws Problem 503 when events could not be stored: then the whole delivery must come again.
   */
  async take(delivery: Delivery, indexes: readonly number[] | null = null): Promise<readonly TakenEvent[]> {
    let adapter: Adapter;
    let payloads: readonly unknown[];
    try {
      adapter = (this.parts.adapterCalled ?? adapterOf)(delivery.source.adapter);
      payloads = readEvents(adapter, delivery);
    } catch (error) {
      return [this.failed(error, { delivery, index: null, key: null })];
    }
    // All are handed on before the first is stored, so that they keep their order.
    const stored: ReportedEvent[] = [];
    const take = (index: number): Promise<TakenEvent> => this.takeEvent(payloads, index, { delivery, adapter, stored });
    // Most bodies have one event, and waiting for several costs more than the one.
    const taken = indexes === null && payloads.length === 1 ? [await take(0)] : await Promise.all((indexes ?? [...payloads.keys()]).map(take));
    if (stored.length > 0) await this.parts.onStored(delivery.source, stored);
    return taken;
  }

  private async takeEvent(payloads: readonly unknown[], index: number, { delivery, adapter, stored }: { delivery: Delivery; adapter: Adapter; stored: ReportedEvent[] }): Promise<TakenEvent> {
    let key: string | null = null;
    try {
      if (index >= payloads.length) throw new Problem(422, 'event-missing', `The body has no event ${index} any more, as it is read now.`);
      key = adapter.recognise(delivery.request, payloads[index]);
      if (delivery.source.pausedAt !== null) return heldBack(delivery.source.pausedAt, index, key);
      const reported = reportedEvent(payloads[index], key, delivery, { adapter, installation: this.parts.installation });
      if ('ignored' in reported) return reported;
      const { event } = reported;
      const { duplicate } = await this.parts.acceptor.accept(event, { digest: contentDigest(key, event.data), onConflict: 'store' });
      stored.push(reported);
      return { eventId: event.id, ticketId: event.subject, duplicate, occurredAt: event.data.occurredAt };
    } catch (error) {
      return this.failed(error, { delivery, index, key });
    }
  }

  /** A fault of ours counts as not understood too: the delivery must wait until it is mended, not be lost. */
  private failed(error: unknown, { delivery, index, key }: { delivery: Delivery; index: number | null; key: string | null }): FailedEvent {
    if (error instanceof Problem) {
      if (error.status >= 500) throw error;
      return { failure: { index, code: error.code, detail: error.detail, fields: error.fields }, key };
    }
    this.logger.error({ err: error, source: delivery.source.source, adapter: delivery.source.adapter }, 'An adapter failed at a genuine delivery.');
    return { failure: { index, code: 'internal', detail: 'Something went wrong here while it was read; the log has the details.', fields: [] }, key };
  }
}

/** Parked, it is tried again when the source is changed, and thus when it is resumed. */
function heldBack(since: Instant, index: number, key: string): FailedEvent {
  return { failure: { index, code: SOURCE_PAUSED, detail: `The source is paused since ${since}; it is handled when the source is resumed.`, fields: [] }, key };
}

function readEvents(adapter: Adapter, { request }: Delivery): readonly unknown[] {
  const payloads = adapter.read(request);
  if (payloads.length <= EVENTS_A_BODY_MAX) return payloads;
  throw new Problem(422, 'field-invalid', `The body has ${payloads.length} events; at most ${EVENTS_A_BODY_MAX} are taken from one.`);
}
