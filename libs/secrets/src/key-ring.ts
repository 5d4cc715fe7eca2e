import { createCipheriv, createDecipheriv, createHmac, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseKeys } from './key-text.js';

/** What a sealed text belongs to. It cannot be opened anywhere else, so no row can be given the secret of another. */
export interface SealContext {
  readonly table: string;
  /** The name of the row, as a source's. It must never change. */
  readonly row: string;
  /** What the secret is for, where a row has several. */
  readonly purpose: string;
}

/** A sealed text that cannot be opened. The message is a sentence, and holds no secret. */
export class SealUnreadable extends Error {
  override readonly name = 'SealUnreadable';

  constructor(readonly reason: 'key-missing' | 'broken', message: string) {
    super(message);
  }
}

const CIPHER = 'aes-256-gcm';
const VERSION = 's1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CODE_BYTES = 32;
const SEALED = /^s1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]+)$/;

/**
 * Seals secrets with AES-256-GCM before they are stored. The first key seals; every key opens what it sealed.
 * A sealed text is `s1.<id of the key>.<base64url of nonce, ciphertext and tag>`.
 */
export class KeyRing {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #codeKeys = new Map<string, Buffer>();
  /** The id of the key that seals. */
  readonly newestId: string;

  private constructor(keys: ReadonlyMap<string, KeyObject>) {
    this.#keys = keys;
    this.newestId = [...keys.keys()][0] ?? '';
  }

  /** @throws KeysUnusable */
  static parse(text: string): KeyRing {
    return new KeyRing(parseKeys(text));
  }

  /** The newest first. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  seal(plain: string, context: SealContext): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key(this.newestId), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(associatedData(this.newestId, context));
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${VERSION}.${this.newestId}.${sealed.toString('base64url')}`;
  }

  /** @throws SealUnreadable when its key is not in the ring, or it was changed, or belongs to something else. */
  open(sealed: string, context: SealContext): string {
    const [, id = '', text = ''] = SEALED.exec(sealed) ?? [];
    const bytes = Buffer.from(text, 'base64url');
    // A last character with bits that stand for nothing would be another spelling of the same bytes.
    if (bytes.length < NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== text) throw broken(context);
    const decipher = createDecipheriv(CIPHER, this.key(id), bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData(id, context)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const start = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    try {
      return Buffer.concat([start, decipher.final()]).toString('utf8');
    } catch {
      throw broken(context);
    }
  }

  /**
   * A code over a text that only holders of this ring can make: HMAC-SHA256, by the newest key. `purpose` keeps codes of one use from another.
   * @param bytes of the code, 16 to 32: where there is little room, its beginning is enough (RFC 2104 section 5).
   */
  codeOf(text: string, purpose: string, bytes = CODE_BYTES): Buffer {
    return this.code(text, { purpose, keyId: this.newestId }).subarray(0, bytes);
  }

  /** Whether a key of the ring made this code of so many bytes over the text, for the same purpose. */
  isCodeOf(code: Buffer, text: string, purpose: string, bytes = CODE_BYTES): boolean {
    return this.ids.some((keyId) => {
      const expected = this.code(text, { purpose, keyId }).subarray(0, bytes);
      return expected.length === code.length && timingSafeEqual(expected, code);
    });
  }

  private code(text: string, { purpose, keyId }: { readonly purpose: string; readonly keyId: string }): Buffer {
    const name = JSON.stringify([keyId, purpose]);
    // The keys seal; what makes codes is derived from them, one for each use.
    const derived = this.#codeKeys.get(name) ?? Buffer.from(hkdfSync('sha256', this.key(keyId), '', `handoff code ${purpose}`, 32));
    this.#codeKeys.set(name, derived);
    return createHmac('sha256', derived).update(text).digest();
  }

  private key(id: string): KeyObject {
    const key = this.#keys.get(id);
    if (key === undefined) throw new SealUnreadable('key-missing', `A secret was sealed with the key '${id}', which is not among the keys: ${this.ids.join(', ')}.`);
    return key;
  }
}

function broken({ table, row, purpose }: SealContext): SealUnreadable {
  return new SealUnreadable('broken', `The sealed ${purpose} of '${row}' in '${table}' was changed, or belongs to something else.`);
}

/** As a list in JSON, so that no two contexts have the same bytes. */
function associatedData(keyId: string, { table, row, purpose }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([VERSION, keyId, table, row, purpose]));
}
