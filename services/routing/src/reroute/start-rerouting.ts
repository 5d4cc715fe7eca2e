import { counter, gauge } from '@handoff/platform';
import type { Transactions } from '@handoff/messaging';
import type { Logger } from 'pino';
import { RerouteTicketsHandler, type RerouteTicketsPorts } from './reroute-tickets.handler.js';
import { PostgresRerouteStore } from './reroute.store.postgres.js';
import { RerouteWaitingWorker } from './reroute-waiting.worker.js';

const POLL_INTERVAL_MS = 500;

const waitingTickets = gauge('handoff_waiting_tickets', 'Tickets that wait for the directory to learn something', ['kind']);
const waitingOldest = gauge('handoff_waiting_oldest_seconds', 'How long the oldest of them has waited', ['kind']);
const failingTickets = gauge('handoff_reroute_failing_tickets', 'Tickets that could not be routed again so far');
const reroutedTotal = counter('handoff_rerouted_total', 'Tickets routed again because the directory learnt something', ['outcome']);

export interface ReroutingParts extends Omit<RerouteTicketsPorts, 'reroutings'> {
  readonly transactions: Transactions;
  readonly log: Logger;
}

/** Starts to route tickets again when the directory learns what they wait for. Close it before the database. */
export function startRerouting({ transactions, log, ...ports }: ReroutingParts): RerouteWaitingWorker {
  const reroutings = new PostgresRerouteStore();
  const worker = new RerouteWaitingWorker({
    transactions, reroutings, handler: new RerouteTicketsHandler({ ...ports, reroutings }), pollIntervalMs: POLL_INTERVAL_MS,
    onRerouted: ({ changed, unchanged, postponed }) => {
      reroutedTotal.inc({ outcome: 'changed' }, changed);
      reroutedTotal.inc({ outcome: 'unchanged' }, unchanged);
      log.info({ changed, unchanged, postponed }, 'The directory learnt something; tickets that waited for it were routed again.');
    },
    onFailed: (ticketId, err) => {
      reroutedTotal.inc({ outcome: 'failed' });
      log.error({ err, ticketId }, 'A ticket could not be routed again; it is tried again later, and shown with the ticket.');
    },
    onError: (err) => log.warn({ err }, 'Tickets cannot be routed again now; the next poll tries again.'),
    onCounted: (waiting, failing) => {
      waitingTickets.reset();
      waitingOldest.reset();
      for (const { kind, tickets, oldestSeconds } of waiting) {
        waitingTickets.set({ kind }, tickets);
        waitingOldest.set({ kind }, oldestSeconds);
      }
      failingTickets.set(failing);
    },
  });
  worker.start();
  return worker;
}
