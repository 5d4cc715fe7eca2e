import { CONDITION_NAMES } from './conditions.js';
import type { ConditionName } from './conditions.js';
import { error, warning } from './findings.js';
import type { Finding } from './findings.js';
import { instantMs } from './instants.js';
import { lintDisclosure } from './lint-disclosure.js';
import { lintOrder, lintPrecedence } from './lint-order.js';
import { unknownReferences } from './lint-references.js';
import type { KnownIds } from './lint-references.js';
import { ROW_PARTIES, STAGES, WEEKDAYS } from './matrix.js';
import type { Conditions, Hours, Matrix, Outcome, Row } from './matrix.js';
import { clockMinutes, isTimeZone } from './time-conditions.js';
import { AREAS, ASKERS, CHANNELS, CLOUDS, CONTACT_KINDS, OFFER_KINDS, OWNERSHIPS, SEVERITIES } from './vocabulary.js';

const BOOLEANS = [true, false] as const;

/** What a condition may be compared with; a condition that is not here takes any text, or is no list. */
export const CONDITION_VALUES: Partial<Record<ConditionName, readonly (string | boolean)[]>> = {
  area: AREAS,
  asker: ASKERS.filter((asker) => asker !== 'partner'),
  ownership: OWNERSHIPS,
  kind: OFFER_KINDS,
  channel: CHANNELS,
  cloud: CLOUDS,
  severity: SEVERITIES,
  responsible: ROW_PARTIES,
  classified: BOOLEANS,
  informationOnly: BOOLEANS,
  partnerFirst: BOOLEANS,
  sourceIsResponsible: BOOLEANS,
  outageOpen: BOOLEANS,
};

/** What an outcome may be. `disclose` is no value of a list: lint-disclosure.ts checks it. */
export const OUTCOME_VALUES: Readonly<Record<Exclude<keyof Outcome, 'disclose'>, readonly (string | boolean | null)[]>> =
  {
    responsible: ROW_PARTIES,
    firstContact: ROW_PARTIES,
    escalation: ROW_PARTIES,
    informed: ROW_PARTIES,
    handsOver: BOOLEANS,
    escalationContact: [...CONTACT_KINDS, null],
    purpose: ['technical', 'business'],
    informationOnly: BOOLEANS,
    stays: BOOLEANS,
    attach: BOOLEANS,
    queue: ['triage', 'unassigned', null],
  };

const OUTCOME_NAMES = [...Object.keys(OUTCOME_VALUES), 'disclose'];

/**
 * What is wrong with a matrix. Errors make it unusable (`compile` refuses it). Warnings do not: rows that can
 * never match, rows of which only their order decides which wins, and what might show a contact by mistake.
 * With `known`, a condition on an id that the directory does not have is a warning too.
 */
export function lintMatrix(matrix: Matrix, known: KnownIds = {}): readonly Finding[] {
  const { version, rows } = matrix;
  return [
    ...versionFindings(version),
    ...rows.flatMap((row, index) => rowFindings(row, `rows[${index}]`)),
    ...repeatedIds(rows),
    ...areasWithoutRow(rows),
    ...lintPrecedence(rows),
    ...lintOrder(rows),
    ...unknownReferences(rows, known),
  ];
}

function versionFindings(version: string): readonly Finding[] {
  if (version.trim() !== '') return [];
  const message = 'A matrix needs a version, which every decision names.';
  return [error({ code: 'version-missing', path: 'version', message, remedy: "Give it one, as 'version: 2026-05'." })];
}

function rowFindings(row: Row, path: string): readonly Finding[] {
  return [
    ...(row.id.trim() === '' ? [withoutId(path)] : []),
    ...unknownValues({ value: row.stage, allowed: STAGES, path: `${path}.stage` }),
    ...Object.entries(row.when).flatMap(([name, value]) => conditionFindings(name, value, `${path}.when.${name}`)),
    ...Object.entries(row.then).flatMap(([name, value]) => outcomeFindings(name, value, `${path}.then.${name}`)),
    ...periodFindings(row.when, `${path}.when`),
    ...(['text', 'source'] as const).flatMap((name) => (row[name].trim() === '' ? [silent(name, `${path}.${name}`)] : [])),
    ...stageFindings(row, path),
    ...lintDisclosure(row, path),
  ];
}

function withoutId(path: string): Finding {
  const remedy = 'Give it a short name, which decisions and explanations then show.';
  return error({ code: 'id-missing', path: `${path}.id`, message: 'A row needs an id.', remedy });
}

function silent(name: 'text' | 'source', path: string): Finding {
  return name === 'text'
    ? error({ code: 'text-missing', path, message: 'A row says in a sentence why it decides so.', remedy: 'Write that sentence.' })
    : error({
        code: 'source-missing',
        path,
        message: 'A row cites what it rests on.',
        remedy: 'Name the page, the contract or the person who decided it.',
      });
}

function conditionFindings(name: string, value: unknown, path: string): readonly Finding[] {
  if (!(CONDITION_NAMES as readonly string[]).includes(name)) {
    const message = `There is no condition '${name}'.`;
    return [error({ code: 'condition-unknown', path, message, remedy: `Use one of ${CONDITION_NAMES.join(', ')}.` })];
  }
  const allowed = CONDITION_VALUES[name as ConditionName];
  const empty = Array.isArray(value) && value.length === 0 ? [emptyList(path)] : [];
  return [...empty, ...(allowed === undefined ? [] : unknownValues({ value, allowed, path }))];
}

