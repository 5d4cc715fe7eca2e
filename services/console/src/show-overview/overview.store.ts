import type { Transaction } from '@handoff/messaging';
import type { Measures, Scope } from '../read-model/measure.decision.js';

/** Whole hours: `from` is within, `to` is not. RFC 3339. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface MeasuredSlot {
  /** When the hour or day begins. */
  readonly at: string;
  readonly measures: Measures;
}

export interface MeasuredKey {
  readonly key: string;
  readonly measures: Measures;
}

/** Tickets whose response target has passed so lately that the measures do not count them as overdue yet. */
export interface Overdue {
  readonly all: number;
  readonly byQueue: ReadonlyMap<string, number>;
  readonly byPartner: ReadonlyMap<string, number>;
}

export interface OverviewStore {
  /** Everything that is read in this transaction is of one moment. It comes first. */
  begin(tx: Transaction): Promise<void>;
  /** Every hour, or every day of a time zone, that the period touches; also those without tickets. */
  slots(tx: Transaction, of: { readonly scope: Scope; readonly key: string }, period: Period, by: { readonly step: 'hour' | 'day'; readonly zone: string }): Promise<readonly MeasuredSlot[]>;
  /** The keys with the most tickets in the period, those first. */
  keys(tx: Transaction, scope: Scope, period: Period, limit: number): Promise<readonly MeasuredKey[]>;
  /** Of tickets received in the period. */
  overdueOfLate(tx: Transaction, period: Period, now: Date): Promise<Overdue>;
}

export const OVERVIEW_STORE = Symbol('OVERVIEW_STORE');
