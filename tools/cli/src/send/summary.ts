import { entries, type Entry, type Paint } from '../format.js';
import type { Accepted, Outcome, Refused } from './outcome.js';

export interface Summary {
  readonly accepted: readonly Accepted[];
  readonly refused: readonly Refused[];
  /** Refused sends by code, most frequent first. */
  readonly refusedByCode: readonly (readonly [code: string, count: number])[];
  /** Requests that were repeated. */
  readonly retries: number;
  readonly durationMs: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number } | null;
}

export function summaryOf(outcomes: readonly Outcome[], durationMs: number): Summary {
  const accepted = outcomes.filter((outcome) => outcome.kind === 'accepted');
  const refused = outcomes.filter((outcome) => outcome.kind === 'refused');
  const counts = new Map<string, number>();
  for (const { code } of refused) counts.set(code, (counts.get(code) ?? 0) + 1);
  const durations = accepted.map((outcome) => outcome.durationMs).sort((a, b) => a - b);
  return {
    accepted, refused, durationMs,
    refusedByCode: [...counts].sort(([, a], [, b]) => b - a),
    retries: outcomes.reduce((sum, outcome) => sum + outcome.retries, 0),
    latencyMs: durations.length === 0 ? null : { p50: percentile(durations, 50), p99: percentile(durations, 99) },
  };
}

/** The nearest-rank percentile of values in rising order, of which there is at least one. */
export function percentile(rising: readonly number[], percent: number): number {
  return rising[Math.max(0, Math.ceil((rising.length * percent) / 100) - 1)] ?? 0;
}

/** The document for programs. With one send its ids stand at the top too. */
export function summaryDocument(summary: Summary): Record<string, unknown> {
  const sent = summary.accepted.map(({ eventId, ticketId, externalId, isDuplicate }) => ({ eventId, ticketId, externalId, ...(isDuplicate ? { duplicate: true } : {}) }));
  const refused = summary.refused.map(({ externalId, status, code, message }) => ({ externalId, status, code, message }));
  const only = sent.length === 1 && refused.length === 0 ? sent[0] : {};
  return { ...only, sent, refused, retries: summary.retries, durationMs: summary.durationMs, latencyMs: summary.latencyMs };
}

/** The summary of many sends, for people. */
export function summaryLines(source: string, summary: Summary, paint: Paint): string[] {
  const { accepted, refused, retries, durationMs, latencyMs } = summary;
  const seconds = durationMs / 1_000;
  const list: Entry[] = [
    ['Accepted', `${accepted.length} of ${accepted.length + refused.length} by ${source}${duplicatesText(accepted)}`],
    ['Refused', ...summary.refusedByCode.map(([code, count]) => paint.bad(`${count} × ${code}`))],
    ['Sent again', retries === 0 ? null : `${retries} times, because the service had no room or the connection broke`],
    ['Duration', `${seconds.toFixed(2)} s, ${Math.round(accepted.length / Math.max(seconds, 0.001))} accepted/s`],
    ['Latency', latencyMs === null ? null : `p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms`],
  ];
  return entries(list, paint);
}

function duplicatesText(accepted: readonly Accepted[]): string {
  const duplicates = accepted.filter(({ isDuplicate }) => isDuplicate).length;
  return duplicates === 0 ? '' : `, ${duplicates} of them known before`;
}

/** The receipt of one send, for people. */
export function receiptLines(source: string, accepted: Accepted, paint: Paint): string[] {
  const { eventId, ticketId, externalId, isDuplicate } = accepted;
  return [
    isDuplicate ? `${source} had this event before; nothing changes.` : `Accepted from ${source}.`,
    ...entries([['Event', eventId], ['Ticket', ticketId], ['Its name there', externalId]], paint),
    ...(ticketId === null ? [] : [paint.dim(`See where it goes: npx handoff tickets ${ticketId}`)]),
  ];
}
