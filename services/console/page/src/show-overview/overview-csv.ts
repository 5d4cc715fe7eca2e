import type { Overview, ShownMeasures } from '../api/server-types.js';

const HEAD = 'scope,at,key,tickets,decided_median_ms,decided_p95_ms,delivered_median_ms,delivered_p95_ms,acknowledged_median_ms,acknowledged_p95_ms,targets_met,targets_missed,overdue';

/** By RFC 4180: the hours or days, then the queues, then the partners. */
export function overviewCsv({ series, queues, partners }: Overview): string {
  const lines = [
    ...series.map((slot) => line('time', slot.at, '', slot, '')),
    ...queues.map((party) => line('queue', '', party.key, party, party.overdue)),
    ...partners.map((party) => line('partner', '', party.key, party, party.overdue)),
  ];
  return [HEAD, ...lines, ''].join('\r\n');
}

function line(scope: string, at: string, key: string, { tickets, routed, delivered, acknowledged, targets }: ShownMeasures, overdue: number | ''): string {
  const numbers = [tickets, ...[routed, delivered, acknowledged].flatMap(({ medianMs, p95Ms }) => [medianMs ?? '', p95Ms ?? '']), targets.met, targets.missed, overdue];
  return [scope, at, quoted(key), ...numbers].join(',');
}

/** A spreadsheet would take a text that begins so for a formula. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
