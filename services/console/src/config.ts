import { readSettings, serviceSettings } from '@handoff/platform';
import { z } from 'zod';

/** Of a service: an origin. */
const peerAddress = z.string().regex(/^https?:\/\/[^/?#\s]+$/, 'must be an address without a path, as http://127.0.0.1:8081');

const settings = serviceSettings.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** A ticket is about to miss its response target when it has fewer minutes left than this. */
  ABOUT_TO_MISS_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  /** The console as browsers reach it. Over HTTPS its cookies are for HTTPS alone. */
  CONSOLE_URL: peerAddress.optional(),
  /** How long a browser stays signed in. */
  SESSION_HOURS: z.coerce.number().int().min(1).max(720).default(168),
  /** Where the other services are, whose interfaces the page uses through the console. */
  INTAKE_URL: peerAddress.default('http://127.0.0.1:8081'),
  ROUTING_URL: peerAddress.default('http://127.0.0.1:8082'),
  NOTIFIER_URL: peerAddress.default('http://127.0.0.1:8083'),
  /** How long another service may take for its whole answer. */
  SERVICE_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(30_000),
  BODY_BYTES_MAX: z.coerce.number().int().min(1_024).max(16_777_216).default(1_048_576),
});

export type ConsoleSettings = z.output<typeof settings>;

/** The only place of this service that reads the environment. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ConsoleSettings {
  return readSettings(settings, env);
}
