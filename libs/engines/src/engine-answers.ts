import { eventually } from './eventually.js';

export interface Wait {
  readonly timeoutMs: number;
  readonly intervalMs: number;
  /** Ends the wait early, with the reason: the engine's process has ended. */
  readonly ended?: (() => string | undefined) | undefined;
  /** What is wrong, in words. */
  readonly describe: (error: unknown) => string;
  /** An error that waiting does not mend ends the wait. */
  readonly isFinal: (error: unknown) => boolean;
}

/** Asks an engine until it answers. Answers undefined then, and the reason when it never did. */
export async function engineProblem(ask: () => Promise<unknown>, wait: Wait): Promise<string | undefined> {
  let problem = 'no answer';
  const outcome = await eventually(async () => {
    const ended = wait.ended?.();
    if (ended !== undefined) return { problem: `it ended (${ended})` };
    try {
      await ask();
      return { problem: undefined };
    } catch (error) {
      problem = wait.describe(error);
      return wait.isFinal(error) ? { problem } : undefined;
    }
  }, wait);
  return outcome === undefined ? problem : outcome.problem;
}