function emptyList(path: string): Finding {
  const message = 'The list is empty, so no ticket satisfies it and the row never matches.';
  return warning({ code: 'condition-empty', path, message, remedy: 'Name a value, or leave the condition out.' });
}

function outcomeFindings(name: string, value: unknown, path: string): readonly Finding[] {
  if (name === 'disclose') return [];
  const allowed = (OUTCOME_VALUES as Record<string, readonly unknown[] | undefined>)[name];
  if (allowed !== undefined) return unknownValues({ value, allowed, path });
  const message = `There is no outcome '${name}'.`;
  return [error({ code: 'outcome-unknown', path, message, remedy: `Use one of ${OUTCOME_NAMES.join(', ')}.` })];
}

function unknownValues(check: { value: unknown; allowed: readonly unknown[]; path: string }): readonly Finding[] {
  const isList = Array.isArray(check.value);
  const values: readonly unknown[] = isList ? (check.value as unknown[]) : [check.value];
  return values.flatMap((value, index) => {
    if (check.allowed.includes(value)) return [];
    const path = isList ? `${check.path}[${index}]` : check.path;
    const message = `'${String(value)}' is not one of ${check.allowed.join(', ')}.`;
    return [error({ code: 'value-unknown', path, message, remedy: 'Use one of those.' })];
  });
}

function periodFindings({ from, until, hours }: Conditions, path: string): readonly Finding[] {
  const wrong = Object.entries({ from, until }).filter(([, at]) => at !== undefined && Number.isNaN(instantMs(at)));
  const isEmpty = from !== undefined && until !== undefined && instantMs(until) <= instantMs(from);
  return [
    ...wrong.map(([name, at]) =>
      error({
        code: 'instant-invalid',
        path: `${path}.${name}`,
        message: `'${String(at)}' is neither a date nor an RFC 3339 instant.`,
        remedy: 'Write a date (2026-01-31) or an instant (2026-01-31T09:00:00Z).',
      }),
    ),
    ...(isEmpty
      ? [
          error({
            code: 'period-empty',
            path: `${path}.until`,
            message: `'until' (${until}) is not after 'from' (${from}), so the row never matches.`,
            remedy: "Give an 'until' that is later: it is the first moment at which the row no longer holds.",
          }),
        ]
      : []),
    ...(hours === undefined ? [] : hoursFindings(hours, `${path}.hours`)),
  ];
}

function hoursFindings({ timeZone, days, from, to }: Hours, path: string): readonly Finding[] {
  const remedies = {
    timeZone: "Use an IANA name, as 'Europe/Istanbul'.",
    days: `Name at least one of ${WEEKDAYS.join(', ')}.`,
    clock: "Write hours and minutes, as '09:00', from 00:00 to 24:00.",
  };
  const invalid = (name: string, value: string, remedy: string) =>
    error({ code: 'hours-invalid', path: `${path}.${name}`, message: `'${value}' cannot be used.`, remedy });
  return [
    ...(isTimeZone(timeZone) ? [] : [invalid('timeZone', timeZone, remedies.timeZone)]),
    ...(days.length > 0 && days.every((day) => WEEKDAYS.includes(day)) ? [] : [invalid('days', days.join(', '), remedies.days)]),
    ...Object.entries({ from, to })
      .filter(([, clock]) => Number.isNaN(clockMinutes(clock)))
      .map(([name, clock]) => invalid(name, clock, remedies.clock)),
  ];
}

/** What a stage promises to the stages after it. */
function stageFindings({ stage, then, when }: Row, path: string): readonly Finding[] {
  const isGate = stage === 'gate';
  if (isGate !== (then.queue !== undefined && then.queue !== null)) {
    const message = 'A gate row, and no other, names the queue where the ticket waits.';
    const remedy = isGate ? "Add 'queue: triage' or 'queue: unassigned'." : "Remove 'queue', or make it a gate row.";
    return [error({ code: 'gate-queue', path: `${path}.then.queue`, message, remedy })];
  }
  if (stage !== 'area') return [];
  const isComplete = then.responsible !== undefined && then.firstContact !== undefined && when.area?.length === 1;
  const message = 'An area row names one area, who is responsible and who hears first.';
  const remedy = "Give 'when.area' exactly one area, and 'then' a responsible and a firstContact.";
  return isComplete ? [] : [error({ code: 'area-row-incomplete', path, message, remedy })];
}

function repeatedIds(rows: readonly Row[]): readonly Finding[] {
  const firstOf = new Map<string, number>();
  return rows.flatMap(({ id }, index) => {
    const first = firstOf.get(id);
    if (first === undefined) {
      firstOf.set(id, index);
      return [];
    }
    const message = `Row ${first + 1} is called '${id}' as well.`;
    return [error({ code: 'id-repeated', path: `rows[${index}].id`, message, remedy: 'Give one of the two another id.' })];
  });
}

function areasWithoutRow(rows: readonly Row[]): readonly Finding[] {
  const covered = new Set(
    rows.flatMap(({ stage, when }) => (stage === 'area' && Object.keys(when).length === 1 ? (when.area ?? []) : [])),
  );
  return AREAS.filter((area) => !covered.has(area)).map((area) =>
    error({
      code: 'area-without-row',
      path: 'rows',
      message: `No row of the stage 'area' answers for '${area}' without further conditions.`,
      remedy: `Add a row with 'stage: area' and 'when: {area: [${area}]}'.`,
    }),
  );
}
