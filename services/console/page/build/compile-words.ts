import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:words/';
/** Every message is in this language; the others must have the same ones. */
const FIRST_LANGUAGE = 'en';

/**
 * Gives `virtual:words/<language>`: the messages of all folders in that language, their ICU syntax compiled, so that the page carries
 * no parser. A message that is missing, or is there twice, fails the build.
 */
export function compileWords(sourceDir: string): Plugin {
  return {
    name: 'compile-words',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const language = id.slice(PREFIX.length + 1);
      const files = wordFiles(sourceDir, language);
      for (const file of files) this.addWatchFile(file);
      const messages = messagesIn(files);
      const expected = messagesIn(wordFiles(sourceDir, FIRST_LANGUAGE));
      const missing = [...expected.keys()].filter((key) => !messages.has(key));
      const unknown = [...messages.keys()].filter((key) => !expected.has(key));
      if (missing.length + unknown.length > 0) throw new Error(`The words of '${language}' lack [${missing.join(', ')}], and have [${unknown.join(', ')}] which '${FIRST_LANGUAGE}' has not.`);
      return `export default ${JSON.stringify(Object.fromEntries([...messages].map(([key, message]) => [key, compileMessageOrThrow(message)])))};`;
    },
  };
}

function wordFiles(sourceDir: string, language: string): string[] {
  const folders = readdirSync(sourceDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => join(sourceDir, name, `words.${language}.json`)).filter((file) => existsSync(file));
}

function messagesIn(files: readonly string[]): Map<string, string> {
  const messages = new Map<string, string>();
  for (const file of files) {
    for (const [key, message] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)) {
      if (messages.has(key)) throw new Error(`${file}: '${key}' is the key of another message already; choose another.`);
      messages.set(key, message);
    }
  }
  return messages;
}
