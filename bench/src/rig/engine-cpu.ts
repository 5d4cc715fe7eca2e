import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Processor time that the engines took so far. */
export interface EngineCpu {
  readonly kafkaMs: number;
  readonly postgresMs: number;
}

/** The unit of /proc, as Linux has it on every machine that this runs on. */
const MS_A_TICK = 10;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Its own and that of its children that ended. */
  readonly ticks: number;
}

/** What embedded engines took, on Linux; `null` elsewhere: of engines on other machines or in containers nothing is known. */
export async function engineCpu(dataDir: string): Promise<EngineCpu | null> {
  const [kafka, postgres] = await Promise.all([pidIn(path.join(dataDir, 'kafka/kafka.pid')), pidIn(path.join(dataDir, 'postgres.pid'))]);
  if (kafka === null || postgres === null || process.platform !== 'linux') return null;
  const stats = await allStats();
  const msOf = (pid: number): number => stats.filter((stat) => stat.pid === pid || stat.parent === pid).reduce((sum, { ticks }) => sum + ticks * MS_A_TICK, 0);
  return { kafkaMs: msOf(kafka), postgresMs: msOf(postgres) };
}

async function pidIn(file: string): Promise<number | null> {
  return Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10) || null;
}

async function allStats(): Promise<readonly Stat[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').then(statOf, () => null)));
  return stats.filter((stat) => stat !== null);
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name of the program may have blanks and brackets in it. */
function statOf(text: string): Stat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
  const [, parent = 0] = fields;
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + (fields[index] ?? 0), 0);
  return { pid: Number.parseInt(text, 10), parent, ticks };
}
