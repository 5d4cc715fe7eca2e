import type { Finding } from '@handoff/matrix';

/** The part of JSON Schema (draft 2020-12) that our formats need. */
export interface Schema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly (string | boolean | null)[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  /** Alternatives that differ in their type, so that a value belongs to one of them at sight. */
  readonly anyOf?: readonly Schema[];
}

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'null';

const TYPE_NAMES: Readonly<Record<SchemaType, string>> = {
  object: 'keys with values',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

/** Where a value departs from a schema. All findings are errors. */
export function checkShape(value: unknown, schema: Schema, path = ''): readonly Finding[] {
  if (schema.anyOf !== undefined) return checkAlternatives(value, schema.anyOf, path);
  const types = typesOf(schema);
  const type = typeOf(value);
  if (types.length > 0 && !types.some((wanted) => wanted === type)) return [wrongType(value, types, path)];
  if (schema.enum !== undefined && !schema.enum.includes(value as string)) return [notListed(value, schema.enum, path)];
  if (typeof value === 'string') return checkText(value, schema, path);
  if (Array.isArray(value)) return checkList(value, schema, path);
  return type === 'object' ? checkObject(value as Record<string, unknown>, schema, path) : [];
}

function typesOf({ type }: Schema): readonly SchemaType[] {
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}

function typeOf(value: unknown): SchemaType | null {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (Number.isInteger(value)) return 'integer';
  const type = typeof value;
  return type === 'object' || type === 'string' || type === 'boolean' ? type : null;
}

function checkAlternatives(value: unknown, alternatives: readonly Schema[], path: string): readonly Finding[] {
  const type = typeOf(value);
  const fitting = alternatives.find((schema) => typesOf(schema).some((wanted) => wanted === type));
  if (fitting !== undefined) return checkShape(value, fitting, path);
  return [wrongType(value, alternatives.flatMap(typesOf), path)];
}

function checkText(value: string, { minLength = 0, maxLength = Infinity, pattern }: Schema, path: string): readonly Finding[] {
  if (value.trim().length < minLength) {
    return [finding('text-empty', path, 'The text is empty.', 'Write something, or leave the key out where it is optional.')];
  }
  if (value.length > maxLength) {
    const message = `The text has ${value.length} characters; at most ${maxLength} are taken.`;
    return [finding('text-too-long', path, message, 'Shorten it.')];
  }
  if (pattern === undefined || new RegExp(pattern, 'u').test(value)) return [];
  const message = `'${value}' does not have the form ${pattern}.`;
  return [finding('text-form', path, message, 'Write it in that form.')];
}

function checkList(value: readonly unknown[], schema: Schema, path: string): readonly Finding[] {
  const { items = {}, minItems = 0, maxItems = Infinity } = schema;
  const isCounted = value.length >= minItems && value.length <= maxItems;
  const message = `The list has ${value.length} entries; ${value.length < minItems ? `at least ${minItems}` : `at most ${maxItems}`} is right.`;
  return [
    ...(isCounted ? [] : [finding('list-length', path, message, 'Add or remove entries.')]),
    ...value.flatMap((item, index) => checkShape(item, items, `${path}[${index}]`)),
  ];
}

function checkObject(value: Record<string, unknown>, schema: Schema, path: string): readonly Finding[] {
  const { properties = {}, required = [] } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) =>
      finding('key-missing', path, `'${name}' is missing.`, `Add '${name}'${described(properties[name])}.`),
    ),
    ...Object.entries(value).flatMap(([name, item]) => checkMember(name, item, schema, path)),
  ];
}

function checkMember(name: string, value: unknown, schema: Schema, path: string): readonly Finding[] {
  const { properties = {}, additionalProperties = true, propertyNames } = schema;
  const at = path === '' ? name : `${path}.${name}`;
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (known !== undefined) return checkShape(value, known, at);
  if (additionalProperties === false) return [unknownKey(name, Object.keys(properties), at)];
  const named = propertyNames === undefined ? [] : checkShape(name, propertyNames, at);
  return [...named, ...(additionalProperties === true ? [] : checkShape(value, additionalProperties, at))];
}

function described(schema: Schema | undefined): string {
  const text = schema?.description;
  return text === undefined ? '' : `: ${text.charAt(0).toLowerCase()}${text.slice(1).replace(/\.$/, '')}`;
}

function wrongType(value: unknown, types: readonly SchemaType[], path: string): Finding {
  const wanted = [...new Set(types)].map((type) => TYPE_NAMES[type]).join(' or ');
  const isBareNumber = typeof value === 'number' && types.includes('string');
  const isListed = types.includes('array') && typeof value === 'string';
  const shown = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
  const remedy = isBareNumber
    ? `Put it in quotes: '${String(value)}'.`
    : isListed
      ? `Put it in brackets: [${value}].`
      : `Write ${wanted}.`;
  return finding('type-wrong', path, `Here stands ${shown}, where ${wanted} belongs.`, remedy);
}

function notListed(value: unknown, allowed: readonly unknown[], path: string): Finding {
  const near = nearest(String(value), allowed.map(String));
  const message = `'${String(value)}' is not one of ${allowed.map(String).join(', ')}.`;
  return finding('value-unknown', path, message, near === null ? 'Use one of those.' : `Did you mean '${near}'?`);
}

function unknownKey(name: string, known: readonly string[], path: string): Finding {
  const near = nearest(name, known);
  const remedy = near === null ? `Use one of ${known.join(', ')}.` : `Did you mean '${near}'?`;
  return finding('key-unknown', path, `There is no key '${name}' here.`, remedy);
}

/** Letters that may differ between what was written and what was meant. */
const SLIPS_MAX = 2;

function nearest(written: string, known: readonly string[]): string | null {
  if (written.length > 64) return null;
  const scored = known.map((word) => ({ word, slips: slipsBetween(written.toLowerCase(), word.toLowerCase()) }));
  const best = scored.toSorted((a, b) => a.slips - b.slips)[0];
  return best !== undefined && best.slips <= Math.min(SLIPS_MAX, written.length - 1) ? best.word : null;
}

/** Levenshtein distance. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function finding(code: string, path: string, message: string, remedy: string): Finding {
  return { severity: 'error', code, path, message, remedy };
}
