import { createHash } from 'node:crypto';
import { readFile, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure } from '../failure.js';
import type { ServiceClient, Services } from '../http/service-client.js';
import { type Installation, PROJECT_DIR, type ServiceName, SERVICES } from '../installation.js';
import type { CheckResult } from './finding.js';
import { type InstallFacts, judgeDisk, judgeInstall, judgeNode, judgeRun } from './judge-machine.js';
import { judgeClock, judgeEngine, judgeFailedNotifications, judgeKeys, judgeMailbox, judgeReadiness, judgeSetAside, judgeToken, type Reply } from './judge-services.js';

/** Asks everything there is to ask, all at once, and judges it. */
export async function examine(installation: Installation, services: Services): Promise<CheckResult[]> {
  const { addresses, dataDir, mailboxUrl, run, token } = installation;
  const [install, freeBytes, ready, metrics, ticketList, failed, sourceKeys, channelKeys, mailbox] = await Promise.all([
    installFacts(PROJECT_DIR),
    freeBytesAt(dataDir),
    askAll(services, '/health/ready'),
    askAll(services, '/metrics'),
    replyOf(services.routing, '/v1/tickets?limit=1'),
    replyOf(services.notifier, '/v1/notifications?state=failed&limit=1'),
    replyOf(services.intake, '/v1/keys'),
    replyOf(services.notifier, '/v1/keys'),
    mailboxUrl === null ? null : mailboxReply(services.notifier, mailboxUrl),
  ]);
  const isRemote = SERVICES.every((service) => addresses[service].origin === 'option' || addresses[service].origin === 'environment');
  return [
    judgeNode(process.versions.node),
    judgeInstall(install),
    judgeRun(run, { isAlive, isRemote }),
    ...SERVICES.map((service) => judgeReadiness(service, addresses[service], ready[service])),
    judgeEngine('kafka', ready),
    judgeEngine('postgres', ready),
    judgeToken(token, dataDir, ticketList),
    judgeMailbox(mailboxUrl, mailbox),
    judgeSetAside(metrics),
    judgeFailedNotifications(failed),
    judgeKeys({ intake: sourceKeys, notifier: channelKeys }),
    judgeClock(ready),
    judgeDisk(dataDir, freeBytes),
  ];
}

async function askAll(services: Services, where: string): Promise<Record<ServiceName, Reply>> {
  const replies = await Promise.all(SERVICES.map(async (name) => [name, await replyOf(services[name], where)] as const));
  return Object.fromEntries(replies) as Record<ServiceName, Reply>;
}

function replyOf(service: ServiceClient, where: string): Promise<Reply> {
  return asReply(() => service.ask(where));
}

function mailboxReply(client: ServiceClient, url: string): Promise<Reply> {
  return asReply(() => client.answer({ method: 'GET', url, headers: {} }));
}

async function asReply(ask: () => ReturnType<ServiceClient['ask']>): Promise<Reply> {
  try {
    const { status, body, headers } = await ask();
    return { kind: 'answer', status, body: body.toString('utf8'), dateHeader: headers.date ?? null, receivedAtMs: Date.now() };
  } catch (error) {
    if (error instanceof CommandFailure) return { kind: 'silence', sentence: error.message };
    throw error;
  }
}

async function installFacts(projectDir: string): Promise<InstallFacts> {
  const modules = path.join(projectDir, 'node_modules');
  const lockFile = path.join(projectDir, 'package-lock.json');
  const [lockWrittenAtMs, installedAtMs, nodeAtMs, lock, stamp] = await Promise.all([
    writtenAtMs(lockFile),
    writtenAtMs(path.join(modules, '.package-lock.json')),
    writtenAtMs(path.join(modules, '.bin', 'node')),
    readFile(lockFile).catch(() => null),
    readFile(path.join(modules, '.handoff-installed'), 'utf8').catch(() => null),
  ]);
  const isStamped = lock !== null && stamp === createHash('sha256').update(lock).digest('hex');
  return { lockWrittenAtMs, installedAtMs, hasOwnNode: nodeAtMs !== null, isStamped };
}

async function writtenAtMs(file: string): Promise<number | null> {
  return stat(file).then(({ mtimeMs }) => mtimeMs, () => null);
}

/** Free bytes where the folder is or will be. */
async function freeBytesAt(dir: string): Promise<number | null> {
  const place = (await writtenAtMs(dir)) === null ? path.dirname(dir) : dir;
  return statfs(place).then(({ bavail, bsize }) => bavail * bsize, () => null);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
