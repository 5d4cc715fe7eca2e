import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readWords } from './read-words.js';
import { OWN_WORDS } from './words.js';

describe('the words of an installation', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'handoff-texts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: string): void => writeFileSync(path.join(folder, name), content);

  it('are our own where nothing is set, and where its folder has no files', () => {
    expect(readWords(undefined)).toBe(OWN_WORDS);
    expect(readWords(folder)).toEqual(OWN_WORDS);
  });

  it('are those of its files, and for the rest our own', () => {
    write('tr.txt', 'headline.act.new = yok');
    write('README.md', 'not a text');
    const { en, tr } = readWords(folder);
    expect([tr.text('headline.act.new'), tr.text('headline.act.moved'), en.text('headline.act.new')]).toEqual(['yok', OWN_WORDS.tr.text('headline.act.moved'), OWN_WORDS.en.text('headline.act.new')]);
  });

  it('stop the start with every line at fault', () => {
    write('en.txt', 'heading.why = Reasons\nheading.wy = Reasons\n\nturn.of = {who}\n');
    expect(() => readWords(folder)).toThrow(new RegExp(`^MESSAGE_TEXTS_DIR: texts cannot be used\\.\n.*en\\.txt:2: there is no text 'heading\\.wy'\\.\n.*en\\.txt:4: 'turn\\.of' has \\{who\\}`));
  });

  it.each([
    ['a language that there is not', () => write('de.txt', ''), /'.*de\.txt' is of no language that there is; name the file en\.txt or tr\.txt/],
    ['a file that is too large', () => write('en.txt', `#${'x'.repeat(262_144)}`), /has more than 262144 bytes/],
    ['a folder in place of a file', () => mkdirSync(path.join(folder, 'en.txt')), /en\.txt' cannot be read \(EISDIR\)/],
  ])('stop the start with %s', (_what, prepare, message) => {
    prepare();
    expect(() => readWords(folder)).toThrow(message);
  });

  it('stop the start without their folder', () => {
    expect(() => readWords(path.join(folder, 'gone'))).toThrow(/the folder '.*gone' cannot be read \(ENOENT\)/);
  });
});
