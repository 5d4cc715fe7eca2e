import { Problem, readCursor } from '@handoff/platform';
import { z } from 'zod';
import { type DirectoryKind, LIST_FILTERS, type ListFilter } from './directory-kinds.js';
import { entryId, storable } from './entry.schemas.js';
import { instant } from './instant.schema.js';

const LIMIT_DEFAULT = 50;
const page = {
  limit: z.coerce.number().int().min(1).max(200).default(LIMIT_DEFAULT),
  cursor: z.string().max(2_048).optional().describe('`next` of the page before'),
};
const search = { q: z.string().min(1).max(256).refine(storable, 'has a character that cannot be stored').optional().describe('A part of the name or id, in any case') };

export const HISTORY_QUERY = z.strictObject(page);
export const FIND_QUERY = z.strictObject({ at: instant.optional().describe('As it was at this time (RFC 3339)') });

/** The parameters of a kind's list. */
export function listQueryOf(kind: DirectoryKind) {
  const filters = Object.fromEntries(LIST_FILTERS[kind].map((filter) => [filter, entryId.optional()])) as Partial<Record<ListFilter, z.ZodOptional<z.ZodString>>>;
  return z.strictObject({ ...filters, ...search, ...page });
}

/** @throws Problem naming each parameter at fault */
export function readQuery<T extends z.ZodType>(schema: T, query: unknown): z.output<T> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({ field: 'keys' in issue && issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.'), detail: issue.message }));
  throw new Problem(422, 'field-invalid', `The parameters cannot be used: ${fields.map(({ field, detail }) => `${field}: ${detail}`).slice(0, 5).join('; ')}.`, { fields });
}

/** @throws InvalidCursor */
export function positionAt<T extends 'string' | 'number'>(cursor: string | undefined, type: T): PositionOf<T> | undefined {
  if (cursor === undefined) return undefined;
  return readCursor(cursor, (parts): parts is readonly [PositionOf<T>] => parts.length === 1 && typeof parts[0] === type)[0];
}

type PositionOf<T> = T extends 'string' ? string : number;
