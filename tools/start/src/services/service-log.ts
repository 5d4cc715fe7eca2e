import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { lastLines } from '@handoff/engines';

export interface ServiceLog {
  readonly file: string;
  /** Copies what a process prints to the file, and its errors to the terminal. */
  follow(output: { readonly stdout: Readable; readonly stderr: Readable }): void;
  tail(lineCount: number): Promise<string>;
  close(): void;
}

const ECHO_CHARS_MAX = 200;
const ECHO_LINES_MAX = 5;
const ECHO_WINDOW_MS = 10_000;

/** Opens the log of a service; that of the run before stays beside it as `<name>.log.1`. */
export async function openServiceLog(dir: string, name: string, say: (line: string) => void): Promise<ServiceLog> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, `${name}.log`);
  await rename(file, `${file}.1`).catch(() => undefined);
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', (error) => say(`${name}: its log ${file} cannot be written (${error.message})`));
  const echo = limitedEcho(name, file, say);
  return {
    file,
    follow: ({ stdout, stderr }) => {
      copyLines(stdout, stream, (line) => (isError(line) ? echo(line) : undefined));
      copyLines(stderr, stream, echo);
    },
    tail: async (lineCount) => lastLines(await readFile(file, 'utf8').catch(() => ''), lineCount),
    close: () => stream.end(),
  };
}

function copyLines(from: Readable, to: WriteStream, see: (line: string) => void): void {
  createInterface({ input: from }).on('line', (line) => {
    if (!to.writableEnded) to.write(`${line}\n`);
    see(line);
  });
}

/** Log lines of a service are JSON; pino writes its level as a number, others as a word. */
export function isError(line: string): boolean {
  return /"level":\s*(?:[56]0|"(?:error|fatal)")/.test(line);
}

function limitedEcho(name: string, file: string, say: (line: string) => void): (line: string) => void {
  let windowStart = 0;
  let shown = 0;
  return (line) => {
    if (line.trim() === '') return;
    const now = Date.now();
    if (now - windowStart > ECHO_WINDOW_MS) {
      windowStart = now;
      shown = 0;
    }
    shown += 1;
    if (shown <= ECHO_LINES_MAX) say(`${name}: ${briefly(line)}`);
    if (shown === ECHO_LINES_MAX + 1) say(`${name}: more in ${file}`);
  };
}

/** The message of a JSON line, or the line itself, cut to one terminal line or two. */
export function briefly(line: string): string {
  const text = messageOf(line) ?? line;
  return text.length > ECHO_CHARS_MAX ? `${text.slice(0, ECHO_CHARS_MAX)}…` : text;
}

function messageOf(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { msg, message, err } = JSON.parse(line) as { msg?: unknown; message?: unknown; err?: { message?: unknown } };
    const parts = [msg ?? message, err?.message].filter((part) => typeof part === 'string' && part !== '');
    return parts.length > 0 ? parts.join(': ') : undefined;
  } catch {
    return undefined;
  }
}
