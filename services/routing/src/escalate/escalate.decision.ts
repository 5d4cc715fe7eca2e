import type { Decision, EscalationStep, Party } from '@handoff/contracts';
import { after, waitedFor } from '../acknowledge/response.decision.js';
import type { Response } from '../acknowledge/response.js';
import type { Calendar } from '../directory/calendar.decision.js';

export interface EscalationFacts {
  readonly response: Response;
  readonly decision: Decision;
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** RFC 3339. */
  readonly now: string;
}

/** The step that is due, whom it asks, and what is waited for after it. */
export interface Escalation {
  readonly step: EscalationStep;
  /** Destinations of those who were asked before and are reminded; empty for every other step. */
  readonly reminded: readonly string[];
  /** Who is asked now; `null` for a reminder and for operations. */
  readonly party: Party | null;
  readonly response: Response;
}

/**
 * What happens to a ticket that nobody has acknowledged: a reminder before the target, at the target the next of the escalation, then
 * the partner that answers to the customer, then operations. Each who is asked has the time of one target, from when it was asked:
 * a step that comes late, as after a restart, takes no time from it. `null` where nothing is due yet, or any more.
 */
export function escalationDue({ response, decision, calendars, now }: EscalationFacts): Escalation | null {
  const { next, acknowledgeBy, target } = response;
  if (next === null || acknowledgeBy === null || target === null || next.at > now) return null;
  if (next.kind === 'reminder' && now < acknowledgeBy) {
    const reminded = waitedFor(response);
    const steps = [...response.steps, { step: 'reminder' as const, at: now, destinations: reminded }];
    return { step: 'reminder', reminded, party: null, response: { ...response, steps, next: { kind: 'escalation', at: acknowledgeBy } } };
  }
  const { step, party } = nextParty(response, decision);
  const nextAt = party === null ? null : after(target, calendars, { since: now, share: 1 });
  const destination = party === null ? null : destinationOf(party);
  return {
    step, reminded: [], party,
    response: {
      ...response, overdueSince: response.overdueSince ?? acknowledgeBy,
      steps: [...response.steps, { step, at: now, destinations: destination === null ? [] : [destination] }],
      next: nextAt === null ? null : { kind: 'escalation', at: nextAt },
    },
  };
}

/** The queue name of a party that can be written to; `null` for Microsoft, the customer and those whose id is not known. */
export function destinationOf({ role, partyId }: Party): string | null {
  if (partyId === null || partyId === undefined) return null;
  if (role === 'isv-publisher') return `isv/${partyId}`;
  return isPartner(role) ? `partner/${partyId}` : null;
}

function nextParty({ asked, steps }: Response, decision: Decision): Pick<Escalation, 'step' | 'party'> {
  const told = new Set([...asked, ...steps.flatMap(({ destinations }) => destinations)]);
  const isLeft = (party: Party): boolean => {
    const destination = destinationOf(party);
    return destination !== null && !told.has(destination);
  };
  const next = decision.escalation.find(isLeft);
  if (next !== undefined) return { step: 'next-party', party: next };
  const accountable = [decision.accountable, ...decision.informed, decision.firstContact].find((party) => party !== null && isPartner(party.role) && isLeft(party));
  return accountable === undefined || accountable === null ? { step: 'operations', party: null } : { step: 'accountable', party: accountable };
}

function isPartner(role: Party['role']): boolean {
  return role === 'direct-bill-partner' || role === 'indirect-provider' || role === 'indirect-reseller';
}
