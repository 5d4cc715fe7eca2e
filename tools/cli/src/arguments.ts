import { InvalidArgumentError } from 'commander';

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}

/** A number above 0 (or from 0 on, with `zero`), fractions allowed. */
export function positiveNumber(max: number, zero: 'with-zero' | 'without-zero' = 'without-zero'): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isLargeEnough = zero === 'with-zero' ? value >= 0 : value > 0;
    if (text.trim() !== '' && isLargeEnough && value <= max) return value;
    throw new InvalidArgumentError(`Give a number ${zero === 'with-zero' ? 'from 0' : 'above 0'} to ${max}.`);
  };
}

/** A time with its zone, returned as RFC 3339 in UTC. */
export function instant(text: string): string {
  const parsed = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(parsed)) throw new InvalidArgumentError('Give a time with its zone, as 2026-11-01T09:00:00Z.');
  return new Date(parsed).toISOString();
}

/** A name that can stand in a path: letters, digits, `.`, `_`, `-`. */
export function plainName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) return text;
  throw new InvalidArgumentError('A name has letters, digits, ".", "_" and "-" only.');
}

/** A value that an HTTP header can carry. */
export function headerText(text: string): string {
  if (/^[\u0021-\u007e]{1,256}$/.test(text)) return text;
  throw new InvalidArgumentError('Give 1 to 256 visible ASCII characters without blanks.');
}

/** A person's name, of 1 to 100 characters. */
export function personName(text: string): string {
  if (text.trim() !== '' && text.length <= 100) return text.trim();
  throw new InvalidArgumentError('Give a name of 1 to 100 characters.');
}

/** Values with commas between them. */
export function commaList(text: string): readonly string[] {
  const values = text.split(',').map((value) => value.trim()).filter((value) => value !== '');
  if (values.length > 0) return values;
  throw new InvalidArgumentError('Give values with commas between them.');
}

/** `name=value`, added to those before it. */
export function namedValues(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { ...before, [name]: value };
  throw new InvalidArgumentError('Give a name and a value, as company=contoso.');
}
