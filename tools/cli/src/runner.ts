import type { CommandContext } from './commands/context.js';
import type { ExitCode } from './failure.js';

/** A command's work; `options` are those that its line declares. */
export type Work<O> = (context: CommandContext, args: readonly string[], options: O) => Promise<ExitCode>;

/** Makes the action of a command from what loads its work. */
export type Runner = <O>(load: () => Promise<Work<O>>) => (...parameters: unknown[]) => Promise<void>;
