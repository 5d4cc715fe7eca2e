import { egressSettings } from '@handoff/outbound';
import { readSettings, serviceSettings } from '@handoff/platform';
import { z } from 'zod';
import { SECOND_PERSON_RULES } from './matrix/second-person.decision.js';

const settings = serviceSettings.extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8082),
  /** A folder with `directory.json`, loaded once, when the directory is empty. */
  HANDOFF_DEMO_DIR: z.string().optional(),
  /** Whether the area of a ticket whose source names none is read out of its words. */
  HANDOFF_CLASSIFIER: z.enum(['off', 'on']).default('off'),
  /** Whether who wrote a version of the matrix may make it active. */
  MATRIX_SECOND_PERSON: z.enum(SECOND_PERSON_RULES).default('named'),
  ...egressSettings,
});

export type RoutingSettings = z.output<typeof settings>;

/** The only place of this service that reads the environment. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): RoutingSettings {
  return readSettings(settings, env);
}
