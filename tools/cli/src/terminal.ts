/** Where a command runs: its surroundings, and where its words go. */
export interface Terminal {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly hasColours: boolean;
  /** The result, for people or programs. */
  write(text: string): void;
  /** Remarks and errors, for people. */
  tell(text: string): void;
  /** Everything on standard input. */
  readInput(): Promise<Buffer>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    env: process.env,
    hasColours: usesColours({ isTerminal: process.stdout.isTTY === true, env: process.env }),
    write: (text) => void process.stdout.write(text),
    tell: (text) => void process.stderr.write(text),
    readInput: async () => {
      const parts: Buffer[] = [];
      for await (const part of process.stdin) parts.push(part as Buffer);
      return Buffer.concat(parts);
    },
  };
}

/** Colours only where a person looks and has not declined them (https://no-color.org). */
export function usesColours({ isTerminal, env }: { readonly isTerminal: boolean; readonly env: NodeJS.ProcessEnv }): boolean {
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
