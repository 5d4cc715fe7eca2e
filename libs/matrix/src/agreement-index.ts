import { ENTRY_CONDITIONS, bySpecificity, entryCondition, weightsOf } from './agreement-entry.js';
import type { Pair, RankedEntry, Told } from './agreement-entry.js';
import type { Agreement } from './facts.js';
import { instantMs } from './instants.js';

/**
 * Agreements by pair, with their periods read and their entries sorted, the most specific first. Made once for
 * many decisions, which then cost the same with ten agreements as with a million. It keeps what it was given:
 * make another one when an agreement changes.
 */
export interface AgreementIndex {
  /** How many agreements it was made of. */
  readonly size: number;
  /** By provider, then by reseller. */
  readonly pairs: ReadonlyMap<string, ReadonlyMap<string, readonly RankedEntry[]>>;
}

export function indexAgreements(agreements: readonly Agreement[]): AgreementIndex {
  const pairs = mapValues(Map.groupBy(agreements, ({ providerId }) => providerId), (ofProvider) =>
    mapValues(Map.groupBy(ofProvider, ({ resellerId }) => resellerId), (ofPair) => ofPair.flatMap(rankedEntries).toSorted(bySpecificity)),
  );
  return { size: agreements.length, pairs };
}

function mapValues<Value, Mapped>(map: ReadonlyMap<string, Value>, mapped: (value: Value) => Mapped): ReadonlyMap<string, Mapped> {
  return new Map([...map].map(([key, value]) => [key, mapped(value)]));
}

/** The entries of a pair's agreements in no order, for a caller that has but a few agreements. */
export function entriesOfPair(agreements: readonly Agreement[], pair: Pair): readonly RankedEntry[] {
  return agreements
    .filter(({ providerId, resellerId }) => providerId === pair.providerId && resellerId === pair.resellerId)
    .flatMap(rankedEntries);
}

/** The entries of an agreement, in their order; none where its period cannot be read. */
export function rankedEntries(agreement: Agreement): readonly RankedEntry[] {
  const fromMs = instantMs(agreement.from);
  const toMs = agreement.to === null ? Infinity : instantMs(agreement.to);
  // A period that cannot be read is never in force; left in, its NaN would upset the order of the others.
  if (Number.isNaN(fromMs) || Number.isNaN(toMs)) return [];
  return agreement.entries.map((entry, index) => ({
    // Field by field: copied as a whole, they would lie in two places of memory, and a decision wait for both.
    area: entryCondition(entry, 'area'),
    customerId: entry.customerId,
    supportPlan: entry.supportPlan,
    offerId: entry.offerId,
    publisherId: entry.publisherId,
    kind: entry.kind,
    severity: entry.severity,
    country: entry.country,
    fromMs,
    toMs,
    agreement,
    entry,
    entryNumber: index + 1,
    conditionCount: ENTRY_CONDITIONS.filter((name) => entryCondition(entry, name) !== null).length,
    weights: weightsOf(entry),
  }));
}

/** Whether all that an entry asks for is told, and it is in force at an instant. */
export function holdsFor(asked: RankedEntry, atMs: number, told: Told): boolean {
  return (
    isMet(asked.area, told.area) &&
    isMet(asked.customerId, told.customerId) &&
    isMet(asked.supportPlan, told.supportPlan) &&
    isMet(asked.offerId, told.offerId) &&
    isMet(asked.publisherId, told.publisherId) &&
    isMet(asked.kind, told.kind) &&
    isMet(asked.severity, told.severity) &&
    isMet(asked.country, told.country) &&
    atMs >= asked.fromMs &&
    atMs < asked.toMs
  );
}

function isMet(asked: string | null, told: string | null): boolean {
  return asked === null || asked === told;
}
