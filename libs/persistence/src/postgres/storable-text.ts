/**
 * A text as PostgreSQL keeps it: it knows neither NUL nor half of a surrogate pair, which a text that was cut may end with.
 * Both become U+FFFD.
 */
export function storableText<T extends string | null>(text: T): T {
  return (text?.toWellFormed().replaceAll('\0', '\uFFFD') ?? null) as T;
}
