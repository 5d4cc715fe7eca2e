import { valueAt } from '../payload.js';

/** An incident by its columns: texts, numbers, times in ISO 8601, and choices and look-ups with their words. */
export type Incident = Readonly<Record<string, unknown>>;

/** A choice as `prioritycode`: its number and, where it was told, its word. */
export interface Choice {
  readonly value: unknown;
  readonly label: string | null;
}

/** Another row, as `customerid`. */
export interface Reference {
  readonly id: unknown;
  readonly name: unknown;
  /** As `account`. */
  readonly table: unknown;
}

/** All that a context says of its incident: what changed, and over it the images, the newest last. `null`: nothing. */
export function incidentOfContext(context: unknown): Incident | null {
  const target = pairsOf(valueAt(context, 'InputParameters')).find(([name]) => name === 'Target')?.[1];
  const images = (name: string): unknown[] => pairsOf(valueAt(context, name)).map(([, image]) => image);
  const entities = [...images('PreEntityImages'), target, ...images('PostEntityImages')];
  const columns = entities.flatMap(columnsOf);
  return columns.length === 0 ? null : Object.fromEntries(columns);
}

function columnsOf(entity: unknown): (readonly [string, unknown])[] {
  const labels = new Map(pairsOf(valueAt(entity, 'FormattedValues')));
  const columns = pairsOf(valueAt(entity, 'Attributes')).map(([name, value]) => [name, plainValue(value, labels.get(name))] as const);
  const id = valueAt(entity, 'Id');
  return typeof id === 'string' ? [...columns, ['incidentid', id]] : columns;
}

/** Dataverse writes a dictionary as a list of `key` and `value`, in lower case or not. */
function pairsOf(list: unknown): (readonly [string, unknown])[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((pair: unknown) => {
    const key = valueAt(pair, 'key') ?? valueAt(pair, 'Key');
    const value = valueAt(pair, 'value') ?? valueAt(pair, 'Value') ?? null;
    return typeof key === 'string' ? [[key, value] as const] : [];
  });
}

/** A value without the wrapping of its type; `/Date(1506409448000-0700)/` counts its milliseconds in UTC, whatever stands behind them. */
export function plainValue(value: unknown, label: unknown): unknown {
  if (typeof value === 'string') {
    const ms = Number(/^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(value)?.[1]);
    return Number.isNaN(ms) || Number.isNaN(new Date(ms).getTime()) ? value : new Date(ms).toISOString();
  }
  const type = valueAt(value, '__type');
  if (typeof type !== 'string') return typeof label === 'string' && typeof value === 'number' ? choice(value, label) : value;
  if (type.startsWith('OptionSetValue:') || type.startsWith('Money:')) return choice(valueAt(value, 'Value'), label);
  if (type.startsWith('AliasedValue:')) return plainValue(valueAt(value, 'Value'), label);
  if (!type.startsWith('EntityReference:')) return value;
  const name = valueAt(value, 'Name');
  return { id: valueAt(value, 'Id'), name: name ?? label ?? null, table: valueAt(value, 'LogicalName') } satisfies Reference;
}

function choice(value: unknown, label: unknown): Choice {
  return { value, label: typeof label === 'string' ? label : null };
}

const WORD = '@OData.Community.Display.V1.FormattedValue';
const TABLE = '@Microsoft.Dynamics.CRM.lookuplogicalname';

/** The same from a row of the Web API, which has words and tables as annotations. */
export function incidentOfRow(row: object): Incident {
  const of = (key: string): unknown => valueAtKey(row, key);
  return Object.fromEntries(Object.keys(row).filter((key) => !key.includes('@')).map((key) => {
    const lookup = /^_(.+)_value$/.exec(key)?.[1];
    if (lookup !== undefined) return [lookup, of(key) === null ? null : { id: of(key), name: of(`${key}${WORD}`) ?? null, table: of(`${key}${TABLE}`) ?? null } satisfies Reference];
    const isChoice = typeof of(key) === 'number' && typeof of(`${key}${WORD}`) === 'string';
    return [key, isChoice ? choice(of(key), of(`${key}${WORD}`)) : of(key)];
  }));
}

/** Annotations have dots in their names, which `valueAt` would take for a path. */
function valueAtKey(row: object, key: string): unknown {
  return Object.hasOwn(row, key) ? (row as Record<string, unknown>)[key] : undefined;
}
