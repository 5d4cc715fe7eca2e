import { Problem } from '@handoff/platform';
import { Logger } from '@nestjs/common';
import type { EventAcceptor } from '../accept/event-acceptor.js';
import type { Adapter } from '../adapters/adapter.js';
import { adapterOf } from '../adapters/adapters.js';
import type { Delivery, FailedEvent, TakenEvent } from './delivery.js';
import { reportedEvent } from './reported-event.js';

const EVENTS_A_BODY_MAX = 1_000;

/** Takes the events of a delivery whose sender was verified: read, recognise, map, store. Each event fares by itself. */
export class DeliveryTaker {
  private readonly logger = new Logger(DeliveryTaker.name);

  constructor(private readonly acceptor: Pick<EventAcceptor, 'accept'>, private readonly adapterCalled: (name: string) => Adapter = adapterOf) {}

  /**
   * @param indexes the events of the body that shall be taken; without it, all.
   * @returns what became of each, in the order of the body.
   * @throws Problem 503 when events could not be stored: then the whole delivery must come again.
   */
  async take(delivery: Delivery, indexes: readonly number[] | null = null): Promise<readonly TakenEvent[]> {
    let adapter: Adapter;
    let payloads: readonly unknown[];
    try {
      adapter = this.adapterCalled(delivery.source.adapter);
      payloads = readEvents(adapter, delivery);
    } catch (error) {
      return [this.failed(error, { delivery, index: null, key: null })];
    }
    // All are handed on before the first is stored, so that they keep their order.
    return Promise.all((indexes ?? [...payloads.keys()]).map((index) => this.takeEvent(payloads, index, { delivery, adapter })));
  }

  private async takeEvent(payloads: readonly unknown[], index: number, { delivery, adapter }: { delivery: Delivery; adapter: Adapter }): Promise<TakenEvent> {
    let key: string | null = null;
    try {
      if (index >= payloads.length) throw new Problem(422, 'event-missing', `The body has no event ${index} any more, as it is read now.`);
      key = adapter.recognise(delivery.request, payloads[index]);
      const event = reportedEvent(payloads[index], key, delivery, adapter);
      if ('ignored' in event) return event;
      const { duplicate } = await this.acceptor.accept(event);
      return { eventId: event.id, ticketId: event.subject, duplicate };
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

function readEvents(adapter: Adapter, { request }: Delivery): readonly unknown[] {
  const payloads = adapter.read(request);
  if (payloads.length <= EVENTS_A_BODY_MAX) return payloads;
  throw new Problem(422, 'field-invalid', `The body has ${payloads.length} events; at most ${EVENTS_A_BODY_MAX} are taken from one.`);
}
