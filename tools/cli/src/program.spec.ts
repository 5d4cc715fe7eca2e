import { parsedJson } from './json-reading.js';
import { run } from './program.js';

/** Runs a command line that ends before it touches anything. */
async function refused(...argv: string[]) {
  let out = '';
  let err = '';
  const exitCode = await run(argv, { cwd: '/', env: {}, hasColours: false, write: (text) => void (out += text), tell: (text) => void (err += text), readInput: () => Promise.resolve(Buffer.alloc(0)) });
  return { exitCode, out, err };
}

describe('wrong use', () => {
  it.each([
    [['send'], "required option '--source <name>' not specified"],
    [['send', '--source', '../x'], 'letters, digits'],
    [['send', '--source', 'jira-demo', '--count', '0'], 'whole number from 1'],
    [['send', 'a.json', 'b.json', '--source', 'jira-demo'], 'too many arguments'],
    [['explain', '--severity', 'D'], 'Allowed choices are A, B, C'],
    [['explain', '--at', 'tomorrow'], 'a time with its zone'],
    [['tickets', '--limit', '201'], 'whole number from 1 to 200'],
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['doctor', '--loud'], "unknown option '--loud'"],
    [[], 'Usage: handoff'],
  ])('%j exits with 2 and says why', async (argv, sentence) => {
    const { exitCode, err } = await refused(...argv);
    expect(exitCode).toBe(2);
    expect(err).toContain(sentence);
  });

  it('is told to programs as a document', async () => {
    const { exitCode, out } = await refused('tickets', '--limit', 'x', '--json');
    expect(exitCode).toBe(2);
    expect(parsedJson(out)).toMatchObject({ error: { code: 'wrong-use' } });
  });
});

describe('help', () => {
  it('is no error', async () => {
    const { exitCode, out } = await refused('send', '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain('--source <name>');
    expect(out).toContain('--url-intake <url>');
  });
});
