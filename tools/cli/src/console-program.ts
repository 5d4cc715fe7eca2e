import type { Command } from 'commander';
import { personName } from './arguments.js';
import type { Runner } from './runner.js';

/** Declares the commands about the console. */
export function addConsole(program: Command, work: Runner): void {
  const console = program.command('console').description('open the page for operations teams');
  console.command('link').description('print a link that signs a browser in, once and within half an hour')
    .option('--name <name>', 'who will use it, for the story of tickets (default: your name on this machine)', personName)
    .action(work(async () => (await import('./commands/console-link.js')).consoleLink));
}
