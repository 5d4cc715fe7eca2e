import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ExitCode } from '../failure.js';
import { asJson, asText } from '../format.js';
import { servicesOf } from '../http/service-client.js';
import { Transport } from '../http/transport.js';
import { readBytes } from '../input.js';
import { comparisonLines } from '../texts/matrix-text.js';
import type { CommandContext } from './context.js';

/** Replaying a million tickets takes longer than any other answer. */
const COMPARE_TIMEOUT_MS = 300_000;

interface CompareOptions {
  readonly days: number;
  readonly limit: number;
}

/** What a stored version, or the rules in a file, would have decided otherwise about past tickets. Nothing is stored. */
export async function compareMatrix({ installation, terminal, isJson, paint }: CommandContext, [versionOrFile = '']: readonly string[], { days, limit }: CompareOptions): Promise<ExitCode> {
  const transport = new Transport({ connectionsMax: 1, answerTimeoutMs: COMPARE_TIMEOUT_MS });
  try {
    const { routing } = servicesOf(installation, transport);
    const comparison = isFile(versionOrFile, terminal.cwd)
      ? await routing.post('/v1/matrix/compare', { matrix: (await readBytes(terminal, versionOrFile)).toString('utf8'), days, limit })
      : await routing.post(`/v1/matrix/versions/${encodeURIComponent(versionOrFile)}/compare`, { days, limit });
    terminal.write(isJson ? asJson(comparison) : asText(comparisonLines(comparison, paint)));
    return 0;
  } finally {
    transport.close();
  }
}

/** A name with a folder or an extension of these is a file; any other is one where such a file is there. */
function isFile(name: string, cwd: string): boolean {
  return name === '-' || /[/\\]|\.(ya?ml|json)$/i.test(name) || existsSync(path.resolve(cwd, name));
}
