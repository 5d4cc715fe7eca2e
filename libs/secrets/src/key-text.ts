import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** Keys that cannot be used. The message is a sentence, and holds no key. */
export class KeysUnusable extends Error {
  override readonly name = 'KeysUnusable';
}

/** How a key is written, for the sentences that ask for one. */
export const KEY_FORM = "<id>:<base64 of 32 bytes>, as 'npx handoff keys new' prints it";

const KEY = /^(?<id>[A-Za-z0-9_-]{1,32}):(?<bytes>[A-Za-z0-9+/_-]{43}=?)$/;

/** A new key of 256 random bits, as it is written in HANDOFF_KEYS. Its id begins with the day, so that a person can tell old from new. */
export function newKey(now: Date): string {
  const id = `k${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(3).toString('hex')}`;
  return `${id}:${randomBytes(32).toString('base64')}`;
}

/**
 * Reads keys, the newest first, with blanks, commas or line ends between them. What follows `#` in a line is a remark.
 * @throws KeysUnusable
 */
export function parseKeys(text: string): ReadonlyMap<string, KeyObject> {
  const words = text.replaceAll(/#.*$/gm, '').split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) throw new KeysUnusable(`There is no key. A key is ${KEY_FORM}.`);
  const keys = new Map<string, KeyObject>();
  for (const [index, word] of words.entries()) {
    const { id, bytes } = KEY.exec(word)?.groups ?? {};
    if (id === undefined || bytes === undefined) throw new KeysUnusable(`Key ${index + 1} has not the form ${KEY_FORM}.`);
    if (keys.has(id)) throw new KeysUnusable(`Two keys have the id '${id}'. Each needs one of its own.`);
    keys.set(id, createSecretKey(Buffer.from(bytes, 'base64')));
  }
  return keys;
}
