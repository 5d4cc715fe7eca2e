import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '@handoff/platform';
import { wordingOf } from './wording.decision.js';
import { CATALOGUES, type Language, LANGUAGES, OWN_WORDS, Words, type WordsByLanguage } from './words.js';

const FILE_BYTES_MAX = 262_144;
const PROBLEMS_SHOWN_MAX = 20;
const ENDING = '.txt';

/**
 * What messages say: our own words, and in their place what the files `en.txt` and `tr.txt` of a folder have.
 * @throws StartupError that names each line at fault.
 */
export function readWords(folder: string | undefined): WordsByLanguage {
  if (folder === undefined) return OWN_WORDS;
  const files = namesIn(folder).filter((name) => name.endsWith(ENDING));
  const unknown = files.find((name) => languageOfFile(name) === undefined);
  if (unknown !== undefined) throw new StartupError(`MESSAGE_TEXTS_DIR: '${join(folder, unknown)}' is of no language that there is; name the file ${LANGUAGES.map((language) => language + ENDING).join(' or ')}.`);
  return { ...OWN_WORDS, ...Object.fromEntries(files.map((name) => wordsOf(languageOfFile(name) ?? 'en', join(folder, name)))) };
}

function languageOfFile(name: string): Language | undefined {
  return LANGUAGES.find((language) => name === language + ENDING);
}

function wordsOf(language: Language, file: string): [Language, Words] {
  const { wording, problems } = wordingOf(contentOf(file));
  if (problems.length > 0) {
    const shown = problems.slice(0, PROBLEMS_SHOWN_MAX).map(({ line, detail }) => `${file}:${line}: ${detail}`);
    const more = problems.length - shown.length;
    throw new StartupError(`MESSAGE_TEXTS_DIR: texts cannot be used.\n${[...shown, ...(more > 0 ? [`and ${more} more.`] : [])].join('\n')}`);
  }
  return [language, new Words(language, { ...CATALOGUES[language], ...wording })];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new StartupError(`MESSAGE_TEXTS_DIR: the folder '${folder}' cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

function contentOf(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= FILE_BYTES_MAX) return bytes.toString('utf8');
  } catch (error) {
    throw new StartupError(`MESSAGE_TEXTS_DIR: '${file}' cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
  throw new StartupError(`MESSAGE_TEXTS_DIR: '${file}' has more than ${FILE_BYTES_MAX} bytes.`);
}
