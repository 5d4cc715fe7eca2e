import { Command, CommanderError, Option } from 'commander';
import { headerText, instant, plainName, positiveNumber, wholeNumber } from './arguments.js';
import type { CommandContext } from './commands/context.js';
import { addConsole } from './console-program.js';
import { addDeadLetters } from './dead-letters-program.js';
import { CommandFailure, type ExitCode } from './failure.js';
import { asJson, paintFor } from './format.js';
import { servicesOf } from './http/service-client.js';
import { Transport } from './http/transport.js';
import { type AddressOptions, findInstallation } from './installation.js';
import type { Runner, Work } from './runner.js';
import { addSources } from './source-program.js';
import { addNotices, addSuppressions } from './suppressions-program.js';
import type { Terminal } from './terminal.js';

interface GlobalOptions extends AddressOptions {
  readonly json?: boolean;
}

const ANSWER_TIMEOUT_MS = 10_000;
const CONNECTIONS_MAX = 256;

/** Runs one command line and answers the exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = programFor(terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return told(error, terminal, argv.includes('--json'));
  }
}

function programFor(terminal: Terminal, ended: (code: ExitCode) => void): Command {
  const program = new Command('handoff')
    .description('Asks and tells a running Handoff.')
    .option('--json', 'answer one JSON document, for programs')
    .option('--url-intake <url>', 'address of intake (or HANDOFF_INTAKE_URL; else as .handoff/run.json says)')
    .option('--url-routing <url>', 'address of routing (or HANDOFF_ROUTING_URL)')
    .option('--url-notifier <url>', 'address of the notifier (or HANDOFF_NOTIFIER_URL)')
    .option('--url-console <url>', 'address of the console (or HANDOFF_CONSOLE_URL)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => terminal.write(text), writeErr: (text) => terminal.tell(text) })
    .addHelpText('after', '\nThe bearer token comes from HANDOFF_TOKEN, HANDOFF_TOKEN_FILE or .handoff/token.\nExit codes: 0 done, 1 a finding or a refusal, 2 wrong use.')
    .exitOverride();
  const work = runnerFor(terminal, ended);
  addSend(program, work);
  addExplain(program, work);
  addTickets(program, work);
  addSources(program, work);
  addMatrix(program, work);
  addImport(program, work);
  addKeys(program, work);
  addDeadLetters(program, work);
  addSuppressions(program, work);
  addNotices(program, work);
  addConsole(program, work);
  program.command('doctor').description('say what is wrong with this installation, in sentences')
    .action(work(async () => (await import('./commands/doctor.js')).doctor));
  return program;
}

/** Commands are loaded when they are called, so that the others do not slow them down. */
function runnerFor(terminal: Terminal, ended: (code: ExitCode) => void): Runner {
  return <O>(load: () => Promise<Work<O>>) => async (...parameters: unknown[]) => {
    const command = parameters.at(-1) as Command;
    const options = command.optsWithGlobals<GlobalOptions & O>();
    const installation = findInstallation(terminal, options);
    const transport = new Transport({ connectionsMax: CONNECTIONS_MAX, answerTimeoutMs: ANSWER_TIMEOUT_MS });
    try {
      const context: CommandContext = { terminal, installation, services: servicesOf(installation, transport), paint: paintFor(terminal.hasColours), isJson: options.json === true };
      ended(await (await load())(context, command.args, options));
    } finally {
      transport.close();
    }
  };
}

function addSend(program: Command, work: Runner): void {
  program.command('send').description("post a ticket as a source's own system would, signed")
    .argument('[file]', 'JSON payload, - for standard input; without it a built-in sample')
    .requiredOption('--source <name>', 'the source to post to', plainName)
    .option('--secret <secret>', 'its signing secret (or HANDOFF_SOURCE_SECRET; else .handoff/demo-secrets.json)')
    .option('--count <n>', 'send this many distinct tickets', wholeNumber(1, 1_000_000), 1)
    .option('--fresh', 'make it a ticket that was never sent before')
    .option('--rate <n>', 'at most this many a second', positiveNumber(1_000_000))
    .option('--concurrency <n>', 'this many at once', wholeNumber(1, CONNECTIONS_MAX), 16)
    .option('--key <id>', 'id of the delivery, the same at each send (default: a new one)', headerText)
    .action(work(async () => (await import('./commands/send.js')).send));
}

