import { type ExitCode, wrongUse } from '../failure.js';
import { asJson, asText } from '../format.js';
import { jsonObject, placeName, readBytes } from '../input.js';
import { decisionLines, rowLines } from '../texts/decision-text.js';
import { type ExplainFlags, questionFrom } from '../texts/explain-question.js';
import type { CommandContext } from './context.js';

/** Asks who would be responsible, whom to contact and why. Nothing is stored. */
export async function explain({ services, terminal, isJson, paint }: CommandContext, [file]: readonly string[], flags: ExplainFlags): Promise<ExitCode> {
  const given = file === undefined ? {} : jsonObject(await readBytes(terminal, file), placeName(file));
  const question = questionFrom(given, flags);
  if (question === null) {
    throw wrongUse('question-missing', 'Nothing was asked: name a JSON file with a question, - for standard input, or at least --area. Example: handoff explain --area payment --subscription woodgrove-crm');
  }
  const decision = await services.routing.post(`/v1/explain${flags.language === undefined ? '' : `?language=${encodeURIComponent(flags.language)}`}`, question);
  terminal.write(isJson ? asJson(decision) : asText([...decisionLines(decision, paint), ...(flags.rows === true ? rowLines(decision, paint) : [])]));
  return 0;
}
