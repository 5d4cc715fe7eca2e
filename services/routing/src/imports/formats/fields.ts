import { ID_CHARS_MAX, TEXT_CHARS_MAX } from '../import.js';
import type { ValueProblem } from './format.js';

type Container = Readonly<Record<string, unknown>>;

export function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the fields of one record and collects what is wrong with them. A field is named by its path, as `companyProfile.companyName`. */
export class Fields {
  readonly problems: ValueProblem[] = [];

  constructor(private readonly record: Container) {}

  /** The value at the first of these paths that has one. `null` and the empty text count as absent. */
  valueAt(...paths: readonly string[]): unknown {
    for (const path of paths) {
      const value = path.includes('.') ? path.split('.').reduce<unknown>((inner, name) => (isContainer(inner) ? inner[name] : undefined), this.record) : this.record[path];
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return undefined;
  }

  has(path: string): boolean {
    return Object.hasOwn(this.record, path);
  }

  text(paths: readonly string[], charsMax = TEXT_CHARS_MAX): string | undefined {
    const value = this.valueAt(...paths);
    if (value === undefined) return undefined;
    const field = paths[0] ?? '';
    if (typeof value !== 'string') return this.refuse({ field, code: 'not-text', detail: `It is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}.`, remedy: 'Write a text, in double quotes.' });
    const text = value.trim();
    if (text.length > charsMax) return this.refuse({ field, code: 'too-long', detail: `It has ${text.length} characters.`, remedy: `Use at most ${charsMax}.` });
    if (isUnreadable(text)) return this.refuse({ field, code: 'characters', detail: 'It has characters that are no text, which is often a file in another encoding.', remedy: 'Save the file as UTF-8.' });
    return text === '' ? undefined : text;
  }

  /** An id; `paths` are its names, the usual one first. */
  id(...paths: readonly string[]): string | undefined {
    return this.text(paths, ID_CHARS_MAX);
  }

  /** The PartnerID of a location, which has digits only. */
  partnerId(...paths: readonly string[]): string | undefined {
    const id = this.id(...paths);
    if (id === undefined || /^\d{1,20}$/.test(id)) return id;
    return this.refuse({ field: paths[0] ?? '', code: 'not-a-partner-id', detail: `'${id.slice(0, 64)}' is no PartnerID.`, remedy: 'Give the PartnerID of the location, which has digits only.' });
  }

  requiredPartnerId(remedy: string, ...paths: readonly string[]): string {
    return this.partnerId(...paths) ?? this.missing(paths[0] ?? '', remedy);
  }

  requiredId(remedy: string, ...paths: readonly string[]): string {
    return this.id(...paths) ?? this.missing(paths[0] ?? '', remedy);
  }

  requiredText(remedy: string, ...paths: readonly string[]): string {
    return this.text(paths) ?? this.missing(paths[0] ?? '', remedy);
  }

  oneOf<W extends string>(words: readonly W[], ...paths: readonly string[]): W | undefined {
    const text = this.text(paths);
    if (text === undefined || (words as readonly string[]).includes(text)) return text as W | undefined;
    return this.refuse({ field: paths[0] ?? '', code: 'value-unknown', detail: `'${text.slice(0, 64)}' is not known here.`, remedy: `Use ${words.join(', ')}.` });
  }

  url(path: string): string | undefined {
    const text = this.text([path]);
    if (text === undefined || (/^https?:\/\//i.test(text) && URL.canParse(text))) return text;
    return this.refuse({ field: path, code: 'not-a-url', detail: `'${text.slice(0, 64)}' is no web address.`, remedy: 'Write it in full, as https://support.example.com.' });
  }

  email(path: string): string | undefined {
    const text = this.text([path]);
    if (text === undefined || /^[^\s@]+@[^\s@]+$/.test(text)) return text;
    return this.refuse({ field: path, code: 'not-an-address', detail: `'${text.slice(0, 64)}' is no mail address.`, remedy: 'Write it as name@example.com.' });
  }

  refuse(problem: ValueProblem): undefined {
    this.problems.push(problem);
    return undefined;
  }

  private missing(field: string, remedy: string): string {
    // Where a value was there and is refused already, that it is missing says nothing more.
    if (!this.problems.some((problem) => problem.field === field)) this.refuse({ field, code: 'value-missing', detail: 'It is missing.', remedy });
    return '';
  }
}

/** The parts that have a value. */
export function present<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair; U+FFFD stands where bytes were not UTF-8. */
export function isUnreadable(text: string): boolean {
  return /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(text) || !text.isWellFormed();
}

/** Whether any text in a document, however deep, is one that cannot be stored. */
export function holdsUnreadable(value: unknown): boolean {
  if (typeof value === 'string') return isUnreadable(value);
  if (Array.isArray(value)) return value.some(holdsUnreadable);
  return isContainer(value) && Object.entries(value).some(([name, inner]) => isUnreadable(name) || holdsUnreadable(inner));
}

export const notARecord = (value: unknown): ValueProblem =>
  ({ field: '', code: 'not-a-record', detail: `It is ${value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`}.`, remedy: 'Write a JSON object.' });
