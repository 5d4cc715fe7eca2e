import { Problem } from '@handoff/platform';
import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';

/** Limits of the event's schema, in characters. Longer texts are cut, and end in an ellipsis so that one sees it. */
export const CHARS_MAX = { subject: 1_024, description: 65_536, comment: 65_536, status: 128, name: 256, email: 320, url: 2_048, label: 256 } as const;
const LABELS_MAX = 100;
const ITEMS_MAX = 1_000;
/** More than any ticket has; what an object has beyond is not looked at where spellings are compared. */
const KEYS_MAX = 2_000;
/** The first that fits counts: a new note is no new ticket. */
const CHANGE_WORDS: readonly (readonly [RegExp, Change])[] = [
  [/comment|note|repl(y|ie)/i, 'commented'],
  [/reopen/i, 'updated'],
  [/clos|resolv|solved|delet|cancel/i, 'closed'],
  [/creat|insert|submitted|logged|\bnew\b/i, 'created'],
  [/updat|chang|edit|assign/i, 'updated'],
];
const YEAR_10000_MS = 253_402_300_800_000;

/** What stands at a path of keys; `undefined` where it does not exist. */
export function valueAt(payload: unknown, path: string): unknown {
  let place = payload;
  for (const key of path.split('.')) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<string, unknown>)[key];
  }
  return place;
}

/** The text at a path, cut to a length. `null`: empty. `undefined`: the payload does not say. */
export function textAt(payload: unknown, path: string, charsMax: number): string | null | undefined {
  const value = valueAt(payload, path);
  if (value === undefined) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value === null ? null : undefined;
  const text = cleanText(value, charsMax);
  return text.trim() === '' ? null : text;
}

/** What a text, a number or a truth value says; empty for anything else, which JavaScript may not even be able to turn into text. */
export function wordOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** The text at the first of these paths that has one; else as `textAt` of the first that is there. For bodies that customers write. */
export function firstTextAt(payload: unknown, paths: readonly string[], charsMax: number): string | null | undefined {
  const found = paths.map((path) => textAt(payload, path, charsMax)).filter((text) => text !== undefined);
  return found.find((text) => text !== null) ?? found[0];
}

/**
 * The object with its keys in one spelling: `shortDescription`, `Short Description` and `SHORT_DESCRIPTION` become
 * `short_description`. Of two keys that become the same, the first counts.
 */
export function withFoldedKeys(payload: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries(payload).slice(0, KEYS_MAX).map(([key, value]): [string, unknown] => [key.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[\s-]+/g, '_').toLowerCase(), value]);
  return Object.fromEntries(entries.reverse());
}

