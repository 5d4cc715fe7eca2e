import type { Change, Instant, TicketFields } from '@handoff/contracts';

/** A ticket of which a webhook told too little; what lacks is to be read from its system. */
export interface CompletionAsk {
  readonly source: string;
  readonly externalId: string;
  readonly externalUrl: string | null;
  readonly change: Change;
  /** When what the latest webhook told happened. */
  readonly occurredAt: Instant;
  /** What the webhook told, without its texts: some systems name in it what must be read. */
  readonly fields: TicketFields;
  /** Of the webhook: the event that comes of it belongs to the same trace. */
  readonly traceparent: string;
}

/** Two asks for one ticket as one. A ticket that one of them called new is new. */
export function askedTogether(earlier: CompletionAsk, later: CompletionAsk): CompletionAsk {
  return { ...later, externalUrl: later.externalUrl ?? earlier.externalUrl, change: earlier.change === 'created' ? 'created' : later.change, occurredAt: laterOf(earlier.occurredAt, later.occurredAt), fields: { ...earlier.fields, ...later.fields } };
}

export function laterOf(one: Instant, other: Instant): Instant {
  return Date.parse(one) > Date.parse(other) ? one : other;
}

export function ticketOf({ source, externalId }: Pick<CompletionAsk, 'source' | 'externalId'>): string {
  return `${source} ${externalId}`;
}

/** The right to read one ticket. It ends by itself, so that a process that dies leaves nothing behind. */
export interface Completion extends CompletionAsk {
  /** Since when the ticket waits to be completed. */
  readonly askedAt: Instant;
  /** Attempts that failed before. */
  readonly attempts: number;
  /** Names this claim: what is said of an earlier one of the same ticket changes nothing. */
  readonly claim: string;
  /** How often it was asked for until now. */
  readonly asks: string;
}

/** What a failed attempt leaves. */
export interface FailedAttempt {
  readonly attempts: number;
  /** When it is tried again; `null`: it is given up. */
  readonly dueAt: Date | null;
  /** A sentence for people. */
  readonly problem: string;
}

/** How the completions of a source stand. */
export interface CompletionStanding {
  /** Tickets that wait to be completed. */
  readonly waiting: number;
  /** Since when the first of them waits. */
  readonly oldestAskedAt: Instant | null;
  /** Why the last attempt of one that waits failed. */
  readonly lastProblem: string | null;
  /** Tickets that were given up; they are tried again when the source is changed. */
  readonly givenUp: number;
  readonly lastGivenUp: { readonly externalId: string; readonly at: Instant; readonly problem: string } | null;
}

export const NO_COMPLETIONS: CompletionStanding = { waiting: 0, oldestAskedAt: null, lastProblem: null, givenUp: 0, lastGivenUp: null };
