import { CONDITION_NAMES } from './conditions.js';
import type { ConditionName } from './conditions.js';
import type { Finding } from './findings.js';
import { ROW_PARTIES, STAGES } from './matrix.js';
import type { Matrix, Outcome, Row } from './matrix.js';
import { AREAS, ASKERS, CHANNELS, CLOUDS, CONTACT_KINDS, OFFER_KINDS, OWNERSHIPS, SEVERITIES } from './vocabulary.js';

const BOOLEANS = [true, false] as const;

/** What a condition may be compared with; a condition that is not here takes any text. */
const ALLOWED_VALUES: Partial<Record<ConditionName, readonly unknown[]>> = {
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

const ALLOWED_OUTCOMES: Readonly<Record<keyof Outcome, readonly unknown[]>> = {
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

/**
 * What is wrong with a matrix. Errors make it unusable (`compile` refuses it); warnings are rows that can
 * never match because an earlier row of their stage takes all their tickets.
 */
export function lintMatrix(matrix: Matrix): readonly Finding[] {
  return [
    ...versionFindings(matrix),
    ...matrix.rows.flatMap((row, index) => rowFindings(row, `rows[${index}]`)),
    ...repeatedIds(matrix.rows),
    ...areasWithoutRow(matrix.rows),
    ...unreachableRows(matrix.rows),
  ];
}

function versionFindings({ version }: Matrix): readonly Finding[] {
  if (version.trim() !== '') return [];
  return [error('version-missing', 'version', 'A matrix needs a version, which every decision names.')];
}

function rowFindings(row: Row, path: string): readonly Finding[] {
  return [
    ...(row.id.trim() === '' ? [error('id-missing', `${path}.id`, 'A row needs an id.')] : []),
    ...unknownValues({ value: row.stage, allowed: STAGES, path: `${path}.stage` }),
    ...Object.entries(row.when).flatMap(([name, value]) => conditionFindings(name, value, `${path}.when.${name}`)),
    ...Object.entries(row.then).flatMap(([name, value]) => outcomeFindings(name, value, `${path}.then.${name}`)),
    ...stageFindings(row, path),
  ];
}

function conditionFindings(name: string, value: unknown, path: string): readonly Finding[] {
  if (!(CONDITION_NAMES as readonly string[]).includes(name)) {
    return [error('condition-unknown', path, `There is no condition '${name}': use ${CONDITION_NAMES.join(', ')}.`)];
  }
  const allowed = ALLOWED_VALUES[name as ConditionName];
  return allowed === undefined ? [] : unknownValues({ value, allowed, path });
}

function outcomeFindings(name: string, value: unknown, path: string): readonly Finding[] {
  const allowed = (ALLOWED_OUTCOMES as Record<string, readonly unknown[] | undefined>)[name];
  if (allowed !== undefined) return unknownValues({ value, allowed, path });
  return [
    error('outcome-unknown', path, `There is no outcome '${name}': use ${Object.keys(ALLOWED_OUTCOMES).join(', ')}.`),
  ];
}

function unknownValues(check: { value: unknown; allowed: readonly unknown[]; path: string }): readonly Finding[] {
  const values: readonly unknown[] = Array.isArray(check.value) ? check.value : [check.value];
  return values
    .filter((value) => !check.allowed.includes(value))
    .map((value) =>
      error('value-unknown', check.path, `'${String(value)}' is not one of ${check.allowed.join(', ')}.`),
    );
}

/** What a stage promises to the stages after it. */
function stageFindings({ stage, then, when }: Row, path: string): readonly Finding[] {
  const isGate = stage === 'gate';
  if (isGate !== (then.queue !== undefined && then.queue !== null)) {
    return [
      error('gate-queue', `${path}.then.queue`, 'A gate row, and no other, names the queue where the ticket waits.'),
    ];
  }
  if (stage !== 'area') return [];
  const isComplete = then.responsible !== undefined && then.firstContact !== undefined && when.area?.length === 1;
  return isComplete
    ? []
    : [error('area-row-incomplete', path, 'An area row names one area, who is responsible and who hears first.')];
}

function repeatedIds(rows: readonly Row[]): readonly Finding[] {
  return rows.flatMap((row, index) =>
    rows.findIndex(({ id }) => id === row.id) === index
      ? []
      : [error('id-repeated', `rows[${index}].id`, `Another row is called '${row.id}' as well.`)],
  );
}

function areasWithoutRow(rows: readonly Row[]): readonly Finding[] {
  const covered = new Set(
    rows.flatMap(({ stage, when }) => (stage === 'area' && Object.keys(when).length === 1 ? (when.area ?? []) : [])),
  );
  return AREAS.filter((area) => !covered.has(area)).map((area) =>
    error('area-without-row', 'rows', `No row of the stage 'area' answers for '${area}' without further conditions.`),
  );
}

function unreachableRows(rows: readonly Row[]): readonly Finding[] {
  return rows.flatMap((row, index) => {
    const hiding = rows.slice(0, index).find((earlier) => earlier.stage === row.stage && takesAllOf(earlier, row));
    if (hiding === undefined) return [];
    const message = `'${row.id}' never matches: '${hiding.id}' comes first and takes all its tickets.`;
    return [{ severity: 'warning' as const, code: 'row-unreachable', path: `rows[${index}]`, message }];
  });
}

/** Whether every ticket that matches `row` matches `earlier` too. */
function takesAllOf(earlier: Row, row: Row): boolean {
  const narrower = row.when as Record<string, unknown>;
  return Object.entries(earlier.when).every(([name, wide]) => {
    const narrow = narrower[name];
    return narrow !== undefined && listed(narrow).every((value) => listed(wide).includes(value));
  });
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function error(code: string, path: string, message: string): Finding {
  return { severity: 'error', code, path, message };
}
