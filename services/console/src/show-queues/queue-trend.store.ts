import type { Transaction } from '@handoff/messaging';
import type { QueueHour } from './queue-trend.decision.js';

export interface QueueTrendStore {
  /** The hours from `start` on in which anything came or was finished, by queue. */
  hoursSince(tx: Transaction, start: Date): Promise<readonly QueueHour[]>;
}

export const QUEUE_TREND_STORE = Symbol('QUEUE_TREND_STORE');