function addExplain(program: Command, work: Runner): void {
  program.command('explain').description('ask who would be responsible, whom to contact and why; nothing is stored')
    .argument('[file]', 'JSON question, - for standard input; flags win over it')
    .option('--area <area>', 'what the ticket is about, as payment or break-fix')
    .addOption(new Option('--severity <letter>', 'business impact').choices(['A', 'B', 'C']))
    .option('--asker <role>', 'who asks, as customer or indirect-reseller')
    .option('--offer <id>', 'offer in the directory')
    .option('--customer <id>', 'customer in the directory')
    .option('--subscription <id>', 'subscription in the directory')
    .option('--cloud <cloud>', 'public, us-government or china')
    .option('--at <time>', 'when it happens, as 2026-11-01T09:00:00Z', instant)
    .option('--as-of <time>', 'by the directory as it was then', instant)
    .option('--rows', 'show every row of the matrix that was looked at, and why it did or did not match')
    .addOption(languageOption())
    .action(work(async () => (await import('./commands/explain.js')).explain));
}

function languageOption(): Option {
  return new Option('--language <tag>', 'of the sentences, as tr; else English');
}

function addTickets(program: Command, work: Runner): void {
  const tickets = program.command('tickets').description('show a ticket with its decision and notifications, or list tickets')
    .argument('[id]', 'ticket id; without it a list')
    .option('--queue <queue>', 'list only this queue, as isv/contoso')
    .option('--source <name>', 'list only tickets of this source')
    .option('--external-id <id>', 'list only the ticket with this id in its own system')
    .option('--limit <n>', 'length of a list', wholeNumber(1, 200), 50)
    .option('--cursor <cursor>', 'continue a list')
    .option('--wait <seconds>', 'wait this long for a ticket that is not decided yet', positiveNumber(3_600, 'with-zero'), 2)
    .action(work(async () => (await import('./commands/tickets.js')).tickets));
  tickets.command('explain').description('say why a ticket lies where it lies, with every row of the matrix')
    .argument('<id>', 'ticket id')
    .addOption(languageOption())
    .action(work(async () => (await import('./commands/explain-ticket.js')).explainTicket));
  tickets.command('classify').description('say what a ticket is about; it is routed again at once')
    .argument('<id>', 'ticket id').argument('<area>', 'as payment or break-fix')
    .option('--by <name>', 'who says it, for the reason of the decision')
    .option('--note <text>', 'why, for those who work on it')
    .action(work(async () => (await import('./commands/classify-ticket.js')).classifyTicket));
  tickets.command('reassign').description('move a ticket to another party, until the rules answer otherwise than now')
    .argument('<id>', 'ticket id').argument('<to>', 'as partner/2002, isv/contoso or microsoft')
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who says it, for the reason of the decision')
    .action(work(async () => (await import('./commands/reassign-ticket.js')).reassignTicket));
  tickets.command('attach').description('attach a ticket to an outage; nobody is asked while it lasts')
    .argument('<id>', 'ticket id').argument('<notice>', 'id of the health notice')
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who says it, for the reason of the decision')
    .action(work(async () => (await import('./commands/attach-ticket.js')).attachTicket));
  tickets.command('detach').description('say that a ticket does not belong to its outage; it is decided without it')
    .argument('<id>', 'ticket id')
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who says it, for the reason of the decision')
    .action(work(async () => (await import('./commands/attach-ticket.js')).detachTicket));
  tickets.command('acknowledge').description('say that somebody works on a ticket; reminders and escalation end')
    .argument('<id>', 'ticket id')
    .option('--by <name>', 'who works on it')
    .option('--party <destination>', 'for which of those who were asked, as isv/contoso; without it for all')
    .option('--service-request <number>', 'of the service request that was opened for it at Microsoft')
    .action(work(async () => (await import('./commands/acknowledge-ticket.js')).acknowledgeTicket));
  tickets.command('resolve').description('say that a ticket is done; tickets that were opened for it elsewhere are closed')
    .argument('<id>', 'ticket id')
    .option('--by <name>', 'who says it')
    .option('--note <text>', 'what was done, for those who hear of it')
    .action(work(async () => (await import('./commands/resolve-ticket.js')).resolveTicket));
}

