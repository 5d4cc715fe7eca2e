import type { ExitCode } from '../failure.js';
import { asJson, asText, entries, type Entry, safeLine, table } from '../format.js';
import { allPages } from '../http/all-pages.js';
import { isRecord, textAt } from '../json-reading.js';
import type { CommandContext } from './context.js';

/** Lists the ticketing systems that post to this installation. */
export async function sources({ services, terminal, isJson }: CommandContext): Promise<ExitCode> {
  const items = await allPages(services.intake, '/v1/sources');
  terminal.write(isJson ? asJson({ items }) : asText(sourceLines(items)));
  return 0;
}

function sourceLines(items: readonly unknown[]): string[] {
  if (items.length === 0) return ['No source is set up yet.'];
  const rows = items.map((item) => [textAt(item, 'source') ?? '?', textAt(item, 'adapter') ?? '', textAt(item, 'sourceParty') ?? ''].map(safeLine));
  return table([['SOURCE', 'ADAPTER', 'PARTY'], ...rows]);
}

/** Shows one source. Its secret is never among what the service answers. */
export async function showSource({ services, terminal, isJson, paint }: CommandContext, [name]: readonly string[]): Promise<ExitCode> {
  const answer = await services.intake.get(`/v1/sources/${name ?? ''}`);
  if (isJson) terminal.write(asJson(answer));
  else terminal.write(asText(entries(isRecord(answer) ? Object.entries(answer).map(([key, value]): Entry => [key, valueText(value)]) : [], paint)));
  return 0;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
