import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { allPages } from '../http/all-pages.js';
import { sourceLines, sourceTable } from '../texts/source-text.js';
import type { CommandContext } from './context.js';

/** Lists the ticketing systems that post to this installation. */
export async function sources({ services, terminal, isJson }: CommandContext): Promise<ExitCode> {
  const items = await allPages(services.intake, '/v1/sources');
  terminal.write(isJson ? asJson({ items }) : asText(sourceTable(items)));
  return 0;
}

/** Shows one source. Its secret is never among what the service answers. */
export async function showSource({ services, terminal, isJson, paint }: CommandContext, [name = '']: readonly string[]): Promise<ExitCode> {
  const answer = await services.intake.get(`/v1/sources/${encodeURIComponent(name)}`);
  terminal.write(isJson ? asJson(answer) : asText(sourceLines(answer, paint)));
  return 0;
}
