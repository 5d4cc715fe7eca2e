import { compile } from '@handoff/matrix';
import { type CaseResult, defaultCasesYaml, defaultMatrixYaml, type FileFinding, parseCases, parseMatrix, runCases } from '@handoff/matrix-files';
import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { placeName, readBytes } from '../input.js';
import type { Terminal } from '../terminal.js';
import { caseLines, findingLines } from '../texts/matrix-text.js';
import type { CommandContext } from './context.js';

/** What is wrong with a matrix in a file. */
export async function lintMatrixFile({ terminal, isJson, paint }: CommandContext, [file = '']: readonly string[]): Promise<ExitCode> {
  const { text, name } = await read(terminal, file);
  const { matrix, findings } = parseMatrix(text, { file: name });
  terminal.write(isJson ? asJson({ file: name, ok: findings.length === 0, findings }) : asText([
    ...findingLines(findings, paint),
    findings.length === 0 ? `${paint.good('ok')}  ${matrix?.version ?? '?'} has ${matrix?.rows.length ?? 0} rows, and nothing is wrong with it.` : counted(findings.length, 'finding'),
  ]));
  return findings.length === 0 ? 0 : 1;
}

/** Runs cases against a matrix in a file. Without files, those that Handoff comes with. */
export async function testMatrixFile({ terminal, isJson, paint }: CommandContext, [file]: readonly string[], options: { readonly cases?: string }): Promise<ExitCode> {
  const matrix = file === undefined ? { text: defaultMatrixYaml(), name: 'the matrix that Handoff comes with' } : await read(terminal, file);
  const cases = options.cases === undefined ? { text: defaultCasesYaml(), name: 'the cases that Handoff comes with' } : await read(terminal, options.cases);
  const { version, findings, results } = judged(matrix, cases);
  const failed = results.filter(({ passed }) => !passed).length;
  const isUsable = !findings.some(({ severity }) => severity === 'error');
  if (isJson) terminal.write(asJson({ ok: isUsable && failed === 0, version, passed: results.length - failed, failed, findings, results }));
  else terminal.write(asText([...findingLines(findings, paint), ...(isUsable ? caseLines(results, { casesFile: cases.name, paint }) : ['No case was run: the errors above come first.'])]));
  return isUsable && failed === 0 ? 0 : 1;
}

interface NamedText {
  readonly text: string;
  readonly name: string;
}

interface Judged {
  readonly version: string | null;
  readonly findings: readonly FileFinding[];
  readonly results: readonly CaseResult[];
}

function judged(matrix: NamedText, cases: NamedText): Judged {
  const rules = parseMatrix(matrix.text, { file: matrix.name });
  const expected = parseCases(cases.text, { file: cases.name });
  const findings = [...rules.findings, ...expected.findings];
  if (rules.matrix === null || findings.some(({ severity }) => severity === 'error')) return { version: rules.matrix?.version ?? null, findings, results: [] };
  return { version: rules.matrix.version, findings, results: runCases(expected.cases, compile(rules.matrix), new Date().toISOString()) };
}

async function read(terminal: Terminal, file: string): Promise<NamedText> {
  return { text: (await readBytes(terminal, file)).toString('utf8'), name: file === '-' ? placeName(file) : file };
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}.`;
}
