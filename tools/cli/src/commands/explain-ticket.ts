import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { decisionLines, rowLines } from '../texts/decision-text.js';
import type { CommandContext } from './context.js';

/** Says why a ticket lies where it lies: its decision, and every row of the matrix that was looked at. */
export async function explainTicket({ services, terminal, isJson, paint }: CommandContext, [id = '']: readonly string[], { language }: { readonly language?: string }): Promise<ExitCode> {
  const explanation = await services.routing.get(`/v1/tickets/${encodeURIComponent(id)}/explanation`, { language });
  terminal.write(isJson ? asJson(explanation) : asText([...decisionLines(explanation, paint), ...rowLines(explanation, paint)]));
  return 0;
}
