import { instantMs } from './instants.js';
import type { Conditions, Hours, Outcome, TextValues } from './matrix.js';
import { NOTHING_YET } from './outcome.js';
import { partyIdOf } from './situation.js';
import type { Situation } from './situation.js';
import { fromTest, hoursTest, untilTest } from './time-conditions.js';

export type ConditionName = keyof Conditions;
export type ConditionValue = string | boolean | null;

export type Reader = (situation: Situation, outcome: Outcome) => ConditionValue;
export type Test = (situation: Situation) => boolean;

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
  language: ({ facts }) => facts.ticket.language,
  publisherId: ({ facts }) => facts.offer?.publisherId ?? null,
  offerId: ({ facts }) => facts.offer?.id ?? null,
  partnerId: ({ csp }) => csp.lead.partyId,
  providerId: (situation) => partnerIds(situation).providerId,
  resellerId: (situation) => partnerIds(situation).resellerId,
  customerId: ({ facts }) => facts.subscription?.customerId ?? null,
  from: ({ facts }) => facts.ticket.at,
  until: ({ facts }) => facts.ticket.at,
  hours: ({ facts }) => facts.ticket.at,
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

/**
 * One condition of a compiled row. It holds if `allowed` has the value that is read, or where it has a `test`,
 * which takes the place of that comparison, if the test does.
 */
export interface CompiledCondition {
  readonly name: ConditionName;
  readonly allowed: readonly ConditionValue[];
  readonly test?: Test;
}

export function compileConditions(when: Conditions): readonly CompiledCondition[] {
  return Object.entries(when).map(([name, wanted]) => compileCondition(name as ConditionName, wanted));
}

/** How a condition is read, for whoever reads it often. */
export function readerOf(name: ConditionName): Reader {
  return READERS[name];
}

export function readCondition(name: ConditionName, situation: Situation, outcome: Outcome): ConditionValue {
  return READERS[name](situation, outcome);
}

/** Whether a condition holds for a ticket, after the rows that made `outcome`. */
export function conditionHolds(condition: CompiledCondition, situation: Situation, outcome: Outcome): boolean {
  const { name, allowed, test } = condition;
  return test === undefined ? allowed.includes(READERS[name](situation, outcome)) : test(situation);
}

type Wanted = NonNullable<Conditions[ConditionName]>;

function compileCondition(name: ConditionName, wanted: Wanted): CompiledCondition {
  if (name === 'from' || name === 'until' || name === 'hours') return { name, allowed: [], test: timeTest(name, wanted) };
  if (isNot(wanted)) return { name, allowed: [], test: noneTest(name, wanted.not.map(asCompared(name))) };
  const allowed = ([wanted].flat() as readonly ConditionValue[]).map(asCompared(name));
  const valuesOf = VALUES_OF[name];
  return valuesOf === undefined ? { name, allowed } : { name, allowed, test: anyTest(valuesOf, allowed) };
}

function timeTest(name: 'from' | 'until' | 'hours', wanted: Wanted): Test {
  const tests = {
    from: () => fromTest(String(wanted)),
    until: () => untilTest(String(wanted)),
    hours: () => hoursTest(wanted as Hours),
  };
  const holds = tests[name]();
  return ({ facts }) => holds(instantMs(facts.ticket.at));
}

/** Facts have countries in capitals and languages in small letters, however a row writes them. */
function asCompared(name: ConditionName): (value: ConditionValue) => ConditionValue {
  return (value) => {
    if (typeof value !== 'string') return value;
    if (name === 'country') return value.toUpperCase();
    return name === 'language' ? value.toLowerCase() : value;
  };
}

type ValuesOf = (situation: Situation) => readonly (string | null)[];

/** Facts of which a ticket has several values at once. */
const VALUES_OF: Partial<Record<ConditionName, ValuesOf>> = {
  language: ({ facts }) => languageRanges(facts.ticket.language),
  partnerId: (situation) => Object.values(partnerIds(situation)),
};

function anyTest(valuesOf: ValuesOf, allowed: readonly ConditionValue[]): Test {
  return (situation) => valuesOf(situation).some((value) => allowed.includes(value));
}

/** Holds where the fact is known, and none of its values is refused. */
function noneTest(name: ConditionName, refused: readonly ConditionValue[]): Test {
  const valuesOf = VALUES_OF[name];
  return (situation) => {
    // A condition on a text does not depend on what earlier rows said.
    const values = (valuesOf?.(situation) ?? [READERS[name](situation, NOTHING_YET)]).filter((value) => value !== null);
    return values.length > 0 && !values.some((value) => refused.includes(value));
  };
}

/** `de-AT` is in the ranges `de-at` and `de`. */
function languageRanges(tag: string | null): readonly string[] {
  if (tag === null) return [];
  const parts = tag.toLowerCase().split(/[-_]/);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('-'));
}

type PartnerIds = Readonly<Record<'partnerId' | 'providerId' | 'resellerId', string | null>>;

const NO_PARTNERS: PartnerIds = { partnerId: null, providerId: null, resellerId: null };

function partnerIds({ facts: { subscription } }: Situation): PartnerIds {
  if (subscription === null || subscription.partner === null) return NO_PARTNERS;
  const { partner, customerResellerId } = subscription;
  if (partner.model === 'direct-bill') return { ...NO_PARTNERS, partnerId: partner.partnerId };
  return { partnerId: null, providerId: partner.providerId, resellerId: partner.resellerId ?? customerResellerId };
}

function isNot(wanted: Wanted): wanted is Exclude<TextValues, readonly string[]> {
  return typeof wanted === 'object' && 'not' in wanted;
}
