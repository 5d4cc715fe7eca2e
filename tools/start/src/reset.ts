import { readdir, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  findDocker,
  removeCompose,
  removePlaceOutside,
  settingsFrom,
  StartupError,
  stopLeftoverEngines,
} from '@handoff/engines';
import { alreadyRunning } from './run.js';
import { isRunning, readRunRecord } from './run-file.js';

/** Removes all data of a local run. Answers in sentences what was removed. */
async function reset(): Promise<string[]> {
  const settings = settingsFrom({});
  const { dataDir, rootDir, env } = settings;
  const record = await readRunRecord(dataDir);
  if (record !== undefined && (await isRunning(record))) throw new StartupError(alreadyRunning(record));
  await requireOurs(dataDir, rootDir);
  await stopLeftoverEngines(dataDir);
  const removed: string[] = [];
  const docker = await findDocker(env);
  if (docker.answers) {
    const project = await removeCompose(settings);
    if (project !== undefined) removed.push(`Removed the containers and volumes of the compose project ${project}.`);
  }
  const outside = await removePlaceOutside(path.join(dataDir, 'postgres'));
  if (outside !== undefined) removed.push(`Removed ${outside}, PostgreSQL's data.`);
  const contents: readonly string[] = await readdir(dataDir).catch(() => []);
  // A database of one's own keeps its data, and what is sealed there needs this key.
  const kept = env['DATABASE_URL'] && contents.includes('keys') ? ['keys'] : [];
  const gone = contents.filter((name) => !kept.includes(name));
  if (kept.length === 0) await rm(dataDir, { recursive: true, force: true });
  else for (const name of gone) await rm(path.join(dataDir, name), { recursive: true, force: true });
  if (gone.length > 0) removed.push(`Removed ${dataDir} (${gone.sort().join(', ')}).`);
  if (kept.length > 0) removed.push(`Kept ${path.join(dataDir, 'keys')}: secrets in the database of DATABASE_URL are sealed with it.`);
  return removed.length > 0 ? removed : ['There was nothing to remove.'];
}

/** HANDOFF_DATA_DIR may name any folder: only one that looks like ours is deleted. */
async function requireOurs(dataDir: string, rootDir: string): Promise<void> {
  const isThere = await stat(dataDir).then(
    () => true,
    () => false,
  );
  if (!isThere || dataDir === path.join(rootDir, '.handoff')) return;
  const holdsProject = (await realpath(rootDir)).startsWith((await realpath(dataDir)) + path.sep);
  const contents = await readdir(dataDir);
  const known =
    contents.length === 0 || contents.some((name) => ['token', 'database.json', 'postgres-password'].includes(name));
  if (holdsProject || !known) {
    throw new StartupError(
      `HANDOFF_DATA_DIR is ${dataDir}, which does not look like Handoff's data: remove it yourself.`,
    );
  }
}

try {
  for (const sentence of await reset()) console.log(sentence);
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exitCode = 1;
}
