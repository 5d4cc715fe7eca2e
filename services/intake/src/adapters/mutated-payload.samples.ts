import fc from 'fast-check';

/** Deeper than any payload may be, and not so deep that writing it as JSON fails. */
const LEVELS = 1_000;
const TEXT_CHARS = 200_000;
/** Names that mean something to JavaScript itself. */
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'length', '', 'a.b', '\u0000', '\ud800'];
const nested = (open: string, close: string): unknown => JSON.parse(`${open.repeat(LEVELS)}0${close.repeat(LEVELS)}`);

const text = fc.oneof(
  fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme-composite' }),
  fc.constantFrom('', ' ', '\u0000', '\ud800', '\udfff\ud800', 'x'.repeat(TEXT_CHARS), '<'.repeat(5_000), '<div>'.repeat(2_000), '&#x110000;', '😀'.repeat(600), '{"a":', '[]', 'null', 'NaN', '-1', '1e999', '9'.repeat(400), '2026-02-30T25:61:61Z', '+275760-09-13T00:00:00Z', '0000-00-00 00:00:00', '/Date(9e15)/', 'javascript:alert(1)', 'https://x', ...NAMES),
);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(0, -0, -1, 1e308, 5e-324, Number.MAX_SAFE_INTEGER + 1, 8.64e15, 8.64e15 + 1, 253_402_300_800_000));

/** Anything that can stand in JSON. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(null, true, false, {}, [], [null], [[]], [{}], { toString: null }, { length: -1 }) },
  { weight: 2, arbitrary: fc.constantFrom(...NAMES) }, { weight: 4, arbitrary: text }, { weight: 3, arbitrary: number },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(nested('[', ']'), nested('{"a":', '}'), Array.from({ length: 3_000 }, (_, index) => index), Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`key-${index}`, index]))) },
);

type Mutation = (payload: unknown, place: number) => unknown;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  value.map((other): Mutation => (payload, place) => changedAt(payload, place, () => other)),
  fc.constant<Mutation>((payload, place) => changedAt(payload, place, () => undefined)),
  fc.constant<Mutation>((payload, place) => changedAt(payload, place, (former) => [former])),
  fc.constant<Mutation>((payload, place) => changedAt(payload, place, (former) => [former, former])),
  fc.constant<Mutation>((payload, place) => changedAt(payload, place, (former) => ({ value: former }))),
  fc.constant<Mutation>((payload, place) => changedAt(payload, place, (former) => (typeof former === 'string' ? Number(former) || 7 : JSON.stringify(former)))),
  fc.tuple(fc.constantFrom(...NAMES), value).map(([name, more]): Mutation => (payload, place) => changedAt(payload, place, (former) => (isNest(former) ? withKey(former, name, more) : { [name]: former }))),
);

/** Changes a few things in a payload, takes them away or adds some, wherever they are. */
export const mutator: fc.Arbitrary<(payload: unknown) => unknown> = fc.array(fc.tuple(mutation, fc.nat()), { minLength: 1, maxLength: 4 })
  .map((mutations) => (payload) => mutations.reduce((changed, [mutate, place]) => mutate(changed, place), payload));

/** One of these payloads, mutated. */
export function aMutated(payloads: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...payloads), mutator).map(([payload, mutate]) => mutate(payload));
}

/** @param place counts the places of the payload, round and round. */
function changedAt(payload: unknown, place: number, change: (former: unknown) => unknown): unknown {
  const places = placesOf(payload);
  const path = places[place % places.length] ?? [];
  // A body that is there has some value.
  return changedAlong(payload, path, change) ?? null;
}

function changedAlong(payload: unknown, [key, ...keys]: readonly string[], change: (former: unknown) => unknown): unknown {
  if (key === undefined) return change(payload);
  if (Array.isArray(payload)) return payload.map((item: unknown, index) => (String(index) === key ? changedAlong(item, keys, change) : item));
  return withKey(payload as object, key, changedAlong((payload as Record<string, unknown>)[key], keys, change));
}

/** A copy; as in JSON, `__proto__` is a name like any other. */
function withKey(nest: object, name: string, value: unknown): object {
  return Object.defineProperty({ ...nest }, name, { value, enumerable: true, configurable: true, writable: true });
}

/** The paths to everything in a payload, and to itself; what is nested very deep or is very long is one place. */
function placesOf(payload: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = isNest(payload) && path.length < 12 ? Object.entries(payload).slice(0, 100) : [];
  return [path, ...inner.flatMap(([key, value]) => placesOf(value, [...path, key]))];
}

function isNest(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
