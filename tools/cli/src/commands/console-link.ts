import { userInfo } from 'node:os';
import type { ExitCode } from '../failure.js';
import { asJson } from '../format.js';
import { textAt } from '../json-reading.js';
import type { CommandContext } from './context.js';

/** Prints a link that signs a browser in to the console. */
export async function consoleLink({ services, terminal, isJson }: CommandContext, _args: readonly string[], { name = userInfo().username }: { readonly name?: string }): Promise<ExitCode> {
  const link = await services.console.post('/v1/sign-in-links', { name });
  terminal.write(isJson ? asJson(link) : `${textAt(link, 'url') ?? '?'}\n`);
  return 0;
}
