import { entries, type Entry, type Paint, safeLine, table, wrapped } from '../format.js';
import { listAt, textAt, valueAt } from '../json-reading.js';
import { partyWords } from './people-words.js';

const INDENT = '    ';

/** Versions as a table. */
export function versionTable(items: readonly unknown[]): string[] {
  const rows = items.map((item) => [textAt(item, 'version') ?? '?', textAt(item, 'state') ?? '', textAt(item, 'createdAt') ?? '', textAt(item, 'createdBy') ?? '', whenActive(item)].map(safeLine));
  return table([['VERSION', 'STATE', 'CREATED', 'BY', 'ACTIVE'], ...rows]);
}

function whenActive(version: unknown): string {
  const planned = textAt(version, 'activatesAt');
  if (planned !== null) return `from ${planned}`;
  const since = textAt(version, 'activatedAt');
  const until = textAt(version, 'retiredAt');
  if (since === null) return textAt(version, 'note') ?? '-';
  return until === null ? `since ${since}` : `${since} to ${until}`;
}

/** What became of one version. */
export function versionLines(version: unknown, paint: Paint): string[] {
  const list: Entry[] = [
    ['Version', textAt(version, 'version')], ['State', textAt(version, 'state')], ['Active', whenActive(version)], ['Replaced', textAt(version, 'replaced')], ['Note', textAt(version, 'note')],
  ];
  return entries(list, paint);
}

/** Findings with their place, and what to do below each. */
export function findingLines(findings: readonly unknown[], paint: Paint): string[] {
  return findings.flatMap((finding) => {
    const severity = textAt(finding, 'severity') ?? 'error';
    const place = [textAt(finding, 'file'), textAt(finding, 'line'), textAt(finding, 'column')].filter((part) => part !== null).join(':');
    const remedy = textAt(finding, 'remedy');
    return [
      `${safeLine(place)}  ${severity === 'error' ? paint.bad(severity) : severity}  ${safeLine(textAt(finding, 'message') ?? '')} (${safeLine(textAt(finding, 'code') ?? '')})`,
      ...(remedy === null ? [] : [`${INDENT}${wrapped(remedy, INDENT).join('\n')}`]),
    ];
  });
}

/** Results of cases: how many passed, and each that failed with what was expected and what came. */
export function caseLines(results: readonly unknown[], { casesFile, paint }: { readonly casesFile: string; readonly paint: Paint }): string[] {
  const failed = results.filter((result) => valueAt(result, 'passed') !== true);
  const total = `${results.length} ${results.length === 1 ? 'case' : 'cases'}`;
  if (failed.length === 0) return [`${paint.good('ok')}  ${total} passed.`];
  return [...failed.flatMap((result) => failedCase(result, casesFile, paint)), '', `${failed.length} of ${total} failed.`];
}

function failedCase(result: unknown, casesFile: string, paint: Paint): string[] {
  return [
    `${paint.bad('failed')}  ${safeLine(textAt(result, 'name') ?? '?')}  ${paint.dim(`${safeLine(casesFile)}:${textAt(result, 'line') ?? '?'}`)}`,
    ...listAt(result, 'differences').flatMap((difference) => [
      `${INDENT}${safeLine(textAt(difference, 'path') ?? '')}`,
      `${INDENT}  expected  ${written(valueAt(difference, 'expected'))}`,
      `${INDENT}  actual    ${written(valueAt(difference, 'actual'))}`,
    ]),
    ...decidedBy(result),
  ];
}

/** Where to look in the matrix. */
function decidedBy(result: unknown): string[] {
  const row = textAt(result, 'row');
  const variations = listAt(result, 'variations').join(', ');
  return row === null ? [] : [`${INDENT}decided by row ${safeLine(row)}${variations === '' ? '' : `, varied by ${safeLine(variations)}`}`];
}

function written(value: unknown): string {
  return safeLine(value === undefined ? 'nothing' : JSON.stringify(value));
}

/** A comparison: by queue first, then ticket by ticket. */
export function comparisonLines(comparison: unknown, paint: Paint): string[] {
  const changed = Number(valueAt(comparison, 'changed') ?? 0);
  const tickets = textAt(comparison, 'tickets') ?? '0';
  const head = `${changed} of ${tickets} tickets since ${textAt(comparison, 'since') ?? '?'} would be decided otherwise by ${textAt(comparison, 'after') ?? '?'} than by ${textAt(comparison, 'before') ?? '?'}.`;
  const partial = valueAt(comparison, 'isComplete') === false ? ['There are more tickets than are compared at once: the older ones were left out.'] : [];
  if (changed === 0) return [head, ...partial];
  return [head, ...partial, '', ...queueLines(comparison, paint), '', ...ticketLines(comparison, changed, paint)];
}

function queueLines(comparison: unknown, paint: Paint): string[] {
  const rows = listAt(comparison, 'byQueue').map((pair) => {
    const [from, to] = [textAt(pair, 'from') ?? '', textAt(pair, 'to') ?? ''];
    return [textAt(pair, 'tickets') ?? '', from, to === from ? '(the same)' : to].map(safeLine);
  });
  const leftOut = Number(valueAt(comparison, 'byQueueLeftOut') ?? 0);
  return [paint.bold('By queue'), ...table([['TICKETS', 'FROM', 'TO'], ...rows]), ...(leftOut > 0 ? [`… and ${leftOut} other pairs of queues`] : [])];
}

function ticketLines(comparison: unknown, changed: number, paint: Paint): string[] {
  const shown = listAt(comparison, 'byTicket');
  if (shown.length === 0) return [];
  const lines = shown.flatMap((ticket) => [
    `${safeLine([textAt(ticket, 'source'), textAt(ticket, 'externalId'), textAt(ticket, 'area') ?? 'not classified'].join('  '))}  ${paint.dim(safeLine(textAt(ticket, 'ticketId') ?? ''))}`,
    `${INDENT}before  ${decisionWords(valueAt(ticket, 'before'))}`,
    `${INDENT}after   ${decisionWords(valueAt(ticket, 'after'))}`,
    `${INDENT}changed ${safeLine(listAt(ticket, 'changed').join(', '))}`,
  ]);
  return [paint.bold('By ticket'), ...lines, ...(changed > shown.length ? [`… and ${changed - shown.length} more; see more with --limit`] : [])];
}

function decisionWords(decision: unknown): string {
  return safeLine(`${textAt(decision, 'queue') ?? '?'}, ${partyWords(valueAt(decision, 'responsible')) ?? 'nobody'} by row ${textAt(decision, 'row') ?? '?'}`);
}
