import { newKey } from '@handoff/secrets';
import type { ExitCode } from '../failure.js';
import { asJson, asText, safeLine, table } from '../format.js';
import type { ServiceClient } from '../http/service-client.js';
import { listAt, textAt, valueAt } from '../json-reading.js';
import type { CommandContext } from './context.js';

/** The services that keep secrets. */
const KEEPERS = ['intake', 'notifier'] as const;

/** Makes a key for HANDOFF_KEYS or its file; asks no service. */
export function makeKey({ terminal, isJson }: CommandContext): Promise<ExitCode> {
  const key = newKey(new Date());
  terminal.write(isJson ? asJson({ key }) : `${key}\n`);
  return Promise.resolve(0);
}

/** Lists the keys that seal secrets, with the number of secrets under each. */
export function listKeys(context: CommandContext): Promise<ExitCode> {
  return tellKeys(context, (service) => service.get('/v1/keys'));
}

/** Seals every secret with the newest key. */
export function rotateKeys(context: CommandContext): Promise<ExitCode> {
  return tellKeys(context, (service) => service.post('/v1/keys/rotate', {}));
}

async function tellKeys({ services, terminal, isJson }: CommandContext, ask: (service: ServiceClient) => Promise<unknown>): Promise<ExitCode> {
  const standings = new Map<string, unknown>();
  // One after the other: a refusal then says which service did its part.
  for (const name of KEEPERS) standings.set(name, await ask(services[name]));
  const outdated = [...standings.values()].flatMap((standing) => listAt(standing, 'outdated'));
  terminal.write(isJson ? asJson(Object.fromEntries(standings)) : asText([...keyLines(standings), ...verdictLines(outdated.length)]));
  return outdated.length === 0 ? 0 : 1;
}

function keyLines(standings: ReadonlyMap<string, unknown>): string[] {
  const rows = [...standings].flatMap(([service, standing]) => listAt(standing, 'keys').map((key) => [
    service, textAt(key, 'key') ?? '?', textAt(key, 'secrets') ?? '0', noteOf(key, textAt(standing, 'newestKey')),
  ].map(safeLine)));
  return table([['SERVICE', 'KEY', 'SECRETS', ''], ...rows]);
}

function noteOf(key: unknown, newest: string | null): string {
  if (valueAt(key, 'isInRing') !== true) return 'missing';
  return textAt(key, 'key') === newest ? 'newest' : '';
}

function verdictLines(outdated: number): string[] {
  if (outdated === 0) return ['Every secret is sealed with the newest key; older keys can be taken away.'];
  return ['Some secrets are under an older key. Seal them anew with: npx handoff keys rotate'];
}
