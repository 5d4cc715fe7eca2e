/** What happened when a service ended unasked. */
export interface DeathFacts {
  /** How long it had run. */
  readonly livedMs: number;
  /** How many times in a row, before this one, it ended soon after its start. */
  readonly earlyDeathsBefore: number;
}

export interface RestartDecision {
  readonly earlyDeaths: number;
  readonly delayMs: number;
  /** True exactly once in a row of early deaths: now somebody should look. */
  readonly callForHelp: boolean;
}

export const EARLY_DEATH_MS_MAX = 30_000;
export const EARLY_DEATHS_BEFORE_HELP = 3;
const FIRST_DELAY_MS = 500;
const SLOW_DELAY_MS = 30_000;

/** Decides when to start a service again: soon, then more slowly, and slowly for ever once it seems broken. */
export function decideRestart(facts: DeathFacts): RestartDecision {
  if (facts.livedMs >= EARLY_DEATH_MS_MAX) return { earlyDeaths: 0, delayMs: FIRST_DELAY_MS, callForHelp: false };
  const earlyDeaths = facts.earlyDeathsBefore + 1;
  const isBroken = earlyDeaths >= EARLY_DEATHS_BEFORE_HELP;
  return {
    earlyDeaths,
    delayMs: isBroken ? SLOW_DELAY_MS : FIRST_DELAY_MS * 2 ** (earlyDeaths - 1),
    callForHelp: earlyDeaths === EARLY_DEATHS_BEFORE_HELP,
  };
}
