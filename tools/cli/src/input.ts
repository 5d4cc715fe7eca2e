import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { wrongUse } from './failure.js';
import { isRecord, type JsonRecord, parsedJson } from './json-reading.js';
import type { Terminal } from './terminal.js';

/**
 * The bytes of a file, or of standard input for `-`.
 * @throws CommandFailure (wrong use) where the file cannot be read.
 */
export async function readBytes(terminal: Terminal, file: string): Promise<Buffer> {
  if (file === '-') return terminal.readInput();
  try {
    return await readFile(path.resolve(terminal.cwd, file));
  } catch (error) {
    throw wrongUse('unreadable-file', unreadable(file, error as NodeJS.ErrnoException));
  }
}

function unreadable(file: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `There is no file ${file}. Check the name, or use - to read standard input.`;
  if (code === 'EISDIR') return `${file} is a folder; name a file in it.`;
  return `${file} cannot be read: ${message}.`;
}

/**
 * A JSON object.
 * @throws CommandFailure (wrong use) where the text is something else.
 */
export function jsonObject(bytes: Buffer, where: string): JsonRecord {
  const value = parsedJson(bytes.toString('utf8'));
  if (isRecord(value)) return value;
  throw wrongUse('invalid-json', `${where} is not a JSON object. ${value === undefined ? 'Check it with a JSON checker.' : 'It must start with { and end with }.'}`);
}

/** What to call the place that bytes came from. */
export const placeName = (file: string): string => (file === '-' ? 'Standard input' : file);
