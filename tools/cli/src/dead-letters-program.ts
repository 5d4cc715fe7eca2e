import { type Command, Option } from 'commander';
import { positiveNumber, wholeNumber } from './arguments.js';
import type { Runner } from './runner.js';

/** Declares the commands about events that were set aside. */
export function addDeadLetters(program: Command, work: Runner): void {
  const letters = program.command('dead-letters').description('look after events that could not be handled');
  letters.command('list').description('list what the services set aside, the latest first')
    .addOption(new Option('--state <state>', 'only those in this state').choices(['retrying', 'waiting', 'dead', 'retried', 'discarded']))
    .option('--reason <code>', 'only those that failed so, as handler-failed')
    .option('--topic <topic>', 'only those of this topic')
    .option('--type <type>', 'only those of this event type')
    .option('--ticket <id>', 'only those of this ticket')
    .option('--limit <n>', 'at most so many of each service', wholeNumber(1, 200), 50)
    .action(work(async () => (await import('./commands/dead-letters.js')).listDeadLetters));
  letters.command('show').description('show one whole, with its value and its history').argument('<id>', 'its id')
    .action(work(async () => (await import('./commands/dead-letters.js')).showDeadLetter));
  letters.command('retry').description('try one again and say what came of it, or all of a reason')
    .argument('[id]', 'its id; without it --reason')
    .option('--reason <code>', 'all that failed so, the earliest first')
    .option('--value <file>', 'handle the JSON in this file in the place of its own data, - for standard input')
    .option('--by <name>', 'who asks, for its history').option('--note <text>', 'why it will work now')
    .option('--wait <seconds>', 'wait this long for what comes of it', positiveNumber(3_600, 'with-zero'), 10)
    .action(work(async () => (await import('./commands/retry-dead-letters.js')).retryDeadLetters));
  letters.command('discard').description('give one up for good; later events of its ticket go on').argument('<id>', 'its id')
    .requiredOption('--by <name>', 'who decides it').requiredOption('--note <text>', 'why')
    .action(work(async () => (await import('./commands/dead-letters.js')).discardDeadLetter));
}
