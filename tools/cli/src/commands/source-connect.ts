import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { listAt, valueAt } from '../json-reading.js';
import { adapterTable, testLines } from '../texts/source-text.js';
import type { CommandContext } from './context.js';

/** Lists the kinds of ticketing systems. */
export async function adapters({ services, terminal, isJson }: CommandContext): Promise<ExitCode> {
  const answer = await services.intake.get('/v1/adapters');
  terminal.write(isJson ? asJson(answer) : asText(adapterTable(listAt(answer, 'items'))));
  return 0;
}

/** Prints how a person connects the system of a source. */
export async function setupSource({ services, terminal, isJson }: CommandContext, [source = '']: readonly string[]): Promise<ExitCode> {
  const path = `/v1/sources/${encodeURIComponent(source)}/setup`;
  terminal.write(isJson ? asJson(await services.intake.get(path)) : await services.intake.text(path, 'text/markdown'));
  return 0;
}

/** Lets a test ticket be posted to a source as its system would, and says step by step what happened. */
export async function testSource({ services, terminal, isJson, paint }: CommandContext, [source = '']: readonly string[]): Promise<ExitCode> {
  const report = await services.intake.post(`/v1/sources/${encodeURIComponent(source)}/test`, {});
  terminal.write(isJson ? asJson(report) : asText(testLines(report, paint)));
  return valueAt(report, 'isOk') === true ? 0 : 1;
}
