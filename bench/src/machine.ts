import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { projectRoot, withClient } from '@handoff/engines';
import type { Rig } from './rig/rig.js';

/** On what it was measured. Nothing in it names the machine or the day. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGib: number;
  readonly system: string;
  readonly node: string;
  /** `null` where no stage needed it. */
  readonly kafka: string | null;
  readonly postgres: string | null;
}

const GIB = 1_024 ** 3;

export async function describeMachine(rig: Rig | null): Promise<Machine> {
  return {
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    memoryGib: Math.round(os.totalmem() / GIB),
    system: `${os.platform()} ${os.arch()}`,
    node: process.version.slice(1),
    kafka: rig === null ? null : await kafkaVersion(rig),
    postgres: rig === null ? null : await postgresVersion(rig),
  };
}

/** Kafka does not tell its version to clients of kafkajs's age; what we start is what deploy/kafka names. */
async function kafkaVersion({ kinds: { kafka } }: Rig): Promise<string> {
  if (kafka === 'external') return 'external';
  const pom = await readFile(path.join(projectRoot(), 'deploy/kafka/pom.xml'), 'utf8');
  return `${/<kafka\.version>([^<]+)</.exec(pom)?.[1] ?? 'unknown'} (${kafka})`;
}

async function postgresVersion({ postgresUrl, kinds }: Rig): Promise<string> {
  const { rows } = await withClient(postgresUrl, (client) => client.query<{ server_version: string }>('show server_version'));
  return `${rows[0]?.server_version.split(' ')[0] ?? 'unknown'} (${kinds.postgres})`;
}
