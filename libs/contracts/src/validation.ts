import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { EventType } from './events.js';
import { EVENT_SCHEMAS } from './schemas/index.js';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
formats.default(ajv);

const validators = new Map<string, ValidateFunction>(
  Object.entries(EVENT_SCHEMAS).map(([type, schema]) => [type, ajv.compile(schema)]),
);

/** What is wrong with the data of an event, as sentences without values; empty when valid, `null` when the type is unknown. */
export function problemsOf(type: string, data: unknown): readonly string[] | null {
  const validate = validators.get(type);
  if (validate === undefined) return null;
  return validate(data) ? [] : (validate.errors ?? []).slice(0, 10).map(sentenceOf);
}

export function isEventType(type: string): type is EventType {
  return validators.has(type);
}

function sentenceOf(error: ErrorObject): string {
  return `${error.instancePath === '' ? 'the data' : error.instancePath} ${error.message ?? 'is invalid'}`;
}
