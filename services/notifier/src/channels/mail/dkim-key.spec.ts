import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDkimKey } from './dkim-key.js';

describe('the key that signs mail', () => {
  const record = 'handoff._domainkey.contoso.example';
  const folder = mkdtempSync(path.join(tmpdir(), 'handoff-dkim-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileWith = (content: string): string => {
    const file = path.join(folder, 'key.pem');
    writeFileSync(file, content);
    return file;
  };

  it('comes from a file, for the record that has its public half', () => {
    const privateKey = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(readDkimKey({ DKIM_RECORD: record, DKIM_KEY_FILE: fileWith(privateKey) })).toEqual({ domainName: 'contoso.example', keySelector: 'handoff', privateKey });
  });

  it('is none where nothing is set', () => {
    expect(readDkimKey({})).toBeNull();
  });

  it.each([
    ['a record without a key', () => ({ DKIM_RECORD: record }), 'set DKIM_KEY_FILE as well'],
    ['a key without a record', () => ({ DKIM_KEY_FILE: fileWith('') }), 'set DKIM_RECORD as well'],
    ['a file without a key', () => ({ DKIM_RECORD: record, DKIM_KEY_FILE: fileWith('hello') }), 'must have an RSA private key'],
    ['a key of another kind', () => ({ DKIM_RECORD: record, DKIM_KEY_FILE: fileWith(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()) }), 'must have an RSA private key'],
  ])('stops the start: %s', (_what, settings, message) => {
    expect(() => readDkimKey(settings())).toThrow(message);
  });
});
