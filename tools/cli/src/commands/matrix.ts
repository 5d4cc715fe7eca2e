import { CommandFailure, type ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { allPages } from '../http/all-pages.js';
import { readBytes } from '../input.js';
import { listAt, textAt, valueAt } from '../json-reading.js';
import { caseLines, findingLines, versionLines, versionTable } from '../texts/matrix-text.js';
import type { CommandContext } from './context.js';

const VERSIONS = '/v1/matrix/versions';

const pathOf = (version: string): string => `${VERSIONS}/${encodeURIComponent(version)}`;

/** Lists the versions of the matrix. */
export async function listVersions({ services, terminal, isJson }: CommandContext): Promise<ExitCode> {
  const items = await allPages(services.routing, VERSIONS);
  terminal.write(isJson ? asJson({ items }) : asText(versionTable(items)));
  return 0;
}

/** Prints the text of a version as its author wrote it, so that it can go into a file. */
export async function showVersion({ services, terminal, isJson }: CommandContext, [version = '']: readonly string[], { cases }: { readonly cases?: boolean }): Promise<ExitCode> {
  const found = await services.routing.get(pathOf(version));
  const text = textAt(found, cases === true ? 'cases' : 'matrix') ?? '';
  terminal.write(isJson ? asJson(found) : text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}

/** Stores a file as a draft. Where there is such a draft already, its text is replaced. */
export async function pushVersion({ services, terminal, isJson, paint }: CommandContext, [version = '', file = '']: readonly string[], options: { readonly cases?: string; readonly by?: string }): Promise<ExitCode> {
  const matrix = (await readBytes(terminal, file)).toString('utf8');
  const text = { matrix, ...(options.cases === undefined ? {} : { cases: (await readBytes(terminal, options.cases)).toString('utf8') }) };
  const { routing } = services;
  const there = await routing.find(pathOf(version));
  const revision = textAt(there, 'revision');
  const stored = there === null ? await routing.post(VERSIONS, { version, ...text }, options.by) : await routing.put(pathOf(version), text, { ifMatch: `"${revision ?? ''}"`, by: options.by });
  const findings = listAt(stored, 'findings');
  terminal.write(isJson ? asJson(stored) : asText([
    ...findingLines(findings, paint), `${there === null ? 'Stored' : 'Changed'} the draft ${version}. See what it would change with: npx handoff matrix compare ${version}`,
  ]));
  return 0;
}

interface ActivateOptions {
  readonly at?: string;
  readonly expectedActive?: string;
  readonly by?: string;
}

/** Runs the cases of a version, and makes it active when all pass. */
export async function activateVersion(context: CommandContext, [version = '']: readonly string[], { at, expectedActive, by }: ActivateOptions): Promise<ExitCode> {
  const { services, terminal, isJson, paint } = context;
  // Testing anew would judge it beside whatever is active now: the version that its author saw must hold.
  const state = textAt(await services.routing.get(pathOf(version)), 'state');
  if (state === 'draft' || state === 'retired') {
    const tested = await services.routing.post(`${pathOf(version)}/test`, {});
    if (Number(valueAt(tested, 'failed') ?? 0) > 0) {
      terminal.write(isJson ? asJson(tested) : asText(caseLines(listAt(tested, 'results'), { casesFile: 'cases', paint })));
      throw new CommandFailure(1, 'cases-failed', `${version} was not activated: its cases failed. Mend it and store it again with: npx handoff matrix push ${version} <file>`, 200);
    }
  }
  const activated = await services.routing.post(`${pathOf(version)}/activate`, { at, expectedActive }, by);
  terminal.write(isJson ? asJson(activated) : asText(versionLines(activated, paint)));
  return 0;
}

/** Goes back to the version that the active one replaced. */
export async function rollbackVersion({ services, terminal, isJson, paint }: CommandContext, _args: readonly string[], { expectedActive }: Pick<ActivateOptions, 'expectedActive'>): Promise<ExitCode> {
  const active = await services.routing.post('/v1/matrix/rollback', { expectedActive });
  terminal.write(isJson ? asJson(active) : asText(versionLines(active, paint)));
  return 0;
}
