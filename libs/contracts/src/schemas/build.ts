/** Small words for JSON Schema 2020-12, so that a schema reads like the type beside it. */
export type Schema = Readonly<Record<string, unknown>>;

export const text = (maxLength: number): Schema => ({ type: 'string', maxLength });
export const name: Schema = { type: 'string', minLength: 1, maxLength: 256 };
export const instant: Schema = { type: 'string', format: 'date-time' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const count: Schema = { type: 'integer', minimum: 1 };
export const bool: Schema = { type: 'boolean' };
export const oneOf = (values: readonly string[]): Schema => ({ enum: [...values] });
export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const list = (items: Schema, maxItems: number): Schema => ({ type: 'array', items, maxItems });

/** Texts by names that are not known here. */
export const texts = (maxLength: number): Schema => ({ type: 'object', additionalProperties: text(maxLength) });

/** An object with required properties, and optional ones whose names end in `?`. Further keys are allowed: schemas only grow. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  const plain = Object.entries(properties).map(([key, schema]) => [key.replace(/\?$/, ''), schema] as const);
  const required = Object.keys(properties).filter((key) => !key.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(plain), ...(required.length > 0 ? { required } : {}) };
}

export function eventSchema(type: string, title: string, data: Schema): Schema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `urn:handoff:schema:${type}`, title, ...data };
}
