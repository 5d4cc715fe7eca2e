// Runs before `npm start` and `npm test`: installs what is missing and builds what has changed.
// It runs on the machine's own Node, before anything is installed: only Node 20's built-in modules here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const NODE_MIN = [20, 19];
const NODE_MAJOR_RUNTIME = 24;
const LOCK_WAIT_MS_MAX = 600_000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;

const root = path.resolve(
  import.meta.dirname ?? path.dirname(decodeURIComponent(new URL(import.meta.url).pathname)),
  '..',
);
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.handoff-installed');
const lockDir = path.join(root, '.handoff', 'bootstrap.lock');

requireNode();
takeLock();
try {
  installWhenNeeded();
  build();
  buildPage();
} finally {
  rmSync(lockDir, { recursive: true, force: true });
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  fail(
    `Handoff needs Node ${NODE_MIN.join('.')} or newer to install itself, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
}

/** Two commands started at once must not install into the same folder. */
function takeLock() {
  mkdirSync(path.dirname(lockDir), { recursive: true });
  const deadline = Date.now() + LOCK_WAIT_MS_MAX;
  let told = false;
  for (;;) {
    try {
      mkdirSync(lockDir);
      writeFileSync(path.join(lockDir, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`Handoff cannot write to ${path.dirname(lockDir)}: ${error.message}.`);
    }
    if (lockIsStale()) {
      rmSync(lockDir, { recursive: true, force: true });
      continue;
    }
    if (!told) console.log('Another command is installing or building here; waiting for it …');
    told = true;
    if (Date.now() > deadline)
      fail(`Another command has held ${lockDir} for 10 minutes: end it, or remove that folder.`);
    pause(250);
  }
}

function lockIsStale() {
  let pid = readPid();
  if (pid === undefined) {
    // The other command is between making the folder and writing its id, or was killed there.
    pause(500);
    pid = readPid();
  }
  if (pid === undefined) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function readPid() {
  try {
    return Number(readFileSync(path.join(lockDir, 'pid'), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function pause(durationMs) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}

function installWhenNeeded() {
  const lockfile = path.join(root, 'package-lock.json');
  const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  if (runtimeNode() !== undefined && (stamp() === wanted || installedByHand(lockfile))) {
    if (stamp() !== wanted) writeFileSync(stampFile, wanted);
    return;
  }
  console.log('Installing dependencies (a minute or two) …');
  const result = install();
  if (result.status !== 0) {
    fail(
      `The dependencies could not be installed; check that the npm registry can be reached, then run the command again. npm said:\n${npmErrors(result)}`,
    );
  }
  if (runtimeNode() === undefined) {
    fail(
      `The npm package "node" did not bring Node ${NODE_MAJOR_RUNTIME}: allow install scripts (npm config set ignore-scripts false), remove node_modules and run the command again.`,
    );
  }
  writeFileSync(stampFile, wanted);
}

/**
 * `npm ci` refuses a lock file that lacks optional packages for other machines, which happens when it was written with
 * a registry that has no such packages. Then the locked versions are installed without that check.
 */
function install() {
  const [program, ...prefix] = npmCommand();
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  const clean = run(program, [...prefix, 'ci', ...flags]);
  const refused = clean.status !== 0 && `${clean.stderr}`.includes('EUSAGE');
  return refused ? run(program, [...prefix, 'install', '--no-save', ...flags]) : clean;
}

function npmErrors(result) {
  const lines = `${result.stderr ?? ''}`.split('\n').filter((line) => line.startsWith('npm error'));
  return lines.length > 0 ? lines.slice(0, 12).join('\n') : tail(result);
}

function stamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
}

/** npm writes node_modules/.package-lock.json last: one newer than package-lock.json is a finished install of it. */
function installedByHand(lockfile) {
  const installed = path.join(modules, '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs;
}

/** The Node that the project runs on, once installed. */
function runtimeNode() {
  const program = path.join(modules, '.bin', 'node');
  if (!existsSync(program)) return undefined;
  const { stdout } = run(program, ['--version']);
  return stdout?.startsWith(`v${NODE_MAJOR_RUNTIME}.`) ? program : undefined;
}

function npmCommand() {
  const script = process.env.npm_execpath ?? '';
  const isNpm = /npm-cli\.c?js$/.test(script) && existsSync(script);
  return isNpm ? [process.execPath, script] : ['npm'];
}

function build() {
  const tsc = path.join(modules, '.bin', 'tsc');
  const started = Date.now();
  const telling = !existsSync(path.join(root, 'tools', 'start', 'dist', 'main.js'));
  if (telling) console.log('Building …');
  const result = run(runtimeNode() ?? process.execPath, [tsc, '-b']);
  if (result.status !== 0) fail(`The sources do not compile. The compiler said:\n${tail(result, 60)}`);
  if (telling) console.log(`Built in ${Math.ceil((Date.now() - started) / 1000)} s.`);
}

/** The console's page is no project of the compiler: it is built anew when a file of it is newer than what was built. */
function buildPage() {
  const page = path.join(root, 'services', 'console', 'page');
  const built = path.join(page, 'dist', 'index.html');
  const lockfile = path.join(root, 'package-lock.json');
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(newestOf(page), statSync(lockfile).mtimeMs)) return;
  console.log("Building the console's page …");
  const vite = path.join(modules, 'vite', 'bin', 'vite.js');
  const result = run(runtimeNode() ?? process.execPath, [vite, 'build', page, '--logLevel', 'error']);
  if (result.status !== 0) fail(`The console's page does not build. Vite said:\n${tail(result, 60)}`);
}

/** When a file below was changed last, but for what is built. */
function newestOf(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (entry.name === 'dist') return 0;
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? newestOf(file) : statSync(file).mtimeMs;
  });
  return Math.max(0, ...times);
}

function run(program, args) {
  const bin = path.join(modules, '.bin');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  return spawnSync(program, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function tail(result, lines = 20) {
  if (result.error) return result.error.message;
  return `${result.stdout ?? ''}\n${result.stderr ?? ''}`.trim().split('\n').slice(-lines).join('\n');
}

function fail(sentence) {
  rmIfOurs();
  console.error(sentence);
  process.exit(1);
}

function rmIfOurs() {
  if (readPid() === process.pid) rmSync(lockDir, { recursive: true, force: true });
}
