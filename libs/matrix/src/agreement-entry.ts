import type { Agreement, AgreementEntry } from './facts.js';
import { ascending } from './ordering.js';

/** An agreement's entry that holds for a ticket, and where it stands. */
export interface AgreedEntry {
  readonly agreement: Agreement;
  readonly entry: AgreementEntry;
  /** Position in the agreement, counted from 1, as a person would. */
  readonly entryNumber: number;
}

/** The facts that an entry may ask for: as it asks, or as a ticket tells them; null where it does not. */
export type Told = Readonly<Record<EntryCondition, string | null>>;

/** An entry with all that is asked of it per ticket read beforehand, and close at hand. */
export interface RankedEntry extends AgreedEntry, Told {
  /** Milliseconds since 1970. */
  readonly fromMs: number;
  /** Milliseconds since 1970; Infinity where the agreement has no end. */
  readonly toMs: number;
  readonly conditionCount: number;
  readonly weights: string;
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

/** The pair whose agreements count. */
export type Pair = Readonly<{ providerId: string; resellerId: string }>;

/** The value of a condition, or null where the entry does not make it. An area `all` is no condition. */
export function entryCondition(entry: AgreementEntry, name: EntryCondition): string | null {
  const value = entry[name];
  return value === 'all' && name === 'area' ? null : value;
}

/**
 * More conditions are more specific; with as many, the agreement that began later wins; within one agreement,
 * the condition that decides more; at last the smaller id, so that the order of storage never decides.
 */
export function bySpecificity(a: RankedEntry, b: RankedEntry): number {
  return (
    b.conditionCount - a.conditionCount ||
    ascending(b.fromMs, a.fromMs) ||
    ascending(a.weights, b.weights) ||
    ascending(a.agreement.id ?? '', b.agreement.id ?? '')
  );
}

/** The positions in ENTRY_CONDITIONS that the entry uses, as text that sorts the weightier first. */
export function weightsOf(entry: AgreementEntry): string {
  return ENTRY_CONDITIONS.map((name) => (entryCondition(entry, name) === null ? '1' : '0')).join('');
}
