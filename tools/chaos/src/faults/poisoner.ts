import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeEvent, type HandoffEvent, TOPICS } from '@handoff/contracts';
import { connectKafka, KafkaEventPublisher, type OutgoingRecord } from '@handoff/messaging';

/** By it the audit knows what the run put there itself. */
export const POISON_HEADER = 'chaos-poison';
const RETRY_MS = 500;

export interface Victim {
  readonly ticketId: string;
  readonly source: string;
  readonly externalId: string;
}

/** Puts records into `handoff.intake` that no service of ours would. */
export class Poisoner {
  private readonly publisher: KafkaEventPublisher;

  constructor(brokers: readonly string[]) {
    this.publisher = new KafkaEventPublisher(connectKafka({ brokers, clientId: 'chaos', log: () => undefined }));
  }

  /** Cannot be read, and stands before further events of the ticket. */
  async unreadable({ ticketId }: Victim, stop: AbortSignal): Promise<void> {
    await this.publish({ topic: TOPICS.intake.name, key: ticketId, headers: { [POISON_HEADER]: 'unreadable', ce_id: randomUUID(), ce_type: 'handoff.ticket.received.v1' }, value: '{"ticketId": ' }, stop);
  }

  /** Can be read, and fails each time it is handled: another id for a ticket of its system that is there already. */
  async failing({ source, externalId }: Victim, stop: AbortSignal): Promise<void> {
    const ticketId = randomUUID();
    const at = new Date().toISOString();
    const event: HandoffEvent = {
      id: randomUUID(), type: 'handoff.ticket.received.v1', source: '/handoff/intake', subject: ticketId, time: at, traceparent: null,
      data: { ticketId, source, sourceParty: null, externalId, externalUrl: null, change: 'created', occurredAt: at, ticket: { subject: 'Poison', area: 'break-fix', offerId: 'contoso-crm' } },
    };
    const encoded = encodeEvent(event);
    await this.publish({ topic: TOPICS.intake.name, ...encoded, headers: { ...encoded.headers, [POISON_HEADER]: 'failing' } }, stop);
  }

  async close(): Promise<void> {
    await this.publisher.close();
  }

  private async publish(record: OutgoingRecord, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      try {
        return await this.publisher.publish([record]);
      } catch {
        await delay(RETRY_MS);
      }
    }
  }
}
