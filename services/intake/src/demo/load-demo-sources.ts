import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BodyPipe, Problem, StartupError } from '@handoff/platform';
import type { ManageSourcesHandler } from '../manage-sources/manage-sources.handler.js';
import { CreateSourceBody } from '../manage-sources/source.body.js';
import type { SourceStore } from '../sources/source.store.js';

export interface DemoParts {
  /** Folder with sources.json. */
  readonly demoDir: string;
  /** Folder where demo-secrets.json is written, for whoever signs test webhooks. */
  readonly dataDir: string;
  readonly store: SourceStore;
  readonly sources: ManageSourcesHandler;
}

/**
 * Loads the demo sources into an empty database, each with a new secret. At every start it writes their secrets to
 * demo-secrets.json, readable by its owner alone, so that the file is there after its folder was removed.
 * @throws StartupError when sources.json cannot be used.
 */
export async function loadDemoSources({ demoDir, dataDir, store, sources }: DemoParts): Promise<readonly string[]> {
  const bodies = await readSources(path.join(demoDir, 'sources.json'));
  const [any] = await store.list({ after: null, limit: 1 });
  if (any === undefined) for (const body of bodies) await sources.create(body);
  await writeSecrets(path.join(dataDir, 'demo-secrets.json'), await secretsOf(bodies, store));
  return any === undefined ? bodies.map(({ source }) => source) : [];
}

async function readSources(file: string): Promise<readonly CreateSourceBody[]> {
  try {
    const listed = JSON.parse(await readFile(file, 'utf8')) as unknown;
    if (!Array.isArray(listed)) throw new Error('it must be a list of sources');
    const pipe = new BodyPipe();
    return await Promise.all(listed.map(async (each: unknown) => (await pipe.transform(each, { type: 'body', metatype: CreateSourceBody })) as CreateSourceBody));
  } catch (error) {
    throw new StartupError(`${file} cannot be used: ${error instanceof Problem ? error.detail : (error as Error).message}`);
  }
}

async function secretsOf(bodies: readonly CreateSourceBody[], store: SourceStore): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {};
  for (const { source } of bodies) {
    const newest = (await store.find(source))?.secrets[0]?.secret;
    if (newest !== undefined) secrets[source] = newest;
  }
  return secrets;
}

async function writeSecrets(file: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
