import { examine } from '../doctor/examine.js';
import type { CheckResult } from '../doctor/finding.js';
import type { ExitCode } from '../failure.js';
import { asJson, asText, type Paint, wrapped } from '../format.js';
import type { CommandContext } from './context.js';

/** What is wrong with this installation, in sentences. */
export async function doctor({ installation, services, terminal, isJson, paint }: CommandContext): Promise<ExitCode> {
  const checks = await examine(installation, services);
  const findings = checks.filter(({ isFinding }) => isFinding).length;
  terminal.write(isJson ? asJson(documentOf(checks)) : asText(doctorLines(checks, paint)));
  return findings === 0 ? 0 : 1;
}

function documentOf(checks: readonly CheckResult[]): object {
  const told = checks.map(({ name, isFinding, text, remedy }) => ({ name, state: isFinding ? 'finding' : 'ok', text, remedy }));
  const findings = told.filter(({ state }) => state === 'finding').length;
  return { ok: findings === 0, findings, checks: told };
}

const INDENT = ' '.repeat(9);

/** Each check as a line, each finding with its remedy below. */
export function doctorLines(checks: readonly CheckResult[], paint: Paint): string[] {
  const lines = checks.flatMap(({ isFinding, text, remedy }) => [
    `${isFinding ? paint.bad('finding') : paint.good('ok     ')}  ${wrapped(text, INDENT).join('\n')}`,
    ...(remedy === null ? [] : [`${INDENT}${wrapped(remedy, INDENT).join('\n')}`]),
  ]);
  const findings = checks.filter(({ isFinding }) => isFinding).length;
  return [...lines, '', findings === 0 ? 'Nothing is wrong.' : `${findings} ${findings === 1 ? 'finding' : 'findings'}.`];
}
