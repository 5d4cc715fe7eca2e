import { createPrivateKey } from 'node:crypto';
import { readSettingsFile, StartupError } from '@handoff/platform';

/** With what mail is signed (RFC 6376). */
export interface DkimKey {
  readonly domainName: string;
  readonly keySelector: string;
  /** PEM. */
  readonly privateKey: string;
}

const BITS_MIN = 1_024;

/**
 * The key of these settings; `null` where mail is not signed.
 * @throws StartupError when one of the two is missing, or the file has no RSA private key that RFC 8301 allows.
 */
export function readDkimKey({ DKIM_RECORD: record, DKIM_KEY_FILE: file }: { readonly DKIM_RECORD?: string | undefined; readonly DKIM_KEY_FILE?: string | undefined }): DkimKey | null {
  if (record === undefined && file === undefined) return null;
  if (record === undefined || file === undefined) throw new StartupError(`Mail is signed with DKIM_RECORD and DKIM_KEY_FILE together; set ${record === undefined ? 'DKIM_RECORD' : 'DKIM_KEY_FILE'} as well, or neither.`);
  const privateKey = readSettingsFile('DKIM_KEY_FILE', file);
  if (!isUsable(privateKey)) throw new StartupError(`DKIM_KEY_FILE: '${file}' must have an RSA private key of at least ${BITS_MIN} bits, in PEM.`);
  const [keySelector = '', domainName = ''] = record.split('._domainkey.');
  return { domainName, keySelector, privateKey };
}

function isUsable(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= BITS_MIN;
  } catch {
    return false;
  }
}
