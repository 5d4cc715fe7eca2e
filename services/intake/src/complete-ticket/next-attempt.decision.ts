/** What came of an attempt to complete a ticket. `code` names it in metrics; `problem` is a sentence for people. */
export type CompletionOutcome =
  /** The whole ticket is told, now or by somebody before. */
  | { readonly code: 'completed' | 'known' }
  /** It carries the mark of a text that Handoff wrote. */
  | { readonly code: 'own' }
  /** Its system does not have it, or not yet. */
  | { readonly code: 'missing' }
  /** Another attempt would end the same, until somebody changes the source. */
  | { readonly code: 'refused'; readonly problem: string }
  /** `retryAfterMs`: sooner it makes no sense; `null`: nothing is known. */
  | { readonly code: 'later'; readonly problem: string; readonly retryAfterMs: number | null };

export interface AttemptFacts {
  /** Since when the ticket waits. */
  readonly askedAt: Date;
  /** Attempts that failed before this one. */
  readonly attempts: number;
  readonly now: Date;
  /** 0 up to, not with, 1. */
  readonly random: number;
}

export type NextStep =
  | { readonly step: 'done' }
  | { readonly step: 'again'; readonly attempts: number; readonly dueAt: Date; readonly problem: string }
  | { readonly step: 'give-up'; readonly attempts: number; readonly problem: string };

const DELAYS_MS = [10, 60, 300, 900, 1_800, 3_600, 7_200, 14_400].map((seconds) => seconds * 1_000);
/** The share of a delay by which it may be longer or shorter, so that many that failed at once do not come back at once. */
const JITTER = 0.2;
/** A ticket that could not be completed for so long is given up. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;
/** Systems tell of a ticket a little before they show it. After so many attempts it is believed to be gone. */
const MISSING_ATTEMPTS_MAX = 3;
const MISSING = 'Its system does not have the ticket.';

/** Whether a ticket is tried again, and when. */
export function nextStep(outcome: CompletionOutcome, facts: AttemptFacts): NextStep {
  const attempts = facts.attempts + 1;
  switch (outcome.code) {
    case 'completed': case 'known': case 'own': return { step: 'done' };
    case 'missing': return attempts >= MISSING_ATTEMPTS_MAX ? { step: 'done' } : again(MISSING, 0, facts);
    case 'refused': return { step: 'give-up', attempts, problem: outcome.problem };
    case 'later': return again(outcome.problem, outcome.retryAfterMs ?? 0, facts);
  }
}

function again(problem: string, delayMsMin: number, { askedAt, attempts, now, random }: AttemptFacts): NextStep {
  const delayMs = Math.max(delayMsMin, (DELAYS_MS[attempts] ?? DELAYS_MS.at(-1) ?? 0)) * (1 + JITTER * random);
  const dueAt = new Date(now.getTime() + delayMs);
  if (dueAt.getTime() > askedAt.getTime() + GIVE_UP_AFTER_MS) return { step: 'give-up', attempts: attempts + 1, problem };
  return { step: 'again', attempts: attempts + 1, dueAt, problem };
}
