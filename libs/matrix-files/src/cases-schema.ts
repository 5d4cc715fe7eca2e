import type { Decision } from '@handoff/matrix';
import { OVERLAY_SCHEMA } from './overlay-schema.js';
import { OFFER_SCHEMA, QUESTION_SCHEMA, SUBSCRIPTION_SCHEMA } from './question-schema.js';
import type { Schema } from './shape.js';

/** More cases than this are not read. */
export const CASES_MAX = 10_000;

const DECISION_FIELDS = [
  'responsible',
  'firstContact',
  'accountable',
  'informed',
  'handsOver',
  'escalation',
  'escalationContact',
  'contacts',
  'reachedBy',
  'queue',
  'documents',
  'attachedTo',
  'stays',
  'informationOnly',
  'reasons',
  'missing',
  'matrixVersion',
  'row',
  'variations',
] as const satisfies readonly (keyof Decision)[];

const expectation: Schema = {
  type: 'object',
  description: 'Any part of the decision. A party may be written as its role, or as role/id; reasons as their codes.',
  properties: Object.fromEntries(DECISION_FIELDS.map((name) => [name, {}])),
  additionalProperties: false,
};

const instant: Schema = { type: 'string', minLength: 10, description: 'When the ticket is judged, in RFC 3339.' };

const step: Schema = {
  type: 'object',
  properties: {
    at: instant,
    given: { ...QUESTION_SCHEMA, description: 'What has changed since the step before.' },
    expect: expectation,
  },
  required: ['expect'],
  additionalProperties: false,
};

const matrixCase: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, description: 'A sentence that says what must hold.' },
    at: instant,
    given: { ...QUESTION_SCHEMA, description: 'The facts, as in the body of POST /v1/explain.' },
    overlays: { type: 'array', items: OVERLAY_SCHEMA },
    expect: expectation,
    steps: { type: 'array', minItems: 1, items: step, description: 'The same ticket as time goes on.' },
  },
  required: ['name', 'given'],
  additionalProperties: false,
};

/** JSON Schema (draft 2020-12) of a file of cases. */
export const CASES_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://handoff.example/schemas/cases.schema.json',
  title: 'Cases of a responsibility matrix',
  type: 'object',
  properties: {
    $schema: { type: 'string' },
    directory: {
      type: 'object',
      description: 'Offers and subscriptions that cases name.',
      properties: {
        offers: { type: 'object', additionalProperties: OFFER_SCHEMA },
        subscriptions: { type: 'object', additionalProperties: SUBSCRIPTION_SCHEMA },
      },
      additionalProperties: false,
    },
    cases: { type: 'array', items: matrixCase, maxItems: CASES_MAX },
  },
  required: ['cases'],
  additionalProperties: false,
};
