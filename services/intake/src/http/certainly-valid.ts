/** Whether a value is certainly valid at its place. `body` is the whole object. */
export type Certainty = (value: unknown, body: Readonly<Record<string, unknown>>) => boolean;

type Body<T> = new () => T;

/** By the prototype of the body's class. */
const certainties = new Map<object, Map<string, Certainty>>();

/**
 * Says what is certainly valid in a property. Its other decorators say what is valid at all, and why something is not: this is for the
 * many bodies with which nothing is wrong, for class-validator takes longer to find nothing than everything else about a ticket takes.
 */
export function CertainlyValid(certainty: Certainty): PropertyDecorator {
  return (prototype, property) => {
    const known = certainties.get(prototype) ?? new Map<string, Certainty>();
    certainties.set(prototype, known);
    known.set(String(property), certainty);
  };
}

/** Whether class-validator would have nothing against this value. `false` says only that it must look. */
export function isCertainlyValid<T extends object>(body: Body<T>, value: unknown): value is T {
  const known = certainties.get(body.prototype as object);
  if (known === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = value as Readonly<Record<string, unknown>>;
  if (Object.keys(given).some((property) => !known.has(property))) return false;
  for (const [property, certainty] of known) {
    if (!certainty(Object.hasOwn(given, property) ? given[property] : undefined, given)) return false;
  }
  return true;
}

export const isTextOf = (value: unknown, charsMin: number, charsMax: number): value is string => typeof value === 'string' && value.length >= charsMin && value.length <= charsMax;
export const isNameOf = (value: unknown, charsMax: number): boolean => isTextOf(value, 1, charsMax) && /[^\s\0]/.test(value);
