import type { Transaction } from '@handoff/messaging';
import type { ServiceRequestKey, ServiceRequestReading, ServiceRequestStanding, ServiceRequestStore } from './service-request.store.js';

/** The twin for tests; it does not roll back. */
export class MemoryServiceRequestStore implements ServiceRequestStore {
  readonly takenEventIds = new Set<string>();
  private readonly standings = new Map<string, ServiceRequestStanding>();
  private readonly requests = new Map<string, string>();

  read(_tx: Transaction, readings: readonly ServiceRequestReading[]): Promise<readonly (readonly string[])[]> {
    for (const { standing, ...key } of readings) {
      const known = this.standings.get(keyOf(key));
      if (standing !== null && (known === undefined || Date.parse(known.changedAt) <= Date.parse(standing.changedAt))) this.standings.set(keyOf(key), standing);
    }
    return Promise.resolve(readings.map((reading) => [...this.requests].filter(([, request]) => request === keyOf(reading)).map(([ticketId]) => ticketId).sort()));
  }

  follow(_tx: Transaction, ticketId: string, key: ServiceRequestKey): Promise<ServiceRequestStanding | null> {
    this.requests.set(ticketId, keyOf(key));
    return Promise.resolve(this.standings.get(keyOf(key)) ?? null);
  }

  taken(_tx: Transaction, readings: readonly ServiceRequestReading[]): Promise<void> {
    for (const { eventId } of readings) this.takenEventIds.add(eventId);
    return Promise.resolve();
  }
}

function keyOf({ party, number }: ServiceRequestKey): string {
  return `${party} ${number}`;
}
