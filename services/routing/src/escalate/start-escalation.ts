import type { Transactions } from '@handoff/messaging';
import { counter, gauge } from '@handoff/platform';
import type { Logger } from 'pino';
import { EscalateTicketHandler, type EscalateTicketPorts } from './escalate-ticket.handler.js';
import { EscalationWorker } from './escalation.worker.js';
import { PostgresTimerStore } from './timer.store.postgres.js';

const POLL_INTERVAL_MS = 1_000;

const escalatedTotal = counter('handoff_escalated_total', 'Steps taken because nobody had acknowledged a ticket', ['step']);
const overdueTickets = gauge('handoff_overdue_tickets', 'Tickets whose response target is missed and that nobody has acknowledged');

export interface EscalationParts extends Omit<EscalateTicketPorts, 'timers'> {
  readonly transactions: Transactions;
  readonly log: Logger;
}

/** Starts to remind and to escalate. Close it before the database. */
export function startEscalation({ transactions, log, ...ports }: EscalationParts): EscalationWorker {
  const timers = new PostgresTimerStore();
  const worker = new EscalationWorker({
    transactions, timers, handler: new EscalateTicketHandler({ ...ports, timers }), clock: ports.clock, pollIntervalMs: POLL_INTERVAL_MS,
    onStep: (outcome) => escalatedTotal.inc({ step: outcome }),
    onFailed: (ticketId, err) => {
      escalatedTotal.inc({ step: 'failed' });
      log.error({ err, ticketId }, 'A ticket that nobody acknowledged could not be escalated; it is tried again later, and shown with the ticket.');
    },
    onError: (err) => log.warn({ err }, 'Tickets cannot be escalated now; the next poll tries again.'),
    onCounted: (overdue) => overdueTickets.set(overdue),
  });
  worker.start();
  return worker;
}
