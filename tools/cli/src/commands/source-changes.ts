import { type ExitCode, wrongUse } from '../failure.js';
import { asJson, asText } from '../format.js';
import { textAt } from '../json-reading.js';
import { changedLines, createdLines, rotatedLines, SHOWN_ONCE } from '../texts/source-text.js';
import type { CommandContext } from './context.js';
import { secretIn, sourceBody, type SourceFlags } from './source-body.js';

type Args = readonly string[];

const pathOf = (source: string, call = ''): string => `/v1/sources/${encodeURIComponent(source)}${call}`;

/** Creates a source, and shows the secret that was made for it. */
export async function createSource(context: CommandContext, [source = '', file]: Args, flags: SourceFlags): Promise<ExitCode> {
  const { services, terminal, isJson, paint } = context;
  const body = await sourceBody(terminal, file, flags);
  const created = await services.intake.post('/v1/sources', { ...body, source });
  terminal.write(isJson ? asJson(created) : asText(createdLines(created, { isGiven: 'secret' in body, paint })));
  remark(context, textAt(created, 'secret'));
  return 0;
}

/** Changes what flags and file say; everything else stays. */
export async function changeSource({ services, terminal, isJson, paint }: CommandContext, [source = '', file]: Args, flags: SourceFlags): Promise<ExitCode> {
  const body = await sourceBody(terminal, file, flags);
  const names = Object.keys(body);
  if (names.length === 0) throw wrongUse('nothing-to-change', `Nothing of ${source} is to be changed. Say what, by a flag or a JSON file; see: npx handoff source change --help`);
  const changed = await services.intake.patch(pathOf(source), body);
  terminal.write(isJson ? asJson(changed) : asText(changedLines(changed, names, paint)));
  return 0;
}

export interface RotateFlags {
  readonly secretFile?: string;
  /** Seconds. */
  readonly oldExpiresIn?: number;
}

/** Gives a source a new secret; those before hold for a while beside it. */
export async function rotateSecret(context: CommandContext, [source = '']: Args, { secretFile, oldExpiresIn }: RotateFlags): Promise<ExitCode> {
  const { services, terminal, isJson, paint } = context;
  const secret = secretFile === undefined ? undefined : await secretIn(terminal, secretFile);
  const rotated = await services.intake.post(pathOf(source, '/secrets/rotate'), { secret, oldExpiresInSeconds: oldExpiresIn });
  terminal.write(isJson ? asJson(rotated) : asText(rotatedLines(rotated, { isGiven: secret !== undefined, paint })));
  remark(context, textAt(rotated, 'secret'));
  return 0;
}

/** Holds the webhooks of a source back. */
export async function pauseSource({ services, terminal, isJson }: CommandContext, [source = '']: Args): Promise<ExitCode> {
  const paused = await services.intake.post(pathOf(source, '/pause'), {});
  terminal.write(isJson ? asJson(paused) : `${source} is paused since ${textAt(paused, 'pausedAt') ?? 'now'}: its webhooks are taken and held back. Handle them with: npx handoff source resume ${source}\n`);
  return 0;
}

/** Handles the webhooks of a source again. */
export async function resumeSource({ services, terminal, isJson }: CommandContext, [source = '']: Args): Promise<ExitCode> {
  const resumed = await services.intake.post(pathOf(source, '/resume'), {});
  terminal.write(isJson ? asJson(resumed) : `${source} is not paused: what was held back is handled first, and then what comes.\n`);
  return 0;
}

/** Removes a source; its secrets cannot be had back, so it wants to be told twice. */
export async function deleteSource({ services, terminal, isJson }: CommandContext, [source = '']: Args, { yes }: { readonly yes?: boolean }): Promise<ExitCode> {
  if (yes !== true) throw wrongUse('not-confirmed', `${source} and its secrets would be removed for good, and its system would be refused with 404; tickets stay. To hold its webhooks back instead, use: npx handoff source pause ${source}. To remove it, add --yes.`);
  await services.intake.delete(pathOf(source));
  terminal.write(isJson ? asJson({ source, isDeleted: true }) : `${source} is removed, with its secrets. Its tickets stay.\n`);
  return 0;
}

/** A program that reads the document shows nothing to a person: the terminal does. */
function remark({ terminal, isJson }: CommandContext, secret: string | null): void {
  if (isJson && secret !== null) terminal.tell(`${SHOWN_ONCE}\n`);
}
