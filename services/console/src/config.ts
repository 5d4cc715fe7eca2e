import { readSettings, serviceSettings } from '@handoff/platform';
import { z } from 'zod';

const settings = serviceSettings.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** A ticket is about to miss its response target when it has fewer minutes left than this. */
  ABOUT_TO_MISS_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
});

export type ConsoleSettings = z.output<typeof settings>;

/** The only place of this service that reads the environment. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): ConsoleSettings {
  return readSettings(settings, env);
}
