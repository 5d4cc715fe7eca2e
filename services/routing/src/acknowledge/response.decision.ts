import type { Calendar } from '../directory/calendar.decision.js';
import { dueAt } from '../directory/calendar.decision.js';
import type { Acknowledgement, AcknowledgementMode, Response, TicketTarget } from './response.js';

/** The share of its target after which those who are asked are reminded. */
const REMINDER_SHARE = 0.5;

export interface Turn {
  readonly former: { readonly response: Response | undefined; readonly isClosed: boolean; readonly queue: string } | null;
  readonly isClosed: boolean;
  readonly queue: string;
  /** Destinations whose turn it is now. */
  readonly asked: readonly string[];
  readonly mode: AcknowledgementMode;
  readonly target: TicketTarget | null;
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** RFC 3339. */
  readonly now: string;
}

/**
 * Who is waited for after a decision. Other hands begin anew; the same hands go on, with another deadline where the target is another
 * one. A ticket that is closed, or attached to an outage, waits for nobody. Undefined where nobody was ever asked.
 */
export function responseAfter(turn: Turn): Response | undefined {
  const { former, isClosed, asked } = turn;
  const before = former?.response;
  if (isClosed) return before === undefined ? undefined : { ...before, next: null, overdueSince: null };
  if (before !== undefined && !former?.isClosed && isSameTurn(before, turn)) return goingOn(before, turn);
  return asked.length === 0 ? undefined : begun(turn);
}

/** The deadline, and what the timer is set for first. */
export function deadlineOf(target: TicketTarget | null, calendars: ReadonlyMap<string, Calendar>, since: string): Pick<Response, 'target' | 'acknowledgeBy' | 'next'> {
  const due = target === null ? null : after(target, calendars, { since, share: 1 });
  if (target === null || due === null) return { target, acknowledgeBy: null, next: null };
  return { target, acknowledgeBy: due, next: { kind: 'reminder', at: after(target, calendars, { since, share: REMINDER_SHARE }) ?? due } };
}

/** When a share of the target has passed; `null` where the calendar has no such time. */
export function after(target: TicketTarget, calendars: ReadonlyMap<string, Calendar>, { since, share }: { readonly since: string; readonly share: number }): string | null {
  return dueAt({ minutes: target.minutes * share }, calendars.get(target.calendarId ?? '') ?? null, new Date(since))?.toISOString() ?? null;
}

/** Of an acknowledgement: what is waited for after it, or why it says nothing new. */
export type Acknowledged =
  | { readonly outcome: 'taken'; readonly response: Response; readonly isComplete: boolean }
  | { readonly outcome: 'already' }
  | { readonly outcome: 'not-asked'; readonly asked: readonly string[] };

export function acknowledge(response: Response | undefined, said: Acknowledgement): Acknowledged {
  const open = response ?? { asked: [], mode: 'first' as const, since: said.at, target: null, acknowledgeBy: null, acknowledgements: [], acknowledgedAt: null, steps: [], next: null, overdueSince: null };
  if (open.acknowledgedAt !== null || isRepeated(open, said)) return { outcome: 'already' };
  const known = [...open.asked, ...open.steps.flatMap(({ destinations }) => destinations)];
  if (said.party !== null && !known.includes(said.party)) return { outcome: 'not-asked', asked: known };
  const acknowledgements = [...open.acknowledgements, said];
  const isComplete = open.mode === 'first' || waitedFor({ ...open, acknowledgements }).length === 0;
  return { outcome: 'taken', isComplete, response: { ...open, acknowledgements, ...(isComplete ? { acknowledgedAt: said.at, next: null, overdueSince: null } : {}) } };
}

/** Those whose acknowledgement is missing. Whoever was asked by an escalation, or speaks for no party, speaks for all. */
export function waitedFor({ asked, acknowledgements }: Pick<Response, 'asked' | 'acknowledgements'>): readonly string[] {
  if (acknowledgements.some(({ party }) => party === null || !asked.includes(party))) return [];
  return asked.filter((destination) => !acknowledgements.some(({ party }) => party === destination));
}

function isRepeated({ acknowledgements }: Response, { party }: Acknowledgement): boolean {
  return party !== null && acknowledgements.some((known) => known.party === party);
}

function isSameTurn(before: Response, { asked, former, queue }: Turn): boolean {
  if (asked.length === 0) return before.asked.length === 0 && former?.queue === queue;
  return asked.length === before.asked.length && asked.every((destination) => before.asked.includes(destination));
}

function goingOn(before: Response, { target, calendars, mode }: Turn): Response {
  const isSameTarget = before.target?.minutes === target?.minutes && before.target?.calendarId === target?.calendarId;
  if (before.acknowledgedAt !== null || isSameTarget || before.overdueSince !== null) return before;
  const deadline = deadlineOf(target, calendars, before.since);
  const isReminded = before.steps.length > 0;
  const next = isReminded && deadline.acknowledgeBy !== null ? { kind: 'escalation' as const, at: deadline.acknowledgeBy } : deadline.next;
  return { ...before, ...deadline, mode, next };
}

function begun({ asked, mode, target, calendars, now }: Turn): Response {
  return { asked, mode, since: now, ...deadlineOf(target, calendars, now), acknowledgements: [], acknowledgedAt: null, steps: [], overdueSince: null };
}
