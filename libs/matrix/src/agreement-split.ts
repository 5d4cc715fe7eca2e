import type { Agreement, AgreementEntry, Facts } from './facts.js';
import { instantMs, isWithin } from './instants.js';
import { ascending } from './ordering.js';

/** An agreement's entry that holds for a ticket, and where it stands. */
export interface AgreedEntry {
  readonly agreement: Agreement;
  readonly entry: AgreementEntry;
  /** Position in the agreement, counted from 1, as a person would. */
  readonly entryNumber: number;
}

/**
 * The conditions of an entry, from the one that decides most to the one that decides least. The order
 * matters only between two entries of one agreement with as many conditions, but not the same ones.
 */
export const ENTRY_CONDITIONS = [
  'customerId',
  'supportPlan',
  'offerId',
  'publisherId',
  'kind',
  'area',
  'severity',
  'country',
] as const;
export type EntryCondition = (typeof ENTRY_CONDITIONS)[number];

type Told = Readonly<Record<EntryCondition, string | null>>;

/** The pair whose agreements count. */
export type Pair = Readonly<{ providerId: string; resellerId: string }>;

/** The value of a condition, or null where the entry does not make it. An area `all` is no condition. */
export function entryCondition(entry: AgreementEntry, name: EntryCondition): string | null {
  const value = entry[name];
  return value === 'all' && name === 'area' ? null : value;
}

/** Whether the agreement binds the pair at an instant. `from` is inclusive, `to` exclusive. */
export function isInForce(agreement: Agreement, pair: Pair, at: string): boolean {
  return (
    agreement.providerId === pair.providerId && agreement.resellerId === pair.resellerId && isWithin(at, agreement)
  );
}

/**
 * The most specific entry in force for the ticket, over all agreements of the pair. More conditions are more
 * specific; with as many, the agreement that began later wins; within one agreement, the condition that
 * decides more; at last the smaller id, so that the order of storage never decides. Null where no entry holds.
 */
export function agreedEntry(facts: Facts, pair: Pair): AgreedEntry | null {
  const told = toldBy(facts);
  const candidates = facts.agreements
    .filter((agreement) => isInForce(agreement, pair, facts.ticket.at))
    .flatMap((agreement) => agreement.entries.map((entry, index) => ({ agreement, entry, entryNumber: index + 1 })))
    .filter(({ entry }) => holds(entry, told));
  return candidates.toSorted(bySpecificity)[0] ?? null;
}

function holds(entry: AgreementEntry, told: Told): boolean {
  return ENTRY_CONDITIONS.every((name) => {
    const wanted = entryCondition(entry, name);
    return wanted === null || wanted === told[name];
  });
}

const NO_OFFER = { id: null, publisherId: null, kind: null };
const NO_SUBSCRIPTION = { customerId: null, supportPlan: null };

function toldBy({ ticket, offer, subscription }: Facts): Told {
  const { id, publisherId, kind } = offer ?? NO_OFFER;
  const { customerId, supportPlan } = subscription ?? NO_SUBSCRIPTION;
  const { area, severity, country } = ticket;
  return { customerId, supportPlan, offerId: id, publisherId, kind, area, severity, country };
}

function bySpecificity(a: AgreedEntry, b: AgreedEntry): number {
  return (
    conditionCount(b.entry) - conditionCount(a.entry) ||
    instantMs(b.agreement.from) - instantMs(a.agreement.from) ||
    ascending(weights(a.entry), weights(b.entry)) ||
    ascending(a.agreement.id ?? '', b.agreement.id ?? '')
  );
}

function conditionCount(entry: AgreementEntry): number {
  return ENTRY_CONDITIONS.filter((name) => entryCondition(entry, name) !== null).length;
}

/** The positions in ENTRY_CONDITIONS that the entry uses, as text that sorts the weightier first. */
function weights(entry: AgreementEntry): string {
  return ENTRY_CONDITIONS.map((name) => (entryCondition(entry, name) === null ? '1' : '0')).join('');
}
