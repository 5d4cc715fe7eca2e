import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identityOf } from '@handoff/engines';

export interface Addresses {
  /** `http://127.0.0.1:8081`, by service. */
  readonly [service: string]: string | null;
  /** The page of the development mail server; null when SMTP_URL names another server. */
  readonly mailbox: string | null;
  /** Where services send mail, without credentials. */
  readonly smtp: string | null;
}

/** What `.handoff/run.json` holds while Handoff runs, for the other commands. */
export interface RunRecord {
  readonly pid: number;
  /** Tells this process from a later one with the same id. */
  readonly identity: string | undefined;
  readonly state: 'starting' | 'ready' | 'stopping';
  /** RFC 3339. */
  readonly startedAt: string;
  readonly addresses: Addresses;
  readonly engines: {
    readonly kafka?: { readonly kind: string; readonly brokers: readonly string[] };
    readonly postgres?: { readonly kind: string; readonly address: string };
  };
  readonly children: Readonly<Record<string, number>>;
  /** The program of each child, which proves that a process of that id is ours. */
  readonly programs: Readonly<Record<string, string>>;
}

const FILE_NAME = 'run.json';

/** The run's record and lock: only one process holds it in a data directory. */
export class RunFile {
  private constructor(
    private readonly file: string,
    private record: RunRecord,
  ) {}

  /**
   * Takes the lock. Answers the record of the run that holds it, when one does; a record that a killed run left behind
   * is handed to `onLeftover` first.
   */
  static async take(
    dataDir: string,
    first: Omit<RunRecord, 'identity' | 'pid'>,
    onLeftover: (record: RunRecord) => Promise<void>,
  ): Promise<RunFile | { readonly heldBy: RunRecord }> {
    await mkdir(dataDir, { recursive: true });
    const file = path.join(dataDir, FILE_NAME);
    const record: RunRecord = { ...first, pid: process.pid, identity: await identityOf(process.pid) };
    for (;;) {
      try {
        await writeFile(file, asText(record), { flag: 'wx', mode: 0o600 });
        return new RunFile(file, record);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const other = await readRunRecord(dataDir);
      if (other !== undefined && (await isRunning(other))) return { heldBy: other };
      if (other !== undefined) await onLeftover(other);
      await rm(file, { force: true });
    }
  }

  /** Written at once and whole, so that a reader never sees half of it. */
  update(change: Partial<RunRecord>): void {
    this.record = { ...this.record, ...change };
    const partial = `${this.file}.${process.pid}`;
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(partial, asText(this.record), { mode: 0o600 });
    renameSync(partial, this.file);
  }

  setChild(name: string, pid: number | undefined): void {
    const { [name]: _previous, ...others } = this.record.children;
    this.update({ children: pid === undefined ? others : { ...others, [name]: pid } });
  }

  remove(): void {
    const held = JSON.parse(readFileSync(this.file, 'utf8')) as RunRecord;
    if (held.pid === process.pid) rmSync(this.file, { force: true });
  }
}

/** The record of the run in this data directory, running or not; undefined when there is none that can be read. */
export async function readRunRecord(dataDir: string): Promise<RunRecord | undefined> {
  const text = await readFile(path.join(dataDir, FILE_NAME), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as RunRecord;
  } catch {
    return undefined;
  }
}

/** True when the process that wrote the record is alive. */
export async function isRunning(record: RunRecord): Promise<boolean> {
  const identity = await identityOf(record.pid);
  return identity !== undefined && (record.identity === undefined || identity === record.identity);
}

function asText(record: RunRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
