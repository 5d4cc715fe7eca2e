import { parseArgs } from 'node:util';

export interface Command {
  readonly seed: number;
  readonly minutes: number;
  /** Webhooks a second. */
  readonly perSecond: number;
  readonly json: boolean;
  readonly planOnly: boolean;
  /** Leaves the folder of the run behind, with logs and database. */
  readonly keep: boolean;
}

/** The command line makes no sense; the message says what would. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

const SEED_MAX = 1_000_000;
const MINUTES_MAX = 600;
const PER_SECOND_MAX = 1_000;

export const USAGE = `npm run chaos -- [--seed N] [--minutes N] [--rate N] [--json] [--plan] [--keep]

  --seed N     what goes wrong when and on whom follows from it (1)
  --minutes N  how long webhooks are sent (2)
  --rate N     webhooks a second (40)
  --json       one line of JSON instead of the table
  --plan       says what would go wrong, and runs nothing
  --keep       leaves logs and data behind; the next run removes them`;

/** @throws WrongUse */
export function commandOf(args: readonly string[]): Command {
  const { seed, minutes, rate, json, plan, keep } = parsed(args);
  return {
    seed: wholeNumber('--seed', seed, 1, SEED_MAX), minutes: wholeNumber('--minutes', minutes, 2, MINUTES_MAX),
    perSecond: wholeNumber('--rate', rate, 40, PER_SECOND_MAX), json, keep, planOnly: plan,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { seed: { type: 'string' }, minutes: { type: 'string' }, rate: { type: 'string' }, json: { type: 'boolean', default: false }, plan: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
    }).values;
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
