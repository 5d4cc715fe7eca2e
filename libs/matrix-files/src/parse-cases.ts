import { instantMs, lintOverlay } from '@handoff/matrix';
import type { ExplainRequest, Finding, Overlay } from '@handoff/matrix';
import { CASES_SCHEMA } from './cases-schema.js';
import type { FileFinding, FileOptions } from './file-finding.js';
import { checkShape } from './shape.js';
import { readDocument } from './written-document.js';

/** Facts, and what of the decision is expected for them. */
export interface CaseStep {
  /** Where it stands in the case: empty, or `steps[1]`. */
  readonly path: string;
  readonly line: number;
  /** When the ticket is judged, unless it names a time itself; null: at the time of the run. */
  readonly at: string | null;
  readonly given: ExplainRequest;
  readonly expect: Readonly<Record<string, unknown>>;
}

export interface MatrixCase {
  readonly name: string;
  readonly line: number;
  readonly overlays: readonly Overlay[];
  readonly steps: readonly CaseStep[];
}

/** The cases that can be run: none where a finding is an error. */
export type ParsedCases = Readonly<{ cases: readonly MatrixCase[]; findings: readonly FileFinding[] }>;

type Data = Readonly<Record<string, unknown>>;
type WrittenStep = Readonly<{ at?: string; given?: Data | null; expect?: Data }>;
type WrittenCase = WrittenStep & Readonly<{ name: string; overlays?: readonly Overlay[]; steps?: readonly WrittenStep[] }>;
type Directory = Readonly<{ offers?: Data; subscriptions?: Data }>;
type WrittenCases = Readonly<{ directory?: Directory; cases: readonly WrittenCase[] }>;

/** Reads cases from YAML or JSON. Never throws: whatever is wrong is a finding with its place. */
export function parseCases(text: string, options: FileOptions): ParsedCases {
  const document = readDocument(text, options);
  if (document.value === undefined) return { cases: [], findings: document.findings };
  const shape = checkShape(document.value, CASES_SCHEMA);
  if (shape.length > 0) return { cases: [], findings: shape.map(document.place) };
  const written = document.value as WrittenCases;
  const findings = caseFindings(written).map(document.place);
  if (findings.some(({ severity }) => severity === 'error')) return { cases: [], findings };
  const lineOf = (path: string) => document.place({ ...NOWHERE, path }).line;
  return { cases: written.cases.map((one, index) => caseOf(one, `cases[${index}]`, written.directory ?? {}, lineOf)), findings };
}

const NOWHERE: Finding = { severity: 'warning', code: '', path: '', message: '', remedy: '' };

function caseOf(written: WrittenCase, path: string, directory: Directory, lineOf: (path: string) => number): MatrixCase {
  let given: Data = {};
  const steps = stepsOf(written).map(({ step, path: inside }) => {
    given = merged(given, step.given ?? {});
    const question = { ticket: {}, ...resolved(given, directory) } as ExplainRequest;
    const line = lineOf(inside === '' ? path : `${path}.${inside}`);
    return { path: inside, line, at: step.at ?? written.at ?? null, given: question, expect: step.expect ?? {} };
  });
  return { name: written.name, line: lineOf(path), overlays: written.overlays ?? [], steps };
}

/** A case is its own first step. */
function stepsOf(written: WrittenCase): readonly { step: WrittenStep; path: string }[] {
  const later = (written.steps ?? []).map((step, index) => ({ step, path: `steps[${index}]` }));
  return [{ step: written, path: '' }, ...later];
}

/** Objects are merged; anything else takes the place of what was there. */
function merged(before: Data, changes: Data): Data {
  const entries = Object.entries(changes).map(([name, value]) => {
    const old = before[name];
    return [name, isData(old) && isData(value) ? merged(old, value) : value] as const;
  });
  return { ...before, ...Object.fromEntries(entries) };
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NAMED = { offer: 'offers', subscription: 'subscriptions' } as const;

/** Names from the directory, replaced by what they name. */
function resolved(given: Data, directory: Directory): Data {
  const found = Object.entries(NAMED).flatMap(([field, list]) => {
    const name = given[field];
    return typeof name === 'string' ? [[field, directory[list]?.[name]] as const] : [];
  });
  return { ...given, ...Object.fromEntries(found) };
}

function caseFindings({ cases, directory = {} }: WrittenCases): readonly Finding[] {
  const names = new Map<string, number>();
  return cases.flatMap((one, index) => {
    const path = `cases[${index}]`;
    const first = names.get(one.name);
    if (first === undefined) names.set(one.name, index);
    return [
      ...(first === undefined ? [] : [repeated(first, `${path}.name`)]),
      ...(one.expect === undefined && one.steps === undefined ? [expectsNothing(path)] : []),
      ...(one.overlays ?? []).flatMap((overlay, at) => lintOverlay(overlay, `${path}.overlays[${at}]`)),
      ...stepsOf(one).flatMap(({ step, path: inside }) => stepFindings(step, inside === '' ? path : `${path}.${inside}`, directory)),
    ];
  });
}

function stepFindings({ at, given }: WrittenStep, path: string, directory: Directory): readonly Finding[] {
  const isTimeless = at !== undefined && Number.isNaN(instantMs(at));
  return [
    ...(isTimeless ? [notAnInstant(at, `${path}.at`)] : []),
    ...Object.entries(NAMED).flatMap(([field, list]) => {
      const name = given?.[field];
      const known = directory[list] ?? {};
      return typeof name !== 'string' || Object.hasOwn(known, name) ? [] : [unknownName(name, list, `${path}.given.${field}`)];
    }),
  ];
}

function repeated(first: number, path: string): Finding {
  const message = `Case ${first + 1} has the same name.`;
  return { severity: 'error', code: 'name-repeated', path, message, remedy: 'Say in the name what makes this case another one.' };
}

function expectsNothing(path: string): Finding {
  const message = 'The case expects nothing, so it can never fail.';
  return { severity: 'error', code: 'expect-missing', path, message, remedy: "Add 'expect' with a part of the decision." };
}

function notAnInstant(at: string, path: string): Finding {
  const message = `'${at}' is neither a date nor an RFC 3339 instant.`;
  return { severity: 'error', code: 'instant-invalid', path, message, remedy: 'Write it as 2026-01-31T09:00:00Z.' };
}

function unknownName(name: string, list: string, path: string): Finding {
  const message = `The directory of this file has no '${name}' among its ${list}.`;
  return { severity: 'error', code: 'reference-unknown', path, message, remedy: `Add it under 'directory.${list}', or write it out here.` };
}
