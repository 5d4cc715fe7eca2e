import type { Entry } from '../format.js';
import { isRecord, type JsonRecord, textAt, valueAt } from '../json-reading.js';

const OUTCOMES = ['accepted', 'duplicate', 'ignored', 'own', 'parked'];
const TOLD = new Set(['lastEventAt', 'lastAcceptedAt', 'lastRefused', 'lastLagMs', 'perMinute', 'lastHour', 'lastDay', 'completion', 'reconciliation']);

/** What came from a source, in words. What a newer service adds to the status is shown as it comes. */
export function statusEntries(status: JsonRecord): Entry[] {
  const refusedAt = textAt(status, 'lastRefused', 'at');
  const lag = valueAt(status, 'lastLagMs');
  return [
    ['Last event', textAt(status, 'lastEventAt') ?? 'none yet'],
    ['Last accepted', textAt(status, 'lastAcceptedAt') === null ? 'none yet' : `${textAt(status, 'lastAcceptedAt') ?? ''}${typeof lag === 'number' ? `, ${durationWords(lag)} after it happened` : ''}`],
    ['Last refused', refusedAt === null ? 'none' : `${refusedAt}, ${textAt(status, 'lastRefused', 'code') ?? '?'}`],
    ['Rate', `${textAt(status, 'perMinute') ?? '0'} a minute`],
    ['Last hour', `${periodWords(valueAt(status, 'lastHour'))}${lagWords(valueAt(status, 'lastHour', 'lag'))}`],
    ['Last day', `${periodWords(valueAt(status, 'lastDay'))}${lagWords(valueAt(status, 'lastDay', 'lag'))}`],
    ...readingEntries(status),
    ...Object.entries(status).filter(([key]) => !TOLD.has(key)).map(([key, value]): Entry => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  ];
}

/** How the reading of its system stands; nothing of a source that is not read. */
function readingEntries(status: JsonRecord): Entry[] {
  const [completion, polls] = [valueAt(status, 'completion'), valueAt(status, 'reconciliation')];
  return [...(isRecord(completion) ? [['Read whole', completionWords(completion)] as Entry] : []), ...(isRecord(polls) ? [['Polled', pollWords(polls)] as Entry] : [])];
}

function completionWords(completion: JsonRecord): string {
  const [waiting, givenUp] = [Number(valueAt(completion, 'waiting') ?? 0), Number(valueAt(completion, 'givenUp') ?? 0)];
  const problem = textAt(completion, 'lastProblem');
  return [
    waiting === 0 ? 'nothing waits' : `${waiting} waiting since ${textAt(completion, 'oldestAskedAt') ?? '?'}${problem === null ? '' : `: ${problem}`}`,
    ...(givenUp === 0 ? [] : [`${givenUp} given up, the last ${textAt(completion, 'lastGivenUp', 'externalId') ?? '?'}: ${textAt(completion, 'lastGivenUp', 'problem') ?? '?'}`]),
  ].join('; ');
}

function pollWords(polls: JsonRecord): string {
  const problem = textAt(polls, 'lastProblem', 'problem');
  const lag = durationWords(Number(valueAt(polls, 'lagSeconds') ?? 0) * 1_000);
  return `all up to ${textAt(polls, 'readUpTo') ?? '?'}, ${lag} ago; ${textAt(polls, 'found') ?? '0'} found${problem === null ? '' : `; failed at ${textAt(polls, 'lastProblem', 'at') ?? '?'}: ${problem}`}`;
}

/** What became of what came within a time, as `130 accepted, 2 parked, 1 refused (timestamp-stale)`. */
export function periodWords(period: unknown): string {
  const counts = OUTCOMES.flatMap((outcome) => (Number(valueAt(period, outcome) ?? 0) > 0 ? [`${textAt(period, outcome) ?? ''} ${outcome}`] : []));
  const refused = valueAt(period, 'refused');
  const codes = isRecord(refused) ? Object.entries(refused).map(([code, count]) => `${String(count)} refused (${code})`) : [];
  return [...counts, ...codes].join(', ') || 'nothing';
}

function lagWords(lag: unknown): string {
  const [mean, max] = [valueAt(lag, 'meanMs'), valueAt(lag, 'maxMs')];
  return typeof mean === 'number' && typeof max === 'number' ? `; on their way for ${durationWords(mean)}, at most ${durationWords(max)}` : '';
}

/** A time in its nearest unit, as `812 ms`, `4.1 s` or `12 min`. */
export function durationWords(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1_000).toFixed(1)} s`;
  if (durationMs < 7_200_000) return `${Math.round(durationMs / 60_000)} min`;
  return `${Math.round(durationMs / 3_600_000)} h`;
}
