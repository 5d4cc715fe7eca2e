/** 0 done; 1 a finding, a mismatch or a refusal by the server; 2 wrong use. */
export type ExitCode = 0 | 1 | 2;

/** A command that cannot go on. The message is a sentence: what happened, where, what to do. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    readonly exitCode: 1 | 2,
    /** Stable, for programs. */
    readonly code: string,
    message: string,
    /** HTTP status of a refusal; `null` where nothing answered. */
    readonly status: number | null = null,
  ) {
    super(message);
  }
}

/** Wrong arguments, or a file that cannot be read. */
export const wrongUse = (code: string, message: string): CommandFailure => new CommandFailure(2, code, message);
