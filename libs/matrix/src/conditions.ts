import type { Conditions, Outcome } from './matrix.js';
import { partyIdOf } from './situation.js';
import type { Situation } from './situation.js';

export type ConditionName = keyof Conditions;
export type ConditionValue = string | boolean | null;

type Reader = (situation: Situation, outcome: Outcome) => ConditionValue;

/** How each condition of a row is read off a ticket. A new condition is one line in matrix.ts and one here. */
const READERS: Readonly<Record<ConditionName, Reader>> = {
  area: ({ facts }) => facts.ticket.area,
  asker: ({ asker }) => asker,
  // Handoff is about marketplace products, so a product that nobody named is a publisher's.
  ownership: ({ facts }) => facts.offer?.ownership ?? 'third-party',
  kind: ({ facts }) => facts.offer?.kind ?? null,
  channel: ({ facts }) => facts.subscription?.channel ?? 'csp',
  cloud: ({ facts }) => facts.ticket.cloud,
  severity: ({ facts }) => facts.ticket.severity,
  country: ({ facts }) => facts.ticket.country,
  publisherId: ({ facts }) => facts.offer?.publisherId ?? null,
  offerId: ({ facts }) => facts.offer?.id ?? null,
  responsible: (_situation, outcome) => outcome.responsible,
  classified: ({ facts }) => facts.ticket.area !== null,
  informationOnly: (_situation, outcome) => outcome.informationOnly,
  partnerFirst: ({ partnerFirst }) => partnerFirst,
  sourceIsResponsible: (situation, outcome) => {
    const source = situation.facts.ticket.sourcePartyId;
    return source !== null && source === partyIdOf(outcome.responsible, situation);
  },
  outageOpen: ({ outage }) => outage !== null,
};

/** Every condition there is, for checking a matrix that somebody wrote. */
export const CONDITION_NAMES = Object.keys(READERS) as readonly ConditionName[];

/** One condition of a compiled row: the values that satisfy it. */
export type CompiledCondition = Readonly<{ name: ConditionName; allowed: readonly ConditionValue[] }>;

export function compileConditions(when: Conditions): readonly CompiledCondition[] {
  return Object.entries(when).map(([name, allowed]) => ({
    name: name as ConditionName,
    allowed: Array.isArray(allowed) ? (allowed as readonly ConditionValue[]) : [allowed as ConditionValue],
  }));
}

export function readCondition(name: ConditionName, situation: Situation, outcome: Outcome): ConditionValue {
  return READERS[name](situation, outcome);
}
