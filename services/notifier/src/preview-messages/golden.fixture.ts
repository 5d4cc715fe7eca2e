import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'golden');

/** Whether the files are written anew instead of compared; look at what `git diff` says of them afterwards. */
const IS_UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** Holds a text to its file in the folder `golden`, whole. */
export function expectGolden(name: string, text: string): void {
  const file = join(FOLDER, name);
  if (IS_UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
