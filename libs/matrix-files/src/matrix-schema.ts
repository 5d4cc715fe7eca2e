import {
  AUDIENCES,
  BASES,
  CONDITION_NAMES,
  CONDITION_VALUES,
  CONTACT_FIELDS,
  CONTACT_KINDS,
  OUTCOME_VALUES,
  REASON_CODES,
  STAGES,
  WEEKDAYS,
} from '@handoff/matrix';
import type { ConditionName } from '@handoff/matrix';
import type { Schema } from './shape.js';

/** More rows than this are not read: each ticket looks at all of them. */
export const ROWS_MAX = 2_000;

const id: Schema = { type: 'string', minLength: 1, maxLength: 256 };
const sentence: Schema = { type: 'string', minLength: 1, maxLength: 2_000 };
const listOf = (items: Schema): Schema => ({ type: 'array', minItems: 1, items });

const textValues: Schema = {
  anyOf: [
    listOf(id),
    {
      type: 'object',
      description: 'The fact is known, and is none of these.',
      properties: { not: listOf(id) },
      required: ['not'],
      additionalProperties: false,
    },
  ],
};

const clock: Schema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' };

const hours: Schema = {
  type: 'object',
  description: 'A window of local time; one whose `to` is not after its `from` reaches into the next day.',
  properties: {
    timeZone: { ...id, description: 'IANA name, as Europe/Istanbul.' },
    days: { ...listOf({ type: 'string', enum: WEEKDAYS }), description: 'Days on which the window begins.' },
    from: clock,
    to: clock,
  },
  required: ['timeZone', 'days', 'from', 'to'],
  additionalProperties: false,
};

/** Conditions that are neither a list of text nor one of a closed list. */
const OTHER_CONDITIONS: Partial<Record<ConditionName, Schema>> = {
  from: { ...id, description: 'The ticket’s time is not before this date or RFC 3339 instant.' },
  until: { ...id, description: 'The ticket’s time is before this date or RFC 3339 instant.' },
  hours,
};

function conditionSchema(name: ConditionName): Schema {
  const values = CONDITION_VALUES[name];
  if (values === undefined) return OTHER_CONDITIONS[name] ?? textValues;
  return typeof values[0] === 'boolean' ? { type: 'boolean' } : listOf({ type: 'string', enum: values });
}

const when: Schema = {
  type: 'object',
  description: 'All conditions must hold; a list holds if one of its values does.',
  properties: Object.fromEntries(CONDITION_NAMES.map((name) => [name, conditionSchema(name)])),
  additionalProperties: false,
};

const LISTED_OUTCOMES = ['escalation', 'informed'];

function outcomeSchema([name, values]: readonly [string, readonly (string | boolean | null)[]]): readonly [string, Schema] {
  if (typeof values[0] === 'boolean') return [name, { type: 'boolean' }];
  if (LISTED_OUTCOMES.includes(name)) return [name, { type: 'array', items: { type: 'string', enum: values } }];
  return [name, { type: values.includes(null) ? ['string', 'null'] : 'string', enum: values }];
}

const fields: Schema = { type: 'array', items: { type: 'string', enum: CONTACT_FIELDS } };

const disclose: Schema = {
  type: 'object',
  description: 'Fields of a contact that an audience may see, where fewer than the programme allows.',
  properties: Object.fromEntries(
    AUDIENCES.map((audience) => [
      audience,
      {
        type: 'object' as const,
        properties: Object.fromEntries(CONTACT_KINDS.map((kind) => [kind, fields])),
        additionalProperties: false,
      },
    ]),
  ),
  additionalProperties: false,
};

const then: Schema = {
  type: 'object',
  description: 'What the row decides. It overrides only what it names.',
  properties: { ...Object.fromEntries(Object.entries(OUTCOME_VALUES).map(outcomeSchema)), disclose },
  additionalProperties: false,
};

const row: Schema = {
  type: 'object',
  properties: {
    id: { ...id, description: 'Unique. In the stage area, by custom, the area.' },
    stage: { type: 'string', enum: STAGES, description: 'Stages are read in this order; in each the first row that matches wins.' },
    when,
    then,
    code: { type: 'string', enum: REASON_CODES, description: 'The kind of reason, for programs.' },
    text: { ...sentence, description: 'The reason as a sentence, in English.' },
    texts: {
      type: 'object',
      description: 'The same sentence in other languages, by language code.',
      additionalProperties: sentence,
      propertyNames: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' },
    },
    basis: { type: 'string', enum: BASES, description: 'Whether the published guidance says so, or a default of ours.' },
    source: { ...sentence, description: 'What it rests on: the page, the contract, or who decided it.' },
    before: { ...listOf(id), description: 'Later rows of the stage that it is meant to win over.' },
  },
  required: ['id', 'stage', 'when', 'then', 'code', 'text', 'basis', 'source'],
  additionalProperties: false,
};

/** JSON Schema (draft 2020-12) of a matrix file. */
export const MATRIX_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://handoff.example/schemas/matrix.schema.json',
  title: 'Responsibility matrix',
  type: 'object',
  properties: {
    $schema: { type: 'string', description: 'Where an editor finds this schema.' },
    version: { ...id, description: 'Every decision names it.' },
    rows: { type: 'array', items: row, maxItems: ROWS_MAX },
  },
  required: ['version', 'rows'],
  additionalProperties: false,
};
