import { readFileSync } from 'node:fs';
import { INSTALLATION_NAME } from '@handoff/contracts';
import { z } from 'zod';

// What was left out is said in words of people, wherever a service checks what it was given.
z.config({ customError: ({ code, input }) => (code === 'invalid_type' && input === undefined ? 'is needed' : undefined) });

/** A start that cannot succeed; the message is a sentence for the person who starts it. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

const port = z.coerce.number().int().min(0).max(65_535);

/** Settings that every service has. Each service extends this object in its own config.ts. */
export const serviceSettings = z.object({
  PORT: port,
  HOST: z.string().default('127.0.0.1'),
  KAFKA_BROKERS: z.string().min(1).transform((value) => value.split(',').map((broker) => broker.trim())),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://'),
  /** Bearer token of the management API. Without it every management call is refused. */
  HANDOFF_TOKEN: z.string().min(16).optional(),
  HANDOFF_TOKEN_FILE: z.string().optional(),
  /** Of two installations that write into each other's systems, each needs a name of its own. */
  HANDOFF_INSTALLATION: z.string().regex(INSTALLATION_NAME, 'must have lower-case letters, digits and hyphens, 32 at most').default('handoff'),
  MIGRATE_ON_START: z.enum(['true', 'false']).default('true').transform((value) => value === 'true'),
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).max(10_000).default(12),
  KAFKA_REPLICATION_FACTOR: z.coerce.number().int().min(1).max(10).default(1),
  /** What is fetched of one broker at a time, as it is compressed. It is in memory until all of it was handled, unpacked some fifteen times as large. */
  KAFKA_FETCH_BYTES_MAX: z.coerce.number().int().min(65_536).max(67_108_864).default(2_097_152),
  /** So long after it came, an event without an outcome is looked for. */
  AUDIT_GRACE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(60),
  /** What has been open for longer is a problem: the call to DEAD_MANS_URL stays away. */
  AUDIT_OPEN_MINUTES_MAX: z.coerce.number().int().min(1).max(43_200).default(60),
  /** Called twice a minute as long as the audit finds all well. Whoever is behind it raises the alarm when no call comes. */
  DEAD_MANS_URL: z.url().optional(),
  /** Ids of handled events are kept for so long: an event that comes again later is taken for a new one. Topics keep their records for 14 days. */
  INBOX_RETENTION_DAYS: z.coerce.number().int().min(15).max(3_650).default(30),
  /** So long after a ticket was closed, everything that is kept about it is deleted. */
  TICKET_RETENTION_DAYS: z.coerce.number().int().min(30).max(36_500).default(400),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type ServiceSettings = z.output<typeof serviceSettings>;

/** Settings of the services that keep secrets; see `readKeyRing`. */
export const keySettings = z.object({
  HANDOFF_KEYS: z.string().optional(),
  HANDOFF_KEYS_FILE: z.string().optional(),
});

/**
 * Parses the environment once.
 * @throws StartupError that names every setting at fault, not only the first.
 */
export function readSettings<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.output<T> {
  const known = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(known);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartupError(`The settings are not usable:\n  ${problems.join('\n  ')}`);
}

/** The bearer token from the setting or its file; `null` when neither is there, and then every management call is refused. */
export function readToken(settings: Pick<ServiceSettings, 'HANDOFF_TOKEN' | 'HANDOFF_TOKEN_FILE'>): string | null {
  if (settings.HANDOFF_TOKEN !== undefined) return settings.HANDOFF_TOKEN;
  return settings.HANDOFF_TOKEN_FILE === undefined ? null : readSettingsFile('HANDOFF_TOKEN_FILE', settings.HANDOFF_TOKEN_FILE).trim();
}

/** The text of the file that a setting names. */
export function readSettingsFile(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartupError(`${setting} cannot be read: ${(error as Error).message}`);
  }
}
