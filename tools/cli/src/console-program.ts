import type { Command } from 'commander';
import { personName } from './arguments.js';
import type { Runner } from './runner.js';

/** Declares the commands about the console. */
export function addConsole(program: Command, work: Runner): void {
  const console = program.command('console').description('the page for operations teams');
  console.command('link').description('print a link that signs a browser in, once and within half an hour')
    .option('--name <name>', 'who will use it, for the story of tickets (default: your name on this machine)', personName)
    .action(work(async () => (await import('./commands/console-link.js')).consoleLink));
  console.command('rebuild').description('make what the page shows anew from the log of events, and say how far it is')
    .action(work(async () => (await import('./commands/console-rebuild.js')).consoleRebuild));
}
