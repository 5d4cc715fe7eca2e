import { AREAS, ASKERS, type Change, CLOUDS, SEVERITIES, type TicketFields as EventTicketFields } from '@handoff/contracts';
import { FACT_NAMES, type FactName, type Mapping, type MappingRule, type TicketFacts } from './mapping.js';
import { containsWords, equalsText, textsAt } from './payload-path.js';

export interface FactsQuestion {
  readonly payload: unknown;
  readonly change: Change;
  readonly mapping: Mapping;
  /** What the adapter read by itself, as the severity from a priority. */
  readonly told: TicketFacts;
  /** Facts that the adapter can tell when the payload has them. */
  readonly tells: ReadonlySet<FactName>;
}

/** Who said the area: the payload named one of ours, or a rule of the mapping made it one. */
export type ToldAreaBasis = NonNullable<EventTicketFields['areaBasis']>;

export interface FactsAnswer {
  readonly facts: TicketFacts;
  /** Only where there is an area. */
  readonly areaBasis?: ToldAreaBasis;
  /** Values that a path led to but that mean nothing to us, so that somebody can mend the mapping. */
  readonly unusable: readonly { readonly fact: FactName; readonly path: string }[];
}

interface Value {
  readonly value: string;
  readonly basis: ToldAreaBasis;
}

/** What one part of a mapping says about a fact: a value, nothing, or that this payload is too thin to know. */
type Saying = Value | 'nothing' | 'unknown';

const CHOICES: Partial<Record<FactName, readonly string[]>> = { area: AREAS, severity: SEVERITIES, asker: ASKERS, cloud: CLOUDS };
const TEXT_CHARS_MAX: Partial<Record<FactName, number>> = { country: 64, language: 64 };
const NAME_CHARS_MAX = 256;

/**
 * The facts of a ticket by its source's mapping: what the adapter read, then `fields`, then each rule that fits, in order;
 * what comes later wins. The source's defaults travel beside them and hold only where nobody ever told a fact.
 *
 * A fact that is sent replaces the former one, so after `created` less is sent: what an earlier part says only when no later
 * part is undecided because its place is missing (a comment's payload has no labels, so a rule on labels might still hold).
 */
export function mapFacts(question: FactsQuestion): FactsAnswer {
  const facts: Partial<Record<FactName, string>> = {};
  const unusable: { fact: FactName; path: string }[] = [];
  let areaBasis: ToldAreaBasis | undefined;
  for (const fact of FACT_NAMES) {
    const path = question.mapping.fields[fact];
    const fromPath = path === undefined ? 'nothing' : sayingAt(question.payload, fact, path);
    if (fromPath === 'unusable' && path !== undefined) unusable.push({ fact, path });
    const sayings = [toldSaying(question, fact), fromPath === 'unusable' ? 'nothing' : fromPath, ...ruleSayings(question, fact)] as const;
    const chosen = question.change === 'created' ? latest(sayings) : certain(sayings);
    if (chosen === undefined) continue;
    facts[fact] = chosen.value;
    if (fact === 'area') areaBasis = chosen.basis;
  }
  return { facts: facts as TicketFacts, ...(areaBasis === undefined ? {} : { areaBasis }), unusable };
}

function toldSaying({ told, tells }: FactsQuestion, fact: FactName): Saying {
  const value = told[fact];
  if (value !== undefined) return { value, basis: 'source' };
  return tells.has(fact) ? 'unknown' : 'nothing';
}

function sayingAt(payload: unknown, fact: FactName, path: string): Saying | 'unusable' {
  const texts = textsAt(payload, path);
  if (texts === undefined) return 'unknown';
  const [text] = texts;
  if (text === undefined) return 'nothing';
  const choices = CHOICES[fact];
  if (choices !== undefined) {
    const value = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
    return value === undefined ? 'unusable' : { value, basis: 'source' };
  }
  return text.length <= (TEXT_CHARS_MAX[fact] ?? NAME_CHARS_MAX) ? { value: text, basis: 'source' } : 'unusable';
}

function ruleSayings({ mapping, payload }: FactsQuestion, fact: FactName): Saying[] {
  return mapping.rules.flatMap((rule): Saying[] => {
    const value = rule.set[fact];
    if (value === undefined) return [];
    const texts = textsAt(payload, rule.field);
    if (texts === undefined) return ['unknown'];
    return fits(rule, texts) ? [{ value, basis: 'mapping' }] : ['nothing'];
  });
}

function fits({ equals, contains, oneOf }: MappingRule, texts: readonly string[]): boolean {
  if (equals !== undefined) return equalsText(texts, equals);
  if (contains !== undefined) return containsWords(texts, contains);
  return (oneOf ?? []).some((wanted) => containsWords(texts, wanted));
}

function latest(sayings: readonly Saying[]): Value | undefined {
  return sayings.findLast((saying) => typeof saying === 'object');
}

/** The latest value, unless something later is undecided. */
function certain(sayings: readonly Saying[]): Value | undefined {
  const last = sayings.findLast((saying) => saying !== 'nothing');
  return typeof last === 'object' ? last : undefined;
}
