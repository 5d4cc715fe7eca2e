import { parseArgs } from 'node:util';
import type { Stage } from './stage.js';

/** What was asked for on the command line. */
export interface Command {
  /** In the order in which they run. */
  readonly stages: readonly string[];
  readonly runs: number;
  readonly seconds: number;
  /** Tickets in the read model of the console; absent: as many as it is measured with. */
  readonly tickets?: number;
  readonly json: boolean;
  /** Lines of `--json` from which docs/performance.md is written, in place of measuring anything. */
  readonly pageFrom: string | undefined;
  /** Folder for CPU profiles of the measured processes. */
  readonly profileDir: string | undefined;
}

/** The command line makes no sense; the message says what would. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

const RUNS_DEFAULT = 3;
const RUNS_MAX = 100;
const SECONDS_DEFAULT = 10;
const SECONDS_MAX = 600;
const TICKETS_MAX = 10_000_000;

export const USAGE = `npm run bench -- [stage …] [--runs N] [--seconds N] [--json] [--profile FOLDER]
       npm run bench -- --page FILE

  --runs N          runs of each variant, in turns (${RUNS_DEFAULT})
  --seconds N       how long a run measures; a backlog is made for so many seconds (${SECONDS_DEFAULT})
  --tickets N       tickets in the read model of the console, to try the stage out
  --json            one JSON line a stage instead of a table
  --profile FOLDER  write a CPU profile of each measured process into it
  --page FILE       write docs/performance.md from lines that --json printed; of a stage that was measured several times the last counts

Stages that take long run only when they are named.`;

/**
 * @param stages all that can be measured.
 * @throws WrongUse
 */
export function commandOf(args: readonly string[], stages: readonly Pick<Stage, 'name' | 'isLong'>[]): Command {
  const { values, positionals } = parsed(args);
  const known = stages.map(({ name }) => name);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new WrongUse(`There is no stage '${unknown.join("', '")}': use ${known.join(', ')}.`);
  if (values.page !== undefined && positionals.length > 0) throw new WrongUse('--page measures nothing: leave out the names of stages.');
  return {
    stages: positionals.length === 0 ? stages.filter(({ isLong }) => isLong !== true).map(({ name }) => name) : known.filter((name) => positionals.includes(name)),
    runs: wholeNumber('--runs', values.runs, RUNS_DEFAULT, RUNS_MAX),
    seconds: wholeNumber('--seconds', values.seconds, SECONDS_DEFAULT, SECONDS_MAX),
    ...(values.tickets === undefined ? {} : { tickets: wholeNumber('--tickets', values.tickets, 0, TICKETS_MAX) }),
    json: values.json, pageFrom: values.page, profileDir: values.profile,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: { runs: { type: 'string' }, seconds: { type: 'string' }, tickets: { type: 'string' }, json: { type: 'boolean', default: false }, page: { type: 'string' }, profile: { type: 'string' } },
    });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

function wholeNumber(option: string, text: string | undefined, otherwise: number, max: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new WrongUse(`${option} takes a whole number from 1 to ${max}.`);
}
