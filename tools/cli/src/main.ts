import { run } from './program.js';
import { processTerminal } from './terminal.js';

// A reader that has seen enough, as in `handoff tickets | head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), processTerminal());
