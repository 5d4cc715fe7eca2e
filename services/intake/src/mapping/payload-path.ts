/** What stands at a path: nothing at all, or its values as texts (none where it is empty). */
export type Found = readonly string[] | undefined;

/**
 * The texts at a dotted path. Lists on the way are looked through, or entered by a number (`items.0.name`).
 * Numbers and booleans count as text; objects do not. `undefined`: the payload does not have this place.
 * Several paths with `|` between them, for systems with several forms of payload, are read together.
 */
export function textsAt(payload: unknown, paths: string): Found {
  const found = paths.split('|').map((path) => textsAtOne(payload, path.trim())).filter((texts) => texts !== undefined);
  return found.length === 0 ? undefined : found.flat();
}

function textsAtOne(payload: unknown, path: string): Found {
  let places: unknown[] = [payload];
  for (const key of path.split('.')) {
    places = places.flatMap((place) => step(place, key));
    if (places.length === 0) return undefined;
  }
  const leaves = places.flatMap((place) => (Array.isArray(place) ? (place as unknown[]) : [place]));
  return leaves.map(textOf).filter((text) => text !== null);
}

function step(place: unknown, key: string): unknown[] {
  if (Array.isArray(place)) {
    if (/^\d{1,4}$/.test(key)) return place.length > Number(key) ? [place[Number(key)]] : [];
    return place.flatMap((item: unknown) => (Array.isArray(item) ? [] : step(item, key)));
  }
  if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return [];
  return [(place as Record<string, unknown>)[key]];
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** The whole of one text is `wanted`. Case does not matter. */
export function equalsText(texts: readonly string[], wanted: string): boolean {
  return texts.some((text) => text.toLowerCase() === wanted.trim().toLowerCase());
}

/** One text is `wanted`, or has it as a word, or as words in a row: `order` is in "new order", not in "reorder". */
export function containsWords(texts: readonly string[], wanted: string): boolean {
  const needle = wanted.trim().toLowerCase();
  return equalsText(texts, needle) || texts.some((text) => hasWords(text.toLowerCase(), needle));
}

function hasWords(text: string, needle: string): boolean {
  const words = text.split(/\s+/);
  if (words.includes(needle)) return true;
  const bare = words.map((word) => word.replace(/^\p{P}+|\p{P}+$/gu, ''));
  return ` ${bare.join(' ')} `.includes(` ${needle.replace(/\s+/g, ' ')} `);
}
