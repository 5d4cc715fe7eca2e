// Lets schemathesis make up requests from the OpenAPI of every service, and fails where one is answered with 5xx, or was taken and then parked. It starts
// a Handoff of its own, with demo data, and stops it. Calls that the services would make to others reach nothing: no name
// resolves. What it takes: schemathesis on the PATH, or its place in SCHEMATHESIS. Usage: npm run fuzz:http [-- examples-a-call]
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '..');
const READY_MS_MAX = 240_000;
const EXAMPLES_A_CALL = 200;
/** An answer that goes on for ever would be waited for so long. */
const STREAMS = '^/(v1/events|api/live)$';
const SERVICES = ['intake', 'routing', 'notifier', 'console'];
const MISSING = `schemathesis is needed, and was not found. Install it into a folder of its own, and say where it is:
  python3 -m venv /tmp/schemathesis && /tmp/schemathesis/bin/pip install schemathesis
  SCHEMATHESIS=/tmp/schemathesis/bin/schemathesis npm run fuzz:http`;

const program = process.env.SCHEMATHESIS || 'schemathesis';
const examples = Number(process.argv[2] ?? EXAMPLES_A_CALL);
if (!Number.isInteger(examples) || examples < 1) end(2, 'Give a whole number of examples a call, as: npm run fuzz:http -- 200');
if (!(await new Promise((resolve) => execFile(program, ['--version'], (error) => resolve(error === null))))) end(2, MISSING);

const dataDir = await mkdtemp(path.join(tmpdir(), 'handoff-fuzz-'));
const env = { ...process.env, HANDOFF_DATA_DIR: dataDir, KAFKA_BROKERS: '', DATABASE_URL: '', EGRESS_DNS_SERVERS: '127.0.0.1:9' };
for (const name of ['KAFKA_PORT', 'KAFKA_CONTROLLER_PORT', 'POSTGRES_PORT', 'INTAKE_PORT', 'ROUTING_PORT', 'NOTIFIER_PORT', 'CONSOLE_PORT', 'MAIL_PORT', 'MAIL_PAGE_PORT']) env[name] = await freePort();

const starter = spawn(process.execPath, ['tools/start/dist/main.js'], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
const ended = new Promise((resolve) => starter.once('exit', resolve));
const outcomes = [];
let parked = 0;
try {
  const { addresses } = await ready();
  const token = (await readFile(path.join(dataDir, 'token'), 'utf8')).trim();
  for (const service of SERVICES) outcomes.push({ service, ...(await fuzz(addresses[service], token)) });
  for (const service of SERVICES.slice(1)) parked += await parkedBy(addresses[service], token);
} finally {
  starter.kill('SIGTERM');
  await ended;
  await new Promise((resolve) => execFile(process.execPath, ['tools/start/dist/reset.js'], { cwd: root, env }, resolve));
  await rm(dataDir, { recursive: true, force: true });
}
for (const { service, requests, isWell } of outcomes) console.log(`${isWell ? 'ok    ' : 'FAILED'} ${service}: ${requests} requests made up, ${isWell ? 'none answered with 5xx' : 'see above for what went wrong'}`);
console.log(`${outcomes.reduce((sum, { requests }) => sum + requests, 0)} requests in all`);
console.log(`${parked} events parked`);
process.exitCode = parked === 0 && outcomes.every(({ isWell }) => isWell) ? 0 : 1;

/** The token goes by the environment: a process list shows arguments. */
async function fuzz(url, token) {
  const config = path.join(dataDir, 'schemathesis.toml');
  await writeFile(config, '[headers]\nAuthorization = "Bearer ${HANDOFF_FUZZ_TOKEN}"\n', { mode: 0o600 });
  const args = ['--config-file', config, 'run', `${url}/openapi.json`, '--checks', 'not_a_server_error', '--phases', 'examples,coverage,fuzzing', '--mode', 'all', '--max-examples', String(examples),
    '--exclude-path-regex', STREAMS, '--continue-on-failure', '--workers', '1', '--request-timeout', '30', '--warnings', 'off', '--suppress-health-check', 'all', '--generation-database', 'none', '--no-color'];
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: dataDir, env: { ...process.env, HANDOFF_FUZZ_TOKEN: token, HYPOTHESIS_STORAGE_DIRECTORY: path.join(dataDir, 'hypothesis') }, stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    child.stdout.on('data', (chunk) => {
      told += chunk;
      process.stdout.write(chunk);
    });
    child.once('exit', (code) => resolve({ isWell: code === 0, requests: Number(/([\d,]+) generated/.exec(told)?.[1]?.replaceAll(',', '') ?? 0) }));
  });
}

/** Events that a service took from Kafka and could not handle. */
async function parkedBy(url, token) {
  const text = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
  return [...text.matchAll(/^handoff_parked_total(?:\{[^}]*\})? (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function ready() {
  const deadline = Date.now() + READY_MS_MAX;
  while (Date.now() < deadline && starter.exitCode === null) {
    const record = await readFile(path.join(dataDir, 'run.json'), 'utf8').then(JSON.parse, () => undefined);
    if (record?.state === 'ready') return record;
    await delay(250);
  }
  throw new Error('Handoff did not become ready; its words are above.');
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });
}

function end(code, sentence) {
  console.error(sentence);
  process.exit(code);
}
