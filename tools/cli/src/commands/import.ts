import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { CommandFailure, type ExitCode, wrongUse } from '../failure.js';
import { asJson, asText } from '../format.js';
import { refusalOf, refusalSentence } from '../http/refusal.js';
import { upload } from '../http/upload.js';
import { listAt, parsedJson, textAt } from '../json-reading.js';
import { importLines } from '../texts/import-text.js';
import type { CommandContext } from './context.js';

export interface ImportOptions {
  readonly format: string;
  readonly dryRun?: boolean;
  readonly skipInvalid?: boolean;
  readonly publisher?: string;
  readonly offerKind?: string;
  readonly partner?: string;
  readonly model?: string;
  readonly customer?: string;
  readonly id?: string;
  readonly type?: FileType;
}

export const FILE_TYPES = ['csv', 'json', 'ndjson'] as const;
type FileType = (typeof FILE_TYPES)[number];

const CONTENT_TYPES: Readonly<Record<FileType, string>> = { csv: 'text/csv', json: 'application/json', ndjson: 'application/x-ndjson' };
const TYPE_OF_ENDING: Readonly<Record<string, FileType>> = { '.csv': 'csv', '.json': 'json', '.ndjson': 'ndjson', '.jsonl': 'ndjson' };
const PROBLEMS_SHOWN = 20;
const PROGRESS_INTERVAL_MS = 200;
/** Answers by which a program can tell that the same file may be sent again. */
const MAY_GO_ON = new Set([408, 429, 500, 502, 503, 504]);

/** Sends a file into the directory, and says what became of it. */
export async function importFile(context: CommandContext, [file = '']: readonly string[], options: ImportOptions): Promise<ExitCode> {
  const { installation, terminal, isJson, paint } = context;
  const id = options.id ?? randomUUID();
  const source = await sourceOf(context, file, options);
  const { url } = installation.addresses.routing;
  const authorization: Record<string, string> = installation.token === null ? {} : { authorization: `Bearer ${installation.token}` };
  const progress = progressOn(context, source.bytesTotal);
  const answer = await upload({ url: `${url}/v1/imports?${queryOf(id, options)}`, headers: { accept: 'application/json', ...source.headers, ...authorization }, body: source.body, sent: progress.sent })
    .catch((error: unknown) => {
      throw new CommandFailure(1, 'unreachable', `The connection to the routing service at ${new URL(url).origin} broke: ${(error as Error).message}. ${goOn(id)}`);
    })
    .finally(progress.end);
  const text = answer.body.toString('utf8');
  const refusal = answer.status === 200 ? null : refusalOf(answer.status, text);
  if (refusal !== null && refusal.code !== 'import-refused') {
    const sentence = refusalSentence('The routing service', 'POST /v1/imports', refusal);
    throw new CommandFailure(1, refusal.code, MAY_GO_ON.has(answer.status) ? `${sentence} ${goOn(id)}` : sentence, answer.status);
  }
  const told = refusal === null ? parsedJson(text) : await context.services.routing.get(`/v1/imports/${id}`);
  const hasProblems = (textAt(told, 'counts', 'problems') ?? '0') !== '0';
  const problems = hasProblems ? listAt(await context.services.routing.get(`/v1/imports/${id}/report`, { limit: PROBLEMS_SHOWN }), 'items') : [];
  terminal.write(isJson ? asJson({ ...(told as object), problems }) : asText(importLines(told, problems, paint)));
  return refusal !== null || (options.dryRun === true && hasProblems) ? 1 : 0;
}

const goOn = (id: string): string => `Send the same file again with --id ${id}: it goes on where it stopped.`;

interface Source {
  readonly body: Readable;
  /** `null` where it is not known. */
  readonly bytesTotal: number | null;
  readonly headers: Readonly<Record<string, string>>;
}

async function sourceOf({ terminal }: CommandContext, file: string, { type }: ImportOptions): Promise<Source> {
  const isGzip = file.endsWith('.gz');
  const told = type ?? TYPE_OF_ENDING[path.extname(isGzip ? file.slice(0, -3) : file).toLowerCase()];
  if (told === undefined) throw wrongUse('type-unknown', `How ${file === '-' ? 'standard input' : file} is written cannot be seen from its name. Say it with --type ${FILE_TYPES.join('|')}.`);
  const headers = { 'content-type': CONTENT_TYPES[told], ...(isGzip ? { 'content-encoding': 'gzip' } : {}) };
  if (file === '-') return { body: Readable.from([await terminal.readInput()]), bytesTotal: null, headers };
  const place = path.resolve(terminal.cwd, file);
  const found = await stat(place).catch(() => null);
  if (found === null || !found.isFile()) throw wrongUse('unreadable-file', `There is no file ${file}. Check the name, or use - to read standard input.`);
  return { body: createReadStream(place), bytesTotal: found.size, headers };
}

function queryOf(id: string, { format, dryRun, skipInvalid, publisher, offerKind, partner, model, customer }: ImportOptions): string {
  const told = Object.entries({ id, format, dryRun: dryRun === true ? 'true' : undefined, skipInvalid: skipInvalid === true ? 'true' : undefined, publisher, offerKind, partner, model, customer });
  return new URLSearchParams(told.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]))).toString();
}

/** Shows people how much has gone out, on one line that is taken away at the end. */
function progressOn({ terminal, isJson }: CommandContext, bytesTotal: number | null): { readonly sent: (bytes: number) => void; readonly end: () => void } {
  if (isJson || !terminal.hasColours || bytesTotal === null) return { sent: () => undefined, end: () => undefined };
  let shownAtMs = 0;
  return {
    sent: (bytes) => {
      const nowMs = performance.now();
      if (bytes < bytesTotal && nowMs - shownAtMs < PROGRESS_INTERVAL_MS) return;
      shownAtMs = nowMs;
      terminal.tell(`\r${bytes < bytesTotal ? `${Math.floor((100 * bytes) / bytesTotal)} % sent` : 'All is sent; it is being applied …'}\u001b[K`);
    },
    end: () => terminal.tell('\r\u001b[K'),
  };
}
