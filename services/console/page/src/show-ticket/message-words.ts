import type { Say } from '../words/words.js';

const STATES = ['pending', 'delivered', 'failed', 'suppressed'] as const;
const PURPOSES = ['act', 'hand-over', 'inform'] as const;
const OUTCOMES = ['delivered', 'retry', 'failed'] as const;

/** What became of a message, in the viewer's language; a word that this page does not know yet stays as the server says it. */
export function messageStateOf(state: string, say: Say): string {
  const known = STATES.find((one) => one === state);
  return known === undefined ? state : say(`messages.state.${known}`);
}

export function purposeOf(purpose: string, say: Say): string {
  const known = PURPOSES.find((one) => one === purpose);
  return known === undefined ? purpose : say(`messages.purpose.${known}`);
}

export function attemptOutcomeOf(outcome: string, say: Say): string {
  const known = OUTCOMES.find((one) => one === outcome);
  return known === undefined ? outcome : say(`messages.outcome.${known}`);
}
