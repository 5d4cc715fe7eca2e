import path from 'node:path';
import type { Engines } from '@handoff/engines';
import { LOOPBACK } from '@handoff/engines';
import type { ServiceEntry } from './services/service-table.js';
import type { StartPlan } from './start-plan.js';

export interface RunContext {
  readonly plan: StartPlan;
  readonly engines: Engines;
  readonly databaseUrls: Readonly<Record<string, string>>;
  readonly tokenFile: string;
  readonly keysFile: string;
}

/** The environment of one service: whose the database role is, where the others are. */
export function serviceEnvironment(entry: ServiceEntry, context: RunContext): NodeJS.ProcessEnv {
  const { plan, engines } = context;
  const peers = plan.services.map(({ name, port }) => [`${name.toUpperCase()}_URL`, `http://${LOOPBACK}:${port}`]);
  return {
    ...plan.env,
    ...Object.fromEntries(peers),
    KAFKA_BROKERS: engines.kafka.brokers.join(','),
    DATABASE_URL: context.databaseUrls[entry.name],
    HOST: LOOPBACK,
    PORT: String(entry.port),
    HANDOFF_TOKEN_FILE: context.tokenFile,
    HANDOFF_KEYS_FILE: plan.env['HANDOFF_KEYS_FILE'] || context.keysFile,
    HANDOFF_DATA_DIR: plan.dataDir,
    HANDOFF_DEMO_DIR: path.join(plan.rootDir, 'deploy/demo'),
    // A first look should show it; an installation of its own decides for itself.
    HANDOFF_CLASSIFIER: plan.env['HANDOFF_CLASSIFIER'] || 'on',
    HANDOFF_PUBLIC_URL: plan.env['HANDOFF_PUBLIC_URL'] || `http://${LOOPBACK}:${entry.port}`,
    SMTP_URL: plan.smtpUrl,
  };
}
