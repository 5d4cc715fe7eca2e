import path from 'node:path';
import { possibleDataDirs } from './postgres/postgres-place.js';
import { stopRecorded } from './process/engine-process.js';

const GRACE_MS = 20_000;

/** Stops embedded engines that a killed run left behind in this data directory. */
export async function stopLeftoverEngines(dataDir: string): Promise<void> {
  const kafkaDir = path.join(dataDir, 'kafka');
  await stopRecorded(path.join(kafkaDir, 'kafka.pid'), {
    marker: path.join(kafkaDir, 'server.properties'),
    signal: 'SIGTERM',
    graceMs: GRACE_MS,
  });
  for (const data of await possibleDataDirs(path.join(dataDir, 'postgres'))) {
    const request = { marker: data, signal: 'SIGINT', graceMs: GRACE_MS } as const;
    await stopRecorded(path.join(data, 'postmaster.pid'), request);
  }
}
