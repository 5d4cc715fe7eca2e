import { entries, type Entry, type Paint, safeLine, table, wrapped } from '../format.js';
import { isRecord, listAt, textAt, valueAt } from '../json-reading.js';
import { periodWords, statusEntries } from './source-status-text.js';

/** Said beside every secret that is shown. */
export const SHOWN_ONCE = 'This secret will not be shown again: keep it now, where only those who connect the system can read it.';

/** Sources, with what came from each. */
export function sourceTable(items: readonly unknown[]): string[] {
  if (items.length === 0) return ['No source is set up yet. Create one with: npx handoff source create'];
  const rows = items.map((item) => [
    textAt(item, 'source') ?? '?', textAt(item, 'adapter') ?? '', textAt(item, 'sourceParty') ?? '-', textAt(item, 'pausedAt') === null ? 'active' : 'paused',
    textAt(item, 'status', 'lastEventAt') ?? '-', textAt(item, 'status', 'perMinute') ?? '-', periodWords(valueAt(item, 'status', 'lastHour')),
  ].map(safeLine));
  return table([['SOURCE', 'ADAPTER', 'PARTY', 'STATE', 'LAST EVENT', 'A MINUTE', 'LAST HOUR'], ...rows]);
}

/** One source: its fields under the names by which they are changed, then its secrets and its status. */
export function sourceLines(source: unknown, paint: Paint): string[] {
  const fields = isRecord(source) ? Object.entries(source).filter(([key]) => key !== 'status' && key !== 'secrets') : [];
  const secrets = listAt(source, 'secrets').map((secret) => {
    const until = textAt(secret, 'expiresAt');
    return `made ${textAt(secret, 'createdAt') ?? '?'}, ${until === null ? 'holds until it is rotated' : `holds until ${until}`}`;
  });
  const told = [...fields.map(([key, value]): Entry => [key, written(value)]), ['secrets', ...secrets] as const];
  const status = valueAt(source, 'status');
  return [...entries(told, paint), ...(isRecord(status) ? ['', ...entries(statusEntries(status), paint)] : [])];
}

interface SecretTelling {
  /** The person who asks brought the secret. */
  readonly isGiven: boolean;
  readonly paint: Paint;
}

/** A source that was just created, and what to do next. */
export function createdLines(created: unknown, { isGiven, paint }: SecretTelling): string[] {
  const source = textAt(created, 'source') ?? '?';
  const secret = textAt(created, 'secret');
  return [
    ...entries([['Source', `${source}, of the kind ${textAt(created, 'adapter') ?? '?'}`], ['Webhooks', `to ${textAt(created, 'webhookUrl') ?? '?'}`], ['Secret', secretWords(secret, isGiven)]], paint),
    ...(secret === null || isGiven ? [] : [SHOWN_ONCE]),
    '',
    `Connect its system by the steps of: npx handoff source setup ${safeLine(source)}`,
    `Then test it with: npx handoff source test ${safeLine(source)}`,
  ];
}

function secretWords(secret: string | null, isGiven: boolean): string {
  if (secret === null) return 'none: its system proves itself without one';
  return isGiven ? 'the one that was given' : secret;
}

export function rotatedLines(rotated: unknown, { isGiven, paint }: SecretTelling): string[] {
  const list: Entry[] = [['Source', textAt(rotated, 'source')], ['Secret', secretWords(textAt(rotated, 'secret'), isGiven)], ['Older ones', `hold until ${textAt(rotated, 'oldExpireAt') ?? '?'}; enter the new one in the system before`]];
  return [...entries(list, paint), ...(isGiven ? [] : [SHOWN_ONCE])];
}

/** The fields of a source that were changed, as they are now. */
export function changedLines(changed: unknown, names: readonly string[], paint: Paint): string[] {
  return [`${safeLine(textAt(changed, 'source') ?? '?')} is changed.`, ...entries(names.map((name): Entry => [name, written(valueAt(changed, name))]), paint)];
}

const INDENT = ' '.repeat(8);
const STATES = { ok: 'ok    ', failed: 'failed' } as const;

/** A test step by step; below what failed, what to do. */
export function testLines(report: unknown, paint: Paint): string[] {
  const source = safeLine(textAt(report, 'source') ?? '?');
  const steps = listAt(report, 'steps').flatMap((step) => {
    const isOk = valueAt(step, 'isOk') === true;
    const remedy = isOk ? null : remedyOf(textAt(step, 'step') ?? '', source);
    return [
      `${isOk ? paint.good(STATES.ok) : paint.bad(STATES.failed)}  ${wrapped(textAt(step, 'text') ?? '', INDENT).join('\n')}`,
      ...(remedy === null ? [] : [`${INDENT}${wrapped(remedy, INDENT).join('\n')}`]),
    ];
  });
  const ticketId = textAt(report, 'ticketId');
  const verdict = valueAt(report, 'isOk') === true ? `${source} can be used.` : `The test of ${source} failed.`;
  return [...steps, '', verdict, ...(ticketId === null ? [] : [`See where the test ticket went with: npx handoff tickets ${safeLine(ticketId)}`])];
}

/** What to do where a step failed; `null` where the step says it. */
function remedyOf(step: string, source: string): string | null {
  switch (step) {
    case 'post': return 'Intake refused its own test, so something of the installation or of the source is wrong. See what with: npx handoff doctor';
    case 'take': return `Look at the source with: npx handoff source show ${source}, and mend its mapping or settings with: npx handoff source change ${source}. What is parked is then tried again by itself.`;
    default: return null;
  }
}

/** The kinds of systems, with what a source of each needs. */
export function adapterTable(items: readonly unknown[]): string[] {
  const rows = items.map((item) => [
    textAt(item, 'name') ?? '?', textAt(item, 'title') ?? '', valueAt(item, 'hasSecret') === true ? 'made, or yours' : 'none',
    settingWords(valueAt(item, 'settings')), listAt(item, 'api', 'auth').join(', ') || '-',
  ].map(safeLine));
  return table([['ADAPTER', 'SYSTEM', 'SECRET', 'SETTINGS', 'ITS INTERFACE IS READ BY'], ...rows]);
}

/** Names of settings; those that must be given with a star. */
function settingWords(schema: unknown): string {
  const properties = valueAt(schema, 'properties');
  const required = listAt(schema, 'required');
  const names = isRecord(properties) ? Object.keys(properties).map((name) => (required.includes(name) ? `${name}*` : name)) : [];
  return names.length === 0 ? '-' : names.join(', ');
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}
