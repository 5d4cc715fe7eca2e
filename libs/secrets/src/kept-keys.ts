import type { KeyObject } from 'node:crypto';

const KEYS_KEPT_MAX = 1_000;

/** Keeps the key that was made of each secret: making one takes several times as long as signing with it. At most a thousand; then all are made anew. */
export function keptKeys<K extends KeyObject | null>(keyOf: (secret: string) => K): (secret: string) => K {
  const keys = new Map<string, K>();
  return (secret) => {
    const known = keys.get(secret);
    if (known !== undefined) return known;
    const made = keyOf(secret);
    if (keys.size >= KEYS_KEPT_MAX) keys.clear();
    keys.set(secret, made);
    return made;
  };
}
