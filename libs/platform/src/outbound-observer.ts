import type { CircuitChange, OutboundObserver, Outcome } from '@handoff/outbound';
import { counter, gauge, histogram } from './metrics.js';

const callsTotal = counter('handoff_outbound_calls_total', 'Calls to other servers, by what came of them: the class of the status, or why there is none', ['outcome']);
const callSeconds = histogram('handoff_outbound_call_seconds', 'How long calls to other servers took, with waiting for their turn');
const openCircuits = gauge('handoff_outbound_open_circuits', 'Servers that are not called for a while, because they failed');

/** The part of pino's logger that is used here. */
export interface CircuitLog {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

/** Counts calls to other servers, and logs when one of these is left alone and when it is well again. */
export function observeOutbound(log: CircuitLog): OutboundObserver {
  return {
    onOutcome: (outcome, durationMs) => {
      callsTotal.inc({ outcome: labelOf(outcome) });
      callSeconds.observe(durationMs / 1_000);
    },
    onCircuitChange: ({ lane, from, to }: CircuitChange) => {
      // What is probed counts as open until the probe succeeds.
      if (from === 'closed') openCircuits.inc();
      if (to === 'closed') openCircuits.dec();
      if (from === 'closed') log.warn({ lane }, 'a server failed too often; calls to it wait');
      else if (to === 'closed') log.info({ lane }, 'a server is well again; calls to it go on');
    },
  };
}

function labelOf(outcome: Outcome): string {
  return outcome.kind === 'answered' ? `${Math.floor(outcome.answer.status / 100)}xx` : outcome.kind;
}
