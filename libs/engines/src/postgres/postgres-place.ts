import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../process/run-command.js';
import { StartupError } from '../startup-error.js';
import type { PostgresPrograms } from './postgres-programs.js';

export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where PostgreSQL runs from, where its data are, and as whom. */
export interface PostgresPlace {
  readonly nativeDir: string;
  readonly dataDir: string;
  /** Undefined: as ourselves. */
  readonly user: UnixUser | undefined;
}

/** Each entry belongs to one data directory; the file `origin` in it says to which. */
const ROOT_STATE_DIR = '/var/lib/handoff';

/**
 * Decides where PostgreSQL lives. It refuses to run as root, so root hands it to the user `postgres`, or `nobody`. That
 * user may be unable to enter the project (/root, or a temporary folder of mode 700). Opening the folders up is not
 * ours to do, so then programs and data go to /var/lib/handoff instead.
 */
export async function choosePlace(dir: string, programs: PostgresPrograms): Promise<PostgresPlace> {
  const dataDir = path.join(dir, 'data');
  if (process.getuid?.() !== 0) return { nativeDir: programs.nativeDir, dataDir, user: undefined };
  const elsewhere = await elsewhereFor(dir);
  const user = (await ownerOf(dataDir)) ?? (await ownerOf(path.join(elsewhere, 'data'))) ?? (await unprivilegedUser());
  const reachable = (await mayEnter(dir, user)) && (await mayRun(programs.nativeDir, user));
  if (reachable) {
    await handOver(dir, user);
    return { nativeDir: programs.nativeDir, dataDir, user };
  }
  await removeOrphans();
  await mkdir(elsewhere, { recursive: true });
  // Whatever the umask is: these two are ours.
  await chmod(ROOT_STATE_DIR, 0o755);
  await chmod(elsewhere, 0o755);
  await writeFile(path.join(elsewhere, 'origin'), `${await originOf(dir)}\n`);
  await handOver(path.join(elsewhere, 'run'), user);
  const nativeDir = await copyPrograms(programs, elsewhere);
  return { nativeDir, dataDir: path.join(elsewhere, 'run/data'), user };
}

/** Where the data of this folder can be: in it, or outside. */
export async function possibleDataDirs(dir: string): Promise<string[]> {
  return [path.join(dir, 'data'), path.join(await elsewhereFor(dir), 'run/data')];
}

/** Removes what {@link choosePlace} put outside the data directory. Answers the folder, or undefined when there was none. */
export async function removePlaceOutside(dir: string): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const elsewhere = await elsewhereFor(dir);
  const exists = await stat(elsewhere).then(
    () => true,
    () => false,
  );
  await rm(elsewhere, { recursive: true, force: true });
  // Succeeds only when nothing of another project is in it.
  await rmdir(ROOT_STATE_DIR).catch(() => undefined);
  return exists ? elsewhere : undefined;
}

async function elsewhereFor(dir: string): Promise<string> {
  const name = createHash('sha256')
    .update(await originOf(dir))
    .digest('hex')
    .slice(0, 16);
  return path.join(ROOT_STATE_DIR, name);
}

/** The same path whether the folder exists yet or not, and by whatever link it is reached. */
async function originOf(dir: string): Promise<string> {
  const parent = path.dirname(path.resolve(dir));
  return path.join(await realpath(parent).catch(() => parent), path.basename(dir));
}

/** A project that was deleted without `npm run reset` leaves its entry behind. */
async function removeOrphans(): Promise<void> {
  for (const name of await readdir(ROOT_STATE_DIR).catch(() => [])) {
    const entry = path.join(ROOT_STATE_DIR, name);
    const origin = (await readFile(path.join(entry, 'origin'), 'utf8').catch(() => '')).trim();
    if (
      origin === '' ||
      (await stat(origin).then(
        () => true,
        () => false,
      ))
    )
      continue;
    const running = await stat(path.join(entry, 'run/data/postmaster.pid')).then(
      () => true,
      () => false,
    );
    if (!running) await rm(entry, { recursive: true, force: true });
  }
}

async function handOver(dir: string, user: UnixUser): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chown(dir, user.uid, user.gid);
}

async function ownerOf(dataDir: string): Promise<UnixUser | undefined> {
  const found = await stat(dataDir).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function unprivilegedUser(): Promise<UnixUser> {
  for (const name of ['postgres', 'nobody']) {
    const uid = await runCommand('id', ['-u', name], { timeoutMs: 5_000 });
    const gid = await runCommand('id', ['-g', name], { timeoutMs: 5_000 });
    if (uid.exitCode === 0 && gid.exitCode === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new StartupError(
    'PostgreSQL refuses to run as root, and this machine has neither a user `postgres` nor `nobody` to run it as: start Handoff as an ordinary user, or set DATABASE_URL.',
  );
}

async function mayRun(nativeDir: string, user: UnixUser): Promise<boolean> {
  // One file of each kind stands for the rest: an unpacked package has one umask.
  for (const file of ['bin/postgres', 'lib/libpq.so.5', 'share/postgresql/postgres.bki']) {
    const full = path.join(nativeDir, file);
    const found = await stat(full).catch(() => undefined);
    if (found !== undefined && !allows(found, user, 0o4)) return false;
    if (!(await mayEnter(full, user))) return false;
  }
  return true;
}

/** True when the user may pass through every folder above this one; the folder itself can be handed over. */
async function mayEnter(dir: string, user: UnixUser): Promise<boolean> {
  for (let current = path.dirname(await originOf(dir)); ; current = path.dirname(current)) {
    const found = await stat(current).catch(() => undefined);
    if (found !== undefined && !allows(found, user, 0o1)) return false;
    if (current === path.dirname(current)) return true;
  }
}

function allows(file: { mode: number; uid: number; gid: number }, user: UnixUser, permission: number): boolean {
  if (file.uid === user.uid) return (file.mode & (permission << 6)) !== 0;
  if (file.gid === user.gid) return (file.mode & (permission << 3)) !== 0;
  return (file.mode & permission) !== 0;
}

async function copyPrograms(programs: PostgresPrograms, elsewhere: string): Promise<string> {
  const target = path.join(elsewhere, `postgresql-${programs.version}`);
  if (
    await stat(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  const partial = `${target}.${process.pid}`;
  await cp(programs.nativeDir, partial, { recursive: true, verbatimSymlinks: true });
  await openToAll(partial);
  await rename(partial, target);
  return target;
}

/** The copies must be readable whatever the umask was at the install. */
async function openToAll(dir: string): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) await openToAll(full);
    else if (entry.isFile()) await chmod(full, path.basename(dir) === 'bin' ? 0o755 : 0o644);
  }
}
