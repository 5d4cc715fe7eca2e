import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { startEngines, freePort } from '../../libs/engines/dist/index.js';
import { GOLDEN_EVENTS, encodeEvent, ticketIdOf, nameBasedId, TOPICS } from '@handoff/contracts';
import { connectKafka, ensureTopics, KafkaEventPublisher } from '@handoff/messaging';
const mode = process.argv[2];
const N = Number(process.argv[3]);
const eng = await startEngines({ env: { ...process.env, HANDOFF_ENGINES: 'embedded' }, dataDir: `/tmp/nfk/${process.pid}`, freePorts: true, throwaway: true });
const got = [];
const smtp = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], onData(s, _se, cb) { let b = ''; s.on('data', (c) => (b += c)); s.on('end', () => setTimeout(() => { got.push(/Message-ID: <([^@]+)/i.exec(b)[1]); cb(); }, 10)); } });
smtp.on('error', () => {});
await new Promise((r) => smtp.listen(0, '127.0.0.1', r));
const hook = createServer((q, s) => { q.resume(); q.on('end', () => { got.push(q.headers['webhook-id']); s.writeHead(204).end(); }); });
await new Promise((r) => hook.listen(0, '127.0.0.1', r));
const port = await freePort();
const env = { ...process.env, PORT: String(port), KAFKA_BROKERS: eng.kafka.brokers.join(','), DATABASE_URL: eng.postgres.url, HANDOFF_TOKEN: 'x'.repeat(20), SMTP_URL: `smtp://127.0.0.1:${smtp.server.address().port}`, EGRESS_ALLOW_PRIVATE: 'true', LOG_LEVEL: process.env.LL ?? 'warn' };
const kafka = connectKafka({ brokers: eng.kafka.brokers, clientId: 't', log: () => {} });
await ensureTopics(kafka, [TOPICS.routing], { partitions: 12, replicationFactor: 1 });
const pub = new KafkaEventPublisher(kafka);
const g = GOLDEN_EVENTS['handoff.ticket.routed.v1'];
const DEST = Number(process.env.DESTS ?? 10);
const ev = (i) => { const ticketId = ticketIdOf('kill', `K-${i}`); const d = `isv/p${i % DEST}`; return { ...g, id: nameBasedId('r', ticketId), subject: ticketId, data: { ...g.data, ticketId, ticket: { ...g.data.ticket, externalId: `K-${i}` }, recipients: [{ ...g.data.recipients[0], destination: d, email: `p${i % DEST}@contoso.example` }] } }; };
const start = () => new Promise((resolve, reject) => { const c = spawn(process.execPath, [...(process.env.PGT ? ['--import', '/tmp/nfk/pgtime.mjs'] : process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/nfk/prof'] : []), 'services/notifier/dist/main.js'], { cwd: '/work/main', env, stdio: ['ignore', 'inherit', 'inherit'] }); c.on('exit', (code, sig) => { c.dead = true; }); const t = setInterval(async () => { try { const r = await fetch(`http://127.0.0.1:${port}/health/ready`); if (r.ok) { clearInterval(t); resolve(c); } } catch {} if (c.dead) { clearInterval(t); reject(new Error('died')); } }, 50); });
const wait = async (n, ms) => { const end = Date.now() + ms; while (Date.now() < end && new Set(got).size < n) await new Promise((r) => setTimeout(r, 20)); };
const send = async () => { for (let i = 0; i < N; i += 500) await pub.publish(Array.from({ length: Math.min(500, N - i) }, (_, k) => ({ topic: 'handoff.routing', ...encodeEvent(ev(i + k)) }))); };
let c;
try {
  if (mode === 'kill') {
    c = await start(); await send(); await wait(N / 5, 30000);
    c.kill('SIGKILL'); const t0 = Date.now(); await new Promise((r) => c.on('exit', r)); const before = got.length; const seen = new Set(got).size; const cp = start().catch(() => {});
    await wait(seen + 1, 60000); const firstMs = Date.now() - t0; await wait(N, 90000); const allMs = Date.now() - t0; c = await cp; await new Promise((r) => setTimeout(r, 1500));
    console.log({ before, total: got.length, unique: new Set(got).size, repeats: got.length - new Set(got).size, firstMs, allMs, readyMs: Date.now() - t0 });
  } else {
    if (mode === 'hooks') { c = await start(); for (let d = 0; d < DEST; d++) await fetch(`http://127.0.0.1:${port}/v1/channels`, { method: 'POST', headers: { authorization: `Bearer ${'x'.repeat(20)}`, 'content-type': 'application/json' }, body: JSON.stringify({ destination: `isv/p${d}`, kind: 'webhook', url: `http://127.0.0.1:${hook.address().port}/h` }) }); c.kill('SIGTERM'); await new Promise((r) => c.on('exit', r)); }
    await send(); const t0 = Date.now(); c = await start(); await wait(1, 60000); const t1 = Date.now(); await wait(N, 120000); const t2 = Date.now();
    console.log({ mode, N, got: got.length, unique: new Set(got).size, perSecond: Math.round(N / ((t2 - t1) / 1000)), startMs: t1 - t0, rssMb: Number((await import('node:fs')).readFileSync(`/proc/${c.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024 });
  }
} finally { c?.kill('SIGTERM'); await new Promise((r) => (c && !c.dead ? c.on('exit', r) : r())); await pub.close(); await eng.stop(); smtp.close(); hook.close(); setTimeout(() => process.exit(0), 500); }
