import type { Command } from 'commander';
import { commaList, namedValues, plainName, wholeNumber } from './arguments.js';
import type { Runner } from './runner.js';

const DAY_SECONDS = 86_400;
const MONTH_SECONDS = 30 * DAY_SECONDS;

/** Declares the commands about ticketing systems that post here. */
export function addSources(program: Command, work: Runner): void {
  program.command('sources').description('list the ticketing systems that post here, with what came from each')
    .action(work(async () => (await import('./commands/sources.js')).sources));
  program.command('adapters').description('list the kinds of ticketing systems that a source can be of')
    .action(work(async () => (await import('./commands/source-connect.js')).adapters));
  const source = program.command('source').description('create, connect, test and change a source');
  addCreateAndChange(source, work);
  const one = (name: string, description: string): Command => source.command(name).description(description).argument('<name>', 'its name', plainName);
  one('show', 'show a source, with its status').action(work(async () => (await import('./commands/sources.js')).showSource));
  one('setup', 'print the steps by which a person connects its system, as Markdown').action(work(async () => (await import('./commands/source-connect.js')).setupSource));
  one('test', 'post a test ticket as its system would; exits with 1 when a step fails').action(work(async () => (await import('./commands/source-connect.js')).testSource));
  one('pause', 'hold its webhooks back: they are taken, and handled when it is resumed').action(work(async () => (await import('./commands/source-changes.js')).pauseSource));
  one('resume', 'handle its webhooks again').action(work(async () => (await import('./commands/source-changes.js')).resumeSource));
  one('rotate', 'give it a new secret; the older ones hold for a while beside it')
    .option('--secret-file <file>', 'take this secret instead of a new one, - for standard input')
    .option('--old-expires-in <seconds>', 'how long the older ones hold (default: a day)', wholeNumber(0, MONTH_SECONDS))
    .action(work(async () => (await import('./commands/source-changes.js')).rotateSecret));
  one('delete', 'remove it and its secrets for good; its tickets stay').option('--yes', 'do it')
    .action(work(async () => (await import('./commands/source-changes.js')).deleteSource));
}

function addCreateAndChange(source: Command, work: Runner): void {
  const create = source.command('create').description('create a source, and show its secret once')
    .argument('<name>', 'its name, in the address of its webhooks', plainName)
    .argument('[file]', 'JSON with what no flag says, as POST /v1/sources takes it; - for standard input; flags win')
    .option('--adapter <kind>', 'the kind of its system; npx handoff adapters lists them')
    .option('--secret-file <file>', 'take this secret instead of a new one, - for standard input');
  addFields(create).action(work(async () => (await import('./commands/source-changes.js')).createSource));
  const change = source.command('change').description('change what flags and file say; each is replaced as a whole')
    .argument('<name>', 'its name', plainName)
    .argument('[file]', 'JSON with what no flag says, as PATCH /v1/sources/{source} takes it; - for standard input; flags win');
  addFields(change)
    .option('--no-party', 'it belongs to nobody').option('--no-tolerance', 'do not check its time').option('--no-allow', 'take webhooks from any address')
    .option('--no-requests-per-second', 'as many as every source may').option('--no-api', 'read nothing from its interface').option('--no-reconcile-every', 'do not poll')
    .option('--no-own-actors', 'nobody there is Handoff itself')
    .action(work(async () => (await import('./commands/source-changes.js')).changeSource));
}

function addFields(command: Command): Command {
  return command
    .option('--party <party>', 'who owns it, as partner/1001 or isv/contoso')
    .option('--setting <name=value>', 'a setting of its adapter, again for each; what is no text goes into the file', namedValues)
    .option('--tolerance <seconds>', "how far its system's clock may be away", wholeNumber(1, DAY_SECONDS))
    .option('--allow <addresses>', 'take webhooks from these addresses and networks alone, with commas between them', commaList)
    .option('--requests-per-second <n>', 'at most so many webhooks', wholeNumber(1, 10_000))
    .option('--mapping <file>', 'JSON with its mapping')
    .option('--api <file>', "JSON with address and credentials of its system's interface")
    .option('--reconcile-every <seconds>', 'ask its interface so often for what no webhook brought', wholeNumber(30, DAY_SECONDS))
    .option('--own-actors <ids>', 'ids under which Handoff itself writes there, with commas between them', commaList);
}