/** What stands in the first of these envelopes, beside what stands around it; the object as it is where it has none. */
export function outOfEnvelope(payload: object, names: readonly string[]): object {
  const inner = names.map((name) => valueAt(payload, name)).find((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  return inner === undefined ? payload : { ...payload, ...(inner as object) };
}

/**
 * The items of a body that is a list, has one of this name, or is one item.
 * @throws Problem 422 `field-invalid` when there are too many.
 */
export function itemsIn(body: unknown, name: string): readonly unknown[] {
  const items = valueAt(body, name) ?? body;
  if (!Array.isArray(items)) return [items];
  if (items.length > ITEMS_MAX) throw fieldInvalid(name, `must have at most ${ITEMS_MAX} items`);
  return items;
}

/** What happened, from a customer's word for it, as `Ticket Created` or `comment_added`; `undefined` for other words. */
export function changeOfWord(text: string | null | undefined): Change | undefined {
  return CHANGE_WORDS.find(([words]) => words.test(text ?? ''))?.[1];
}

/** Who asks, where a name or an address was told. A name may have been put together of several, and is cut. */
export function requesterOf(name: string | null | undefined, email: string | null | undefined): TicketFields['requester'] {
  return name === undefined && email === undefined ? undefined : { name: typeof name === 'string' ? cleanText(name, CHARS_MAX.name) : null, email: email ?? null };
}

/** @throws Problem 422 `field-missing` when there is no text, `field-invalid` when it is too long to be cut without harm. */
export function requiredText(payload: unknown, path: string, charsMax: number): string {
  requireObject(payload);
  const value = valueAt(payload, path);
  const text = typeof value === 'number' || typeof value === 'string' ? cleanText(String(value), Number.POSITIVE_INFINITY).trim() : '';
  if (text === '') {
    throw new Problem(422, 'field-missing', `The payload has no '${path}', or it is empty; without it there is no ticket to tell about.`, { fields: [{ field: path, detail: 'must be a text that is not empty' }] });
  }
  if (text.length > charsMax) throw fieldInvalid(path, `must have at most ${charsMax} characters`);
  return text;
}

/** @throws Problem 422 `field-invalid` when the payload is a list or a bare value. */
export function requireObject(payload: unknown): asserts payload is Record<string, unknown> {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    throw new Problem(422, 'field-invalid', 'The body must be a JSON object.', { fields: [{ field: '', detail: 'must be an object' }] });
  }
}

/**
 * Parsers of ours and of others call themselves for each level, so that a deep enough body would exhaust the stack.
 * @throws Problem 422 `field-invalid`
 */
export function requireShallow(payload: unknown, levelsMax: number): void {
  if (isWithin(payload, levelsMax)) return;
  throw new Problem(422, 'field-invalid', `The body is nested deeper than ${levelsMax} levels.`, { fields: [{ field: '', detail: `must have at most ${levelsMax} levels` }] });
}

/** Calls itself no deeper than it is allowed to look. */
function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.length === 0 || (levels > 0 && value.every((one) => isWithin(one, levels - 1)));
  const nest = value as Readonly<Record<string, unknown>>;
  for (const key in nest) if (levels === 0 || !isWithin(nest[key], levels - 1)) return false;
  return true;
}

export function fieldInvalid(path: string, detail: string): Problem {
  return new Problem(422, 'field-invalid', `'${path}' ${detail}.`, { fields: [{ field: path, detail }] });
}

/** Without what databases refuse (U+0000, half characters), and no longer than allowed. */
export function cleanText(text: string, charsMax: number): string {
  const plain = text.replaceAll('\u0000', '').toWellFormed();
  return plain.length <= charsMax ? plain : `${plain.slice(0, charsMax - 1)}…`.toWellFormed();
}

/** Labels from a list, or from a text with spaces between them; `undefined` where the payload has neither. */
export function labelsOf(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string' && !Array.isArray(value)) return value === null ? [] : undefined;
  const labels = typeof value === 'string' ? value.split(/\s+/) : (value as unknown[]).filter((item) => typeof item === 'string');
  return labels.map((label) => cleanText(label, CHARS_MAX.label).trim()).filter((label) => label !== '').slice(0, LABELS_MAX);
}

/** A time from ISO 8601 with an offset, or from milliseconds; `undefined` for anything else, as a date written for people. */
export function instantAt(value: unknown): Instant | undefined {
  const isIso = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
  const ms = isIso ? Date.parse(value) : value;
  return typeof ms === 'number' && ms >= 0 && ms < YEAR_10000_MS ? new Date(ms).toISOString() : undefined;
}

export function instantOf(value: unknown, fallback: Date): Instant {
  return instantAt(value) ?? fallback.toISOString();
}

/** A time without a zone, as `2026-11-02 08:00:00`, said to be UTC, for systems that keep it so; anything else as it is. */
export function asUtc(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value) ? `${value.replace(' ', 'T')}Z` : value;
}

/** What a table says of a word from outside, which may be a name that every object has. */
export function entryOf<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** The severity that a priority means. `undefined`: not told, or a word that nobody mapped. */
export function severityOf(priority: string | null | undefined, ...tables: readonly Readonly<Record<string, Severity>>[]): Severity | undefined {
  const word = priority?.trim().toLowerCase();
  if (word === undefined) return undefined;
  return tables.find((table) => Object.hasOwn(table, word))?.[word];
}

/** A link that may be shown: http or https, and not too long. */
export function webUrlOf(text: string | null | undefined): string | null {
  if (typeof text !== 'string') return null;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > CHARS_MAX.url) return null;
  return url.href;
}

/** The same object without the keys that were not told. */
export function told<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<Record<keyof T, unknown>> = {};
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T;
}
