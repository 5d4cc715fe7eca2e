import { egressSettings } from '@handoff/outbound';
import { keySettings, readSettings, serviceSettings } from '@handoff/platform';
import { z } from 'zod';
import { addressProblem } from './sources/allowed-addresses.decision.js';

/** The settings of this service, beside those that every service has. */
const settings = serviceSettings.extend(keySettings.shape).extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8_081),
  /** Largest body that is taken, of webhooks as of every other request. */
  BODY_BYTES_MAX: z.coerce.number().int().min(1_024).max(16_777_216).default(4_194_304),
  /** How long a request may take to come in whole. */
  REQUEST_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(300_000).default(30_000),
  /** Connections that are open at once; further ones are closed as they come. */
  CONNECTIONS_MAX: z.coerce.number().int().min(10).max(100_000).default(2_000),
  /** Webhooks a second of a source that has no limit of its own, over all instances. */
  SOURCE_REQUESTS_PER_SECOND_MAX: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  /** How long Kafka may take to store events before they go to the spool. Webhook senders give up after 5 to 12 s. */
  PUBLISH_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(2_000),
  /** Requests that may wait to be stored at once; further ones are answered with 503 at once. */
  PUBLISH_WAITING_MAX: z.coerce.number().int().min(1).max(100_000).default(5_000),
  /** Events that the spool may hold while Kafka is away; further ones are answered with 503. */
  SPOOL_RECORDS_MAX: z.coerce.number().int().min(0).max(100_000_000).default(1_000_000),
  /** Genuine webhooks that were not understood and may wait to be tried again; further ones are answered with 503. */
  PARKED_DELIVERIES_MAX: z.coerce.number().int().min(0).max(10_000_000).default(100_000),
  /** Folder with sources.json, loaded once into an empty database. */
  HANDOFF_DEMO_DIR: z.string().optional(),
  /** Folder where demo-secrets.json is kept. */
  HANDOFF_DATA_DIR: z.string().optional(),
  /** Address under which the ticketing systems reach this service; shown as `webhookUrl`. */
  HANDOFF_PUBLIC_URL: z.url().optional(),
  /** Proxies whose word about where a request came from is believed: addresses and networks, with commas between them. */
  TRUSTED_PROXIES: z.string().optional().transform(proxiesIn),
  ...egressSettings,
});

function proxiesIn(text: string | undefined, context: z.RefinementCtx): readonly string[] {
  const entries = (text ?? '').split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  for (const entry of entries) {
    const problem = addressProblem(entry);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  }
  return entries;
}

export type IntakeSettings = z.output<typeof settings>;

/** The only place of this service that reads the environment. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): IntakeSettings {
  return readSettings(settings, env);
}
