import { type Command, InvalidArgumentError, Option } from 'commander';
import { instant, wholeNumber } from './arguments.js';
import type { Runner } from './runner.js';

/** Declares the commands about messages that are held for a time. */
export function addSuppressions(program: Command, work: Runner): void {
  const suppressions = program.command('suppressions').description('hold messages back for a time');
  suppressions.command('list').description('list suppressions, the latest first')
    .addOption(new Option('--state <state>', 'only those in this state').choices(['scheduled', 'in-force', 'ended']))
    .option('--limit <n>', 'length of the list', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'continue a list')
    .action(work(async () => (await import('./commands/suppressions.js')).listSuppressions));
  suppressions.command('add').description('hold the messages that fit all that is named, until a time')
    .option('--destination <destination>', 'to the contacts of a party, as isv/contoso')
    .option('--address <address>', 'to this mail address, or URL as notifications show it')
    .option('--channel <kind>', 'by this channel, as mail')
    .option('--queue <queue>', 'about tickets in this queue')
    .option('--offer <id>', 'about this offer')
    .option('--everything', 'every message')
    .option('--include-severity-a', 'tickets of severity A as well')
    .option('--from <time>', 'begin later, as 2026-11-01T09:00:00Z', instant)
    .option('--until <time>', 'its end, as 2026-11-01T17:00:00Z', instant)
    .option('--for <duration>', 'its end, so long after it begins: 30m, 8h or 2d', duration)
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--author <name>', 'who wants it')
    .option('--author-email <address>', 'who is warned before the end')
    .action(work(async () => (await import('./commands/suppressions.js')).addSuppression));
  suppressions.command('end').description('end one before its time; what it holds is then told').argument('<id>', 'its id')
    .requiredOption('--by <name>', 'who ends it')
    .action(work(async () => (await import('./commands/suppressions.js')).endSuppression));
}

/** Declares the commands about outages. */
export function addNotices(program: Command, work: Runner): void {
  program.command('notices').description('list the outages that publishers reported, or show one with the partners that were told')
    .argument('[id]', 'its id; without it a list')
    .option('--offer <id>', 'list only those of this offer')
    .option('--open', 'list only those that last')
    .option('--limit <n>', 'length of the list', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'continue a list')
    .action(work(async () => (await import('./commands/notices.js')).notices));
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `8h` in milliseconds. */
function duration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs !== undefined && Number(count) > 0) return Number(count) * unitMs;
  throw new InvalidArgumentError('Give minutes, hours or days, as 30m, 8h or 2d.');
}
