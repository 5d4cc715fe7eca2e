// What the documents say is true: their commands run as they stand, and their tables agree with the code.
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { EVENT_SCHEMAS, type EventType, topicOf } from '@handoff/contracts';
import { ROOT, type RunningHandoff, startHandoff } from './running-handoff.js';

const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'STYLE.md', ...globSync('docs/**/*.md', { cwd: ROOT }).sort()];
const COMMAND_MS_MAX = 60_000;

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The text of these files without that of tests. */
const sourceOf = (...patterns: readonly string[]): string =>
  globSync([...patterns], { cwd: ROOT }).filter((file) => !/\.(spec|contract)\.ts$|\/dist\//.test(file)).map(textOf).join('\n');

const capturesOf = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, capture]) => capture ?? ''))].sort();

/** The text under a heading, up to the next one of its level. */
function sectionOf(file: string, heading: string): string {
  const after = textOf(file).split(`\n## ${heading}\n`)[1];
  if (after === undefined) throw new Error(`${file} has no section '${heading}'.`);
  return after.split('\n## ')[0] ?? '';
}

interface Block {
  readonly place: string;
  readonly lines: readonly string[];
}

function blocksOf(file: string): Block[] {
  const text = textOf(file);
  return [...text.matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```/gm)].map((match) => ({
    place: `${file}:${text.slice(0, match.index).split('\n').length}`,
    lines: (match[1] ?? '').replaceAll('\\\n', ' ').split('\n').filter((line) => line.trim() !== ''),
  }));
}

const blocks = DOCUMENTS.flatMap(blocksOf);
/** npm scripts start what runs here already, or would run this very test: they are looked at, not run. */
const isNpmScript = (line: string): boolean => /^npm (start|test|run)\b/.test(line);
const npmCommands = blocks.flatMap(({ place, lines }) => lines.filter(isNpmScript).map((line) => ({ place, line })));
const scripts = blocks.map(({ place, lines }) => ({ place, script: lines.filter((line) => !isNpmScript(line)).join('\n') })).filter(({ script }) => script !== '');

let handoff: RunningHandoff;

beforeAll(async () => {
  handoff = await startHandoff();
}, 150_000);
afterAll(() => handoff.stop(), 60_000);

/** The documents speak of default ports and the default folder; this Handoff has others. The only place that knows. */
function forThisHandoff(script: string): string {
  const { urls, dataDir } = handoff;
  const places = { 'http://127.0.0.1:8080': urls.console, 'http://127.0.0.1:8081': urls.intake, 'http://127.0.0.1:8082': urls.routing, 'http://127.0.0.1:8083': urls.notifier, 'http://127.0.0.1:8025': urls.mailbox, '.handoff/': `${dataDir}/` };
  return Object.entries(places).reduce((text, [from, to]) => text.replaceAll(from, to), script);
}

function bash(script: string): Promise<{ code: number; output: string }> {
  const env = { ...handoff.env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH'] ?? ''}` };
  return new Promise((resolve) => {
    execFile('bash', ['-euo', 'pipefail', '-c', forThisHandoff(script)], { cwd: ROOT, env, timeout: COMMAND_MS_MAX }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` });
    });
  });
}

describe('a command in the documents', () => {
  it.each(scripts)('at $place runs as it stands', async ({ script }) => {
    const { code, output } = await bash(script);
    expect({ code, ...(code === 0 ? {} : { script, output }) }).toEqual({ code: 0 });
  }, COMMAND_MS_MAX + 5_000);

  it.each(npmCommands)('at $place, $line, is a script of this project about files that are there', ({ line }) => {
    const { scripts: known } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const words = line.split(' ');
    expect(Object.keys(known)).toContain(words[1] === 'run' ? words[2] : words[1]);
    expect(words.filter((word) => word.includes('/') && !existsSync(join(ROOT, word)))).toEqual([]);
  });

  it('that starts Handoff starts the same program as this test', () => {
    const { scripts: known } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    expect(known['start']).toBe('node tools/start/dist/main.js');
    expect(textOf('e2e/src/running-handoff.ts')).toContain("'tools/start/dist/main.js'");
  });

  it('leads a stranger from the start to a ticket, a webhook and the tests', () => {
    const readme = blocksOf('README.md').flatMap(({ lines }) => lines).join('\n');
    for (const command of ['npm start', 'npx handoff send', 'npx handoff tickets', 'curl ', 'npx handoff doctor', 'npm run reset', 'npm test']) expect(readme).toContain(command);
  });
});

describe('a reference in the documents', () => {
  it.each(DOCUMENTS)('in %s leads somewhere', (file) => {
    const text = textOf(file);
    const links = capturesOf(text, /\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g).map((link) => join(dirname(file), link));
    const paths = capturesOf(text, /`((?:services|libs|tools|deploy|e2e|docs)\/[\w./-]+)`/g);
    expect([...links, ...paths].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('leads to every decision record', () => {
    expect(capturesOf(textOf('docs/adr/README.md'), /\((\d{4}-[\w-]+\.md)\)/g)).toEqual(globSync('docs/adr/0*.md', { cwd: ROOT }).map((file) => file.slice('docs/adr/'.length)).sort());
  });
});

interface Setting {
  readonly name: string;
  readonly section: string;
  /** Default, least and largest value, as far as the code names them. */
  readonly values: readonly string[];
}

function settingsIn(file: string, section: string): Setting[] {
  return [...textOf(file).matchAll(/^ {2}([A-Z][A-Z0-9_]+): (.*)$/gm)].map(([, name = '', rule = '']) => {
    // A text of at least one character is just a text.
    const bounds = rule.replace('z.string().min(1)', 'z.string()').matchAll(/\.(?:min|max|default)\(([^)]+)\)/g);
    return { name, section, values: [...bounds].map(([, value = '']) => value.replaceAll(/[_']/g, '')) };
  });
}

/** The text has this word or number, and not only as a part of another. */
const names = (text: string, value: string): boolean => text.split(/[|,;\s]+/).join(' ').concat(' ').includes(` ${value} `);

describe('the page of settings', () => {
  const settings = [
    ...settingsIn('libs/platform/src/config.ts', 'Every service'), ...settingsIn('services/intake/src/config.ts', 'Intake'),
    ...settingsIn('services/routing/src/config.ts', 'Routing'), ...settingsIn('services/notifier/src/config.ts', 'Notifier'), ...settingsIn('services/console/src/config.ts', 'Console'),
    ...settingsIn('libs/outbound/src/settings.ts', 'Calls to other servers'),
  ];

  it.each(settings)('has $name under "$section" with its default and range', ({ name, section, values }) => {
    const row = sectionOf('docs/config.md', section).split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? `no row for ${name}`;
    expect(values.filter((value) => !names(row, value))).toEqual([]);
    expect(row).toMatch(/^\| `/);
  });

  it('has no setting that is not there', () => {
    for (const section of new Set(settings.map((setting) => setting.section))) {
      const known = settings.filter((setting) => setting.section === section).map(({ name }) => name).sort();
      expect(capturesOf(sectionOf('docs/config.md', section), /^\| `([A-Z_]+)` \|/gm)).toEqual(known);
    }
  });

  it('has every variable that the starter, the tests and the command read', () => {
    const source = sourceOf('libs/engines/src/**/*.ts', 'tools/start/src/**/*.ts', 'tools/cli/src/**/*.ts', 'libs/testing/jest/*.mjs', 'docker-compose.yml');
    const read = capturesOf(source, /(?:env\['|process\.env\.|readPort\('|portFrom\([\w.]+, '|\$\{(?=[A-Z_]+:-))([A-Z][A-Z_]+)/g);
    expect(read).toEqual(expect.arrayContaining(['HANDOFF_DATA_DIR', 'KAFKA_PORT', 'MAIL_PORT', 'HANDOFF_SOURCE_SECRET', 'TEST_DATABASE_URL']));
    const services = capturesOf(sourceOf('tools/start/src/services/service-table.ts'), /name: '(\w+)'/g).map((name) => `${name.toUpperCase()}_PORT`);
    // What every program has, and no setting of ours.
    const common = ['PATH', 'TERM'];
    expect([...read, ...services].filter((name) => !common.includes(name) && !textOf('docs/config.md').includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the page of events', () => {
  it.each(Object.entries(EVENT_SCHEMAS))('has %s with its topic and fields, and no other', (type, schema) => {
    const section = sectionOf('docs/events.md', `\`${type}\``);
    expect(section).toContain(`Topic \`${topicOf(type as EventType)}\``);
    expect(capturesOf(section, /^\| `(\w+)` \|/gm)).toEqual(Object.keys(schema['properties'] as object).sort());
  });

  it('names the parts of a ticket, a decision and a recipient', () => {
    const partsOf = (type: EventType, ...path: readonly string[]): string[] =>
      Object.keys(path.reduce<Record<string, unknown>>((schema, key) => schema[key] as Record<string, unknown>, EVENT_SCHEMAS[type]));
    const missing = (type: EventType, parts: readonly string[]): string[] => parts.filter((part) => !sectionOf('docs/events.md', `\`${type}\``).includes(`\`${part}\``));
    expect(missing('handoff.ticket.received.v1', partsOf('handoff.ticket.received.v1', 'properties', 'ticket', 'properties'))).toEqual([]);
    for (const path of [['ticket'], ['decision'], ['recipients', 'items']]) {
      expect(missing('handoff.ticket.routed.v1', partsOf('handoff.ticket.routed.v1', 'properties', ...path, 'properties'))).toEqual([]);
    }
  });

  it('has no event that is not there', () => {
    expect(capturesOf(textOf('docs/events.md'), /^## `(.+)`$/gm)).toEqual(Object.keys(EVENT_SCHEMAS).sort());
  });
});

describe('the page of HTTP', () => {
  const page = textOf('docs/http.md');

  it('has every problem code with its status, and no other', () => {
    const source = sourceOf('services/*/src/**/*.ts', 'libs/platform/src/**/*.ts');
    const raised = capturesOf(source, /new Problem\((\d{3}, '[a-z-]+')/g);
    const byStatus = [...(/STATUS_CODES[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? '').matchAll(/(\d{3}): ('[a-z-]+')/g)].map(([, status, code]) => `${status}, ${code}`);
    const known = new Set([...raised, ...byStatus, "400, 'bad-request'"]);
    const documented = [...page.matchAll(/^\| (\d{3}) \| `([a-z-]+)` \|/gm)].map(([, status, code]) => `${status}, '${code}'`);
    expect(documented.sort()).toEqual([...known].sort());
  });

  it.each(['intake', 'routing', 'notifier', 'console'] as const)('has every call of %s, and no other', async (service) => {
    const { body } = await handoff.request(`${handoff.urls[service]}/openapi.json`);
    const offered = Object.entries(body['paths'] as unknown as Record<string, object>).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    const section = sectionOf('docs/http.md', { intake: 'Intake, port 8081', routing: 'Routing, port 8082', notifier: 'Notifier, port 8083', console: 'Console, port 8080' }[service]);
    const documented = [...section.matchAll(/^\| `([A-Z, ]+) (\/\S+)` \|/gm)].flatMap(([, methods = '', path = '']) => methods.split(', ').map((method) => `${method} ${path}`));
    expect(documented.sort()).toEqual(offered.sort());
  });
});
