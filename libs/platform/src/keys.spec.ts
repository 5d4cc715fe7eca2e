import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newKey } from '@handoff/secrets';
import { StartupError } from './config.js';
import { readKeyRing } from './keys.js';

const NONE = { HANDOFF_KEYS: undefined, HANDOFF_KEYS_FILE: undefined };

describe('the keys that seal secrets', () => {
  it('come from the setting, or from the file that it names', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'handoff-keys-'));
    try {
      const [inFile, given] = [newKey(new Date('2026-11-02')), newKey(new Date('2026-11-03'))];
      writeFileSync(path.join(dir, 'keys'), `# made at the start\n${inFile}\n`);
      const settings = { ...NONE, HANDOFF_KEYS_FILE: path.join(dir, 'keys') };
      expect(readKeyRing(settings).newestId).toMatch(/^k20261102-/);
      expect(readKeyRing({ ...settings, HANDOFF_KEYS: given }).newestId).toMatch(/^k20261103-/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it.each([
    ['are missing', NONE, /there is no key\. Set HANDOFF_KEYS_FILE .* 'npx handoff keys new'/],
    ['are in a file that is not there', { ...NONE, HANDOFF_KEYS_FILE: '/nowhere/keys' }, /^HANDOFF_KEYS_FILE cannot be read/],
    ['are not keys', { ...NONE, HANDOFF_KEYS: 'a-password' }, /^HANDOFF_KEYS cannot be used\. Key 1 has not the form/],
  ])('stop the start with a sentence where they %s', (_what, settings, sentence) => {
    const read = () => readKeyRing(settings);
    expect(read).toThrow(StartupError);
    expect(read).toThrow(sentence);
  });
});
