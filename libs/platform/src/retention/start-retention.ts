import { setTimeout as delay } from 'node:timers/promises';
import { PostgresRetention, type RetentionRule } from '@handoff/persistence';
import type { Logger as Pino } from 'pino';
import type { DataSource } from 'typeorm';
import { counter } from '../metrics.js';
import { Repeating } from '../repeating.js';

const ROUND_INTERVAL_MS = 86_400_000;
/** Of a step that deleted something; at most, also where the database was slow. */
const REST_MS_MAX = 1_000;

const forgottenTotal = counter('handoff_forgotten_rows_total', 'Rows that were deleted because their time was over', ['table']);

/** Goes through the tables of these rules once a day, from now on. */
export function startRetention(dataSource: DataSource, rules: readonly RetentionRule[], log: Pino): Repeating {
  const retention = new PostgresRetention(dataSource);
  const rest = (ms: number): Promise<void> => delay(Math.min(ms, REST_MS_MAX));
  const round = async (signal: AbortSignal): Promise<void> => {
    for (const rule of rules) {
      let rows = 0;
      await retention.walk(rule, { now: new Date(), signal, rest, onDeleted: (deleted) => {
        rows += deleted;
        forgottenTotal.inc({ table: rule.table }, deleted);
      } });
      if (rows > 0) log.info({ table: rule.table, rows, keptDays: rule.keptDays }, 'Rows whose time was over were deleted.');
    }
  };
  const repeating = new Repeating({ intervalMs: ROUND_INTERVAL_MS, work: round, onError: (err) => log.warn({ err }, 'What is over could not be deleted; it is tried again tomorrow, or at the next start.') });
  repeating.start();
  return repeating;
}
