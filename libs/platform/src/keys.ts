import { type SealedColumn, SealedRows } from '@handoff/persistence';
import { KEY_FORM, KeyRing, KeysUnusable, SealUnreadable } from '@handoff/secrets';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type keySettings, readSettingsFile, StartupError } from './config.js';

/**
 * The keys that seal the secrets in the database.
 * @throws StartupError with how to make one: a service that keeps secrets does not start without.
 */
export function readKeyRing({ HANDOFF_KEYS: keys, HANDOFF_KEYS_FILE: file }: z.output<typeof keySettings>): KeyRing {
  const setting = keys === undefined ? 'HANDOFF_KEYS_FILE' : 'HANDOFF_KEYS';
  const text = keys ?? (file === undefined ? undefined : readSettingsFile(setting, file));
  if (text === undefined) {
    throw new StartupError(`Secrets are stored encrypted, and there is no key. Set HANDOFF_KEYS_FILE to a file that holds one, or HANDOFF_KEYS to the key itself: ${KEY_FORM}. Keep a copy: what is sealed with a lost key is lost.`);
  }
  try {
    return KeyRing.parse(text);
  } catch (error) {
    throw error instanceof KeysUnusable ? new StartupError(`${setting} cannot be used. ${error.message}`) : error;
  }
}

/**
 * The sealed columns of a service, ready for use: what an earlier version left unsealed is sealed now.
 * @throws StartupError when a key is missing that secrets are sealed with.
 */
export async function openSealedRows(dataSource: DataSource, ring: KeyRing, columns: readonly SealedColumn[]): Promise<SealedRows> {
  const rows = new SealedRows(dataSource, ring, columns);
  await rows.prepare().catch((error: unknown) => {
    throw error instanceof SealUnreadable ? new StartupError(`${error.message} Put the missing key back, after the newest, into HANDOFF_KEYS or the file that HANDOFF_KEYS_FILE names.`) : error;
  });
  return rows;
}
