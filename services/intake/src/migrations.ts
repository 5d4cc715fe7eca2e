import type { MigrationInterface } from 'typeorm';
import { CompletionFields1700000000312, Completions1700000000310, CompletionTimes1700000000313 } from './complete-ticket/completion.migration.js';
import { ParkedDeliveries1700000000201 } from './park-delivery/parked-delivery.migration.js';
import { Reconciliation1700000000311 } from './reconcile-source/reconciliation.migration.js';
import { SealedSecrets1700000000300, SourceAccess1700000000301, SourceCopies1700000000330, SourceSettings1700000000101, Sources1700000000100 } from './sources/source.migration.js';
import { SourceActivity1700000000302 } from './source-activity/activity.migration.js';
import { SourceRates1700000000320 } from './limit-rate/rate.migration.js';
import { Spool1700000000200 } from './spool/spool.migration.js';

/** All of the intake, in order. */
export const INTAKE_MIGRATIONS: readonly (new () => MigrationInterface)[] = [Sources1700000000100, SourceSettings1700000000101, Spool1700000000200, ParkedDeliveries1700000000201, SealedSecrets1700000000300, SourceAccess1700000000301, SourceActivity1700000000302, Completions1700000000310, Reconciliation1700000000311, CompletionFields1700000000312, CompletionTimes1700000000313, SourceRates1700000000320, SourceCopies1700000000330];
