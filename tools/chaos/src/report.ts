import type { Audit } from './audit/audit.decision.js';
import type { Fault, Plan } from './plan/fault.js';

export interface RunFigures {
  readonly seed: number;
  readonly minutes: number;
  readonly perSecond: number;
  readonly tickets: number;
  readonly accepted: number;
  readonly events: number;
  readonly decisions: number;
  readonly notifications: number;
  readonly arrivals: number;
  readonly settledMs: number;
  /** Posts that were not answered with 202, by what came instead. */
  readonly repeatedPosts: Readonly<Record<string, number>>;
}

const FINDINGS_SHOWN_MAX = 5;

/** What will go wrong, before it does. */
export function planText({ seed, loadMs, faults }: Plan): string {
  return [`Seed ${seed}: webhooks for ${loadMs / 1_000} s, and ${faults.length} faults.`, ...faults.map((fault) => `  ${faultText(fault)}`)].join('\n');
}

function faultText(fault: Fault): string {
  const lasts = fault.lastsMs === 0 ? '' : ` for ${seconds(fault.lastsMs)} s`;
  const by = fault.kind === 'delay' ? ` by ${fault.byMs} ms` : '';
  return `${seconds(fault.atMs).padStart(6)} s  ${fault.kind} ${fault.on}${by}${lasts}`;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

/** What held, and where it did not. The last line counts, as that of every test of this project does. */
export function reportText({ checks, explainedRepeats }: Audit, figures: RunFigures, problem: string | null): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const rows = checks.map(({ name, looked, findings }) => `  ${name.padEnd(width)}  ${String(looked).padStart(7)}  ${findings.length === 0 ? 'holds' : `${findings.length} FOUND`}`);
  const found = checks.filter(({ findings }) => findings.length > 0);
  const details = found.flatMap(({ name, findings }) => ['', `${name}:`, ...findings.slice(0, FINDINGS_SHOWN_MAX).map((finding) => `  ${finding}`), ...(findings.length > FINDINGS_SHOWN_MAX ? [`  and ${findings.length - FINDINGS_SHOWN_MAX} more`] : [])]);
  const repeats = Object.entries(explainedRepeats).map(([why, count]) => `${count} by ${why}`);
  return [
    '', `Seed ${figures.seed}, ${figures.minutes} min at ${figures.perSecond} webhooks a second. ${figures.tickets} tickets, ${figures.accepted} answers 202, ${figures.events} events, ${figures.decisions} decisions, ${figures.notifications} notifications, ${figures.arrivals} arrivals. Settled within ${seconds(figures.settledMs)} s.`,
    `Posts that had to be repeated: ${listed(Object.entries(figures.repeatedPosts).map(([why, count]) => `${count} × ${why}`))}.`,
    `Messages sent again under the same id, each explained: ${listed(repeats)}.`,
    '', ...rows, ...details, ...(problem === null ? [] : ['', `It did not settle: ${problem}.`]), '',
    `${checks.length - found.length} passed, ${found.length + (problem === null ? 0 : 1)} failed`,
  ].join('\n');
}

const listed = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '));

/** One line for programs. */
export function reportJson({ checks, explainedRepeats }: Audit, figures: RunFigures, problem: string | null): string {
  return JSON.stringify({ ...figures, explainedRepeats, problem, checks });
}