function addMatrix(program: Command, work: Runner): void {
  const matrix = program.command('matrix').description('write, test, compare and activate versions of the responsibility matrix');
  const days = ['--days <n>', 'how far back, in days'] as const;
  matrix.command('list').description('list the versions, the newest first')
    .action(work(async () => (await import('./commands/matrix.js')).listVersions));
  matrix.command('show').description('print the text of a version').argument('<version>', 'its name', plainName)
    .option('--cases', 'print its cases instead')
    .action(work(async () => (await import('./commands/matrix.js')).showVersion));
  matrix.command('lint').description('say what is wrong with a file; needs no running Handoff').argument('<file>', 'YAML or JSON, - for standard input')
    .action(work(async () => (await import('./commands/matrix-files.js')).lintMatrixFile));
  matrix.command('test').description('run cases against a file; needs no running Handoff').argument('[file]', 'YAML or JSON; without it the matrix that Handoff comes with')
    .option('--cases <file>', 'file with the cases; without it those that Handoff comes with')
    .action(work(async () => (await import('./commands/matrix-files.js')).testMatrixFile));
  matrix.command('push').description('store a file as a draft, or as the new text of a draft').argument('<version>', 'name of the version', plainName).argument('<file>', 'YAML or JSON, - for standard input')
    .option('--cases <file>', 'file with its cases; without it those of the active version')
    .option('--by <name>', 'who writes it; somebody else must make it active then')
    .action(work(async () => (await import('./commands/matrix.js')).pushVersion));
  matrix.command('compare').description('say what a version would have decided otherwise about past tickets').argument('<version-or-file>', 'a stored version, or a file')
    .option(...days, wholeNumber(1, 3_650), 30).option('--limit <n>', 'show this many changed tickets', wholeNumber(0, 1_000), 20)
    .action(work(async () => (await import('./commands/matrix-compare.js')).compareMatrix));
  matrix.command('activate').description('test a version, and make it the active one').argument('<version>', 'its name', plainName)
    .option('--at <time>', 'when, as 2026-11-01T09:00:00Z; without it now', instant)
    .option('--expected-active <version>', 'the version that you know as active', plainName)
    .option('--by <name>', 'who makes it active; must be nobody who wrote it')
    .action(work(async () => (await import('./commands/matrix.js')).activateVersion));
  matrix.command('rollback').description('make the version active that the active one replaced')
    .option('--expected-active <version>', 'the version that you know as active', plainName)
    .action(work(async () => (await import('./commands/matrix.js')).rollbackVersion));
}

function addImport(program: Command, work: Runner): void {
  program.command('import').description('take a file into the directory, all of it or nothing')
    .argument('<file>', 'CSV, JSON or NDJSON, also as .gz; - for standard input')
    .addOption(new Option('--format <format>', 'what the file holds').choices(['offers', 'customers', 'subscriptions', 'agreements', 'directory']).makeOptionMandatory())
    .option('--dry-run', 'report only; the directory stays as it is')
    .option('--skip-invalid', 'apply the valid records also where others are invalid')
    .option('--publisher <id>', 'offers: whose listings they are')
    .addOption(new Option('--offer-kind <kind>', 'offers: the kind of those whose listing does not tell it').choices(['saas', 'virtual-machine', 'container', 'azure-application', 'managed-service', 'dynamics-365']))
    .option('--partner <id>', 'customers, subscriptions: the partner whose Partner Center the file is from')
    .addOption(new Option('--model <model>', 'how that partner sells (default: indirect)').choices(['direct-bill', 'indirect']))
    .option('--customer <id>', 'subscriptions: the customer of those that name none')
    .option('--id <id>', 'name of the import; the same file sent again under it goes on where it stopped', plainName)
    .addOption(new Option('--type <type>', 'how the file is written, where its name does not show it').choices(['csv', 'json', 'ndjson']))
    .action(work(async () => (await import('./commands/import.js')).importFile));
}

function addKeys(program: Command, work: Runner): void {
  const keys = program.command('keys').description('look after the keys that seal the secrets in the database');
  keys.command('list').description('list the keys, with the number of secrets under each')
    .action(work(async () => (await import('./commands/keys.js')).listKeys));
  keys.command('new').description('make a key for HANDOFF_KEYS or its file; needs no running Handoff')
    .action(work(async () => (await import('./commands/keys.js')).makeKey));
  keys.command('rotate').description('seal every secret with the newest key; called again, it goes on where it stopped')
    .action(work(async () => (await import('./commands/keys.js')).rotateKeys));
}

/** Says what went wrong: a sentence for people, and with --json a document for programs. */
function told(error: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  if (error instanceof CommanderError) {
    // commander has already told people.
    if (error.exitCode === 0) return 0;
    if (isJson) terminal.write(asJson({ error: { code: 'wrong-use', message: error.message.replace(/^error: /, ''), status: null } }));
    return 2;
  }
  if (!(error instanceof CommandFailure)) throw error;
  if (isJson) terminal.write(asJson({ error: { code: error.code, message: error.message, status: error.status } }));
  terminal.tell(`${error.message}\n`);
  return error.exitCode;
}
