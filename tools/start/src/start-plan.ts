import { dataDirFrom, LOOPBACK, portFrom, requireFreePort, StartupError } from '@handoff/engines';
import type { MailPorts } from './mail/development-mail.js';
import type { Addresses } from './run-file.js';
import { serviceEntries, type ServiceEntry, type ServicePlan } from './services/service-table.js';

/** Everything about a run that is settled before anything is started. */
export interface StartPlan {
  readonly rootDir: string;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly services: readonly ServiceEntry[];
  /** Undefined when SMTP_URL names a mail server. */
  readonly mail: MailPorts | undefined;
  readonly smtpUrl: string;
  readonly addresses: Addresses;
}

export interface StartOptions {
  readonly rootDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** What to run; tests bring services of their own. */
  readonly services: readonly ServicePlan[];
}

/** Reads ports and folders. Throws a StartupError when a variable makes no sense. */
export function planStart({ rootDir, env, services: plans }: StartOptions): StartPlan {
  const readPort = (variable: string, fallback: number): number => portFrom(env, variable, fallback);
  const services = serviceEntries(plans, rootDir, readPort);
  const ownMail = !env['SMTP_URL'];
  const mail = ownMail ? { smtp: readPort('MAIL_PORT', 11_025), page: readPort('MAIL_PAGE_PORT', 8025) } : undefined;
  const smtpUrl = env['SMTP_URL'] || `smtp://${LOOPBACK}:${mail?.smtp}`;
  return {
    rootDir,
    dataDir: dataDirFrom(env, rootDir),
    env,
    services,
    mail,
    smtpUrl,
    addresses: {
      ...Object.fromEntries(services.map(({ name, port }) => [name, `http://${LOOPBACK}:${port}`])),
      mailbox: mail === undefined ? null : `http://${LOOPBACK}:${mail.page}`,
      smtp: withoutCredentials(smtpUrl),
    },
  };
}

/** Checks that every port of ours is free and used once. Engines check their own. */
export async function requirePlannedPorts(plan: StartPlan): Promise<void> {
  const wanted = plan.services.map(({ name, port, portVariable }) => ({ port, variable: portVariable, usedFor: name }));
  if (plan.mail !== undefined) {
    wanted.push({ port: plan.mail.smtp, variable: 'MAIL_PORT', usedFor: 'the development mail server' });
    wanted.push({ port: plan.mail.page, variable: 'MAIL_PAGE_PORT', usedFor: 'the mailbox page' });
  }
  const byPort = new Map<number, string>();
  for (const { port, variable, usedFor } of wanted) {
    const other = byPort.get(port);
    if (other !== undefined) {
      throw new StartupError(
        `Port ${port} is meant for both ${other} and ${usedFor}: choose another with ${variable}=<port>.`,
      );
    }
    byPort.set(port, usedFor);
  }
  for (const { port, variable, usedFor } of wanted) await requireFreePort(port, variable, usedFor);
}

/** Protocol, host and port of a mail server: safe to print. */
function withoutCredentials(smtpUrl: string): string | null {
  if (!URL.canParse(smtpUrl)) throw new StartupError('SMTP_URL is no URL: use smtp://host:port or smtps://host:port.');
  const { protocol, host } = new URL(smtpUrl);
  return `${protocol}//${host}`;
}
