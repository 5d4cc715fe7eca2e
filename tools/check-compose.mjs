// Starts Handoff on the engines of docker-compose.yml, sends a ticket of each demo system, waits for its mail, and stops
// everything. The last line is "N passed, N failed". It needs a Docker engine and what `npm start` has built.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '..');
const READY_MS_MAX = 240_000;
const MAIL_MS_MAX = 30_000;

const dataDir = await mkdtemp(path.join(tmpdir(), 'handoff-compose-'));
const env = { ...process.env, HANDOFF_ENGINES: 'docker', HANDOFF_DATA_DIR: dataDir, KAFKA_BROKERS: '', DATABASE_URL: '' };
for (const name of ['KAFKA_PORT', 'POSTGRES_PORT', 'INTAKE_PORT', 'ROUTING_PORT', 'NOTIFIER_PORT', 'CONSOLE_PORT', 'MAIL_PORT', 'MAIL_PAGE_PORT']) env[name] = await freePort();

let passed = 0;
let failed = 0;
const starter = spawn(process.execPath, ['tools/start/dist/main.js'], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
const ended = new Promise((resolve) => starter.once('exit', resolve));
try {
  const run = await ready();
  check('npm start uses the compose file where a Docker engine answers', run.engines.kafka.kind === 'docker' && run.engines.postgres.kind === 'docker');
  for (const source of ['jira-demo', 'zendesk-demo']) await ticketOf(source, run.addresses.mailbox);
} catch (error) {
  check(error.message, false);
} finally {
  starter.kill('SIGTERM');
  const code = await ended;
  check('and stops in good order', code === 0);
  await new Promise((resolve) => execFile(process.execPath, ['tools/start/dist/reset.js'], { cwd: root, env }, (error) => resolve(check('and leaves nothing after a reset', error === null))));
  await rm(dataDir, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function check(what, holds) {
  console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}`);
  if (holds) passed += 1;
  else failed += 1;
}

async function ready() {
  const deadline = Date.now() + READY_MS_MAX;
  while (Date.now() < deadline && starter.exitCode === null) {
    const record = await readFile(path.join(dataDir, 'run.json'), 'utf8').then(JSON.parse, () => undefined);
    if (record?.state === 'ready') return record;
    await delay(250);
  }
  throw new Error('Handoff did not become ready on the compose file');
}

async function ticketOf(source, mailbox) {
  const { stdout } = await new Promise((resolve, reject) => {
    execFile(process.execPath, ['tools/cli/bin/handoff.mjs', 'send', '--source', source, '--json'], { cwd: root, env }, (error, stdout, stderr) => (error ? reject(new Error(`send --source ${source}: ${stderr}`)) : resolve({ stdout })));
  });
  const { ticketId } = JSON.parse(stdout);
  const deadline = Date.now() + MAIL_MS_MAX;
  let mails = [];
  while (Date.now() < deadline && mails.length === 0) {
    await delay(100);
    mails = (await (await fetch(`${mailbox}/api/messages?to=contoso.example&q=${source}`)).json()).messages.filter(({ text }) => text.includes(ticketId));
  }
  check(`a ticket from ${source} reaches the publisher by mail`, mails.length === 1);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });
}
