import { randomUUID } from 'node:crypto';
import type { Transactions } from '@handoff/messaging';
import { type Clock, type FieldProblem, Problem } from '@handoff/platform';
import { isMailAddress } from '../channels/mail/mail-address.js';
import { endOf, stateAt } from './hold.decision.js';
import type { SuppressionStore } from './suppression.store.js';
import type { Match, Suppression, SuppressionState } from './suppression.js';

export interface NewSuppression {
  readonly match: Match;
  readonly includesSeverityA: boolean;
  readonly reason: string;
  readonly author: string;
  readonly authorEmail: string | null;
  /** `null`: from now on. */
  readonly from: Date | null;
  readonly until: Date;
}

/** A suppression as it is now. */
export interface SuppressionStanding {
  readonly suppression: Suppression;
  readonly state: SuppressionState;
  /** Messages that it holds now. */
  readonly held: number;
}

export interface ManageSuppressionsPorts {
  readonly suppressions: SuppressionStore;
  readonly transactions: Transactions;
  readonly clock: Clock;
  /** How long one may last. */
  readonly hoursMax: number;
}

/** Those that have not ended: every message is held against all of them. */
export const SUPPRESSIONS_OPEN_MAX = 1_000;
const HOUR_MS = 3_600_000;

/** Keeps suppressions: each with a reason, an author and an end. None is ever deleted. */
export class ManageSuppressionsHandler {
  constructor(private readonly ports: ManageSuppressionsPorts) {}

  async create({ from, until, ...wanted }: NewSuppression): Promise<SuppressionStanding> {
    const { suppressions, transactions, clock, hoursMax } = this.ports;
    const now = clock.now();
    const begin = from ?? now;
    refuse([...problemsOf({ match: wanted.match, begin, until, now, hoursMax }), ...(wanted.authorEmail === null || isMailAddress(wanted.authorEmail) ? [] : [{ field: '/authorEmail', detail: 'must be one mail address' }])]);
    const suppression: Suppression = { suppressionId: randomUUID(), ...wanted, from: begin.toISOString(), until: until.toISOString(), createdAt: now.toISOString(), ended: null };
    await transactions.run(async (tx) => {
      if ((await suppressions.open(tx, now)).length >= SUPPRESSIONS_OPEN_MAX) throw new Problem(409, 'too-many-suppressions', `There are ${SUPPRESSIONS_OPEN_MAX} suppressions that have not ended. End one that is not needed.`);
      await suppressions.add(tx, suppression);
    });
    return { suppression, state: stateAt(suppression, now.toISOString()), held: 0 };
  }

  list(query: { readonly state: SuppressionState | null; readonly cursor: string | null; readonly limit: number }): Promise<{ readonly items: readonly SuppressionStanding[]; readonly next: string | null }> {
    const { suppressions, transactions, clock } = this.ports;
    const now = clock.now();
    return transactions.run(async (tx) => {
      const { items, next } = await suppressions.list(tx, { ...query, now });
      const held = await suppressions.held(tx, items.map(({ suppressionId }) => suppressionId));
      return { items: items.map((suppression) => ({ suppression, state: stateAt(suppression, now.toISOString()), held: held.get(suppression.suppressionId) ?? 0 })), next };
    });
  }

  /** @throws Problem 404 `suppression-unknown` */
  get(suppressionId: string): Promise<SuppressionStanding> {
    const { suppressions, transactions, clock } = this.ports;
    return transactions.run(async (tx) => {
      const suppression = await suppressions.find(tx, suppressionId);
      if (suppression === null) throw suppressionUnknown(suppressionId);
      const held = await suppressions.held(tx, [suppressionId]);
      return { suppression, state: stateAt(suppression, clock.now().toISOString()), held: held.get(suppressionId) ?? 0 };
    });
  }

  /** Ends one before its time; what it holds is told within a second or two. @throws Problem 404, 409 `suppression-ended` */
  async end(suppressionId: string, by: string): Promise<SuppressionStanding> {
    const { suppressions, transactions, clock } = this.ports;
    const ended = await transactions.run((tx) => suppressions.end(tx, suppressionId, { at: clock.now().toISOString(), by }));
    const standing = await this.get(suppressionId);
    if (ended === null) throw new Problem(409, 'suppression-ended', `The suppression ended at ${endOf(standing.suppression)}.`);
    return standing;
  }
}

export function suppressionUnknown(suppressionId: string): Problem {
  return new Problem(404, 'suppression-unknown', `There is no suppression '${suppressionId.slice(0, 64)}'.`);
}

interface Period {
  readonly match: Match;
  readonly begin: Date;
  readonly until: Date;
  readonly now: Date;
  readonly hoursMax: number;
}

function problemsOf({ match, begin, until, now, hoursMax }: Period): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (Object.keys(match).length === 0) problems.push({ field: '/match', detail: 'must name what is held: destination, address, channel, queue or offerId; or everything, where every message is meant' });
  if (match.everything === true && Object.keys(match).length > 1) problems.push({ field: '/match/everything', detail: 'cannot stand beside what narrows it' });
  if (until <= now) problems.push({ field: '/until', detail: 'must be in the future' });
  else if (until <= begin) problems.push({ field: '/until', detail: 'must be after from' });
  if (until.getTime() - begin.getTime() > hoursMax * HOUR_MS) problems.push({ field: '/until', detail: `must be within ${hoursMax} hours after from` });
  if (begin.getTime() - now.getTime() > SCHEDULED_DAYS_MAX * 24 * HOUR_MS) problems.push({ field: '/from', detail: `must be within ${SCHEDULED_DAYS_MAX} days` });
  return problems;
}

const SCHEDULED_DAYS_MAX = 366;

function refuse(fields: readonly FieldProblem[]): void {
  if (fields.length === 0) return;
  throw new Problem(422, 'invalid-content', `The suppression cannot be kept: ${fields.map(({ field, detail }) => `${field} ${detail}`).join('; ')}.`, { fields });
}
