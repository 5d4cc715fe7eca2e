/** Whether a value is certainly valid at its place. `body` is the whole object. */
export type Certainty = (value: unknown, body: Readonly<Record<string, unknown>>) => boolean;

type Body<T> = new () => T;

interface Certainties {
  readonly known: Map<string, Certainty>;
  /** The same once more: a list takes less time to go through than a map. */
  all: readonly (readonly [string, Certainty])[];
}

/** By the prototype of the body's class. */
const certainties = new Map<object, Certainties>();

/**
 * Says what is certainly valid in a property. Its other decorators say what is valid at all, and why something is not: this is for the
 * many bodies with which nothing is wrong, for class-validator takes longer to find nothing than everything else about a ticket takes.
 */
export function CertainlyValid(certainty: Certainty): PropertyDecorator {
  return (prototype, property) => {
    const of = certainties.get(prototype) ?? { known: new Map<string, Certainty>(), all: [] };
    certainties.set(prototype, of);
    of.known.set(String(property), certainty);
    of.all = [...of.known];
  };
}

/** Whether class-validator would have nothing against this value. `false` says only that it must look. */
export function isCertainlyValid<T extends object>(body: Body<T>, value: unknown): value is T {
  const of = certainties.get(body.prototype as object);
  if (of === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = value as Readonly<Record<string, unknown>>;
  // What is inherited has no place in a body either.
  for (const property in given) if (!of.known.has(property)) return false;
  for (const [property, certainty] of of.all) {
    if (!certainty(Object.hasOwn(given, property) ? given[property] : undefined, given)) return false;
  }
  return true;
}

export const isTextOf = (value: unknown, charsMin: number, charsMax: number): value is string => typeof value === 'string' && value.length >= charsMin && value.length <= charsMax;
export const isNameOf = (value: unknown, charsMax: number): boolean => isTextOf(value, 1, charsMax) && /[^\s\0]/.test(value);
