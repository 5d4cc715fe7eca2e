import type { Outcome } from '../outbound.js';
import type { CallResult } from './circuit.decision.js';

/** What a call says of its server's health. Refusals of the request and throttling are signs of life; what never left us says nothing. */
export function resultOf(outcome: Outcome): CallResult {
  if (outcome.answer !== null) return outcome.answer.status >= 500 && outcome.answer.status !== 501 ? 'failure' : 'success';
  switch (outcome.kind) {
    case 'dns': case 'connect': case 'tls': case 'reset': case 'timeout': case 'too-large': case 'malformed': return 'failure';
    case 'refused-destination': case 'unsendable': case 'cancelled': case 'held-back': case 'no-credentials': return 'neutral';
  }
}
