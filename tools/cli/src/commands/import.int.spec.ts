import { gzipSync } from 'node:zlib';
import { type Behaviours, guarded, problem, StandIn } from '../stand-in.testing.js';

const IMPORT = { importId: 'x', state: 'applied', counts: { read: 2, valid: 2, invalid: 0, ignored: 0, problems: 0, created: 1, changed: 1, unchanged: 0 }, ignoredColumns: ['colour'] };
const REFUSED = { ...IMPORT, state: 'refused', counts: { ...IMPORT.counts, valid: 1, invalid: 1, problems: 30 } };
const LINE = { line: 7, field: 'offerId', code: 'value-missing', detail: 'It is missing.', remedy: 'Give the id of the offer.' };
const REFUSING: Behaviours = {
  'POST /v1/imports': guarded(() => problem(422, 'import-refused', 'One line is invalid.')),
  'GET /v1/imports/x': guarded(() => ({ status: 200, body: REFUSED })),
  'GET /v1/imports/x/report': guarded(() => ({ status: 200, body: { items: [LINE], next: null } })),
};

const open: StandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function installation(behaviours: Behaviours): Promise<StandIn> {
  const standIn = await StandIn.start(behaviours);
  open.push(standIn);
  return standIn;
}

const taking: Behaviours = { 'POST /v1/imports': guarded(() => ({ status: 200, body: IMPORT })) };

describe('handoff import', () => {
  it('sends the file as it is, and says what it changed', async () => {
    const standIn = await installation(taking);
    const content = `id,offerId\n${'s,crm\n'.repeat(100_000)}`;
    const ran = await standIn.run(['import', await standIn.write('subs.csv', content), '--format', 'subscriptions', '--partner', '1001']);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toContain('1 new, 1 changed, 0 as they were');
    expect(ran.out).toContain('colour');
    expect(standIn.received[0]?.headers).toMatchObject({ 'content-type': 'text/csv' });
    expect(standIn.received[0]?.body.toString()).toBe(content);
  });

  it('answers programs with one document', async () => {
    const ran = await (await installation(taking)).run(['import', '-', '--type', 'json', '--format', 'directory', '--json'], { input: '{}' });
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.out)).toEqual({ ...IMPORT, problems: [] });
  });

  it('sends a compressed file as such', async () => {
    const standIn = await installation(taking);
    const file = await standIn.write('offers.json.gz', gzipSync('[]').toString('latin1'));
    expect((await standIn.run(['import', file, '--format', 'offers', '--publisher', 'contoso'])).exitCode).toBe(0);
    expect(standIn.received[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'content-encoding': 'gzip' });
  });

  it('shows the lines that are wrong where the file was refused, and ends with 1', async () => {
    const standIn = await installation(REFUSING);
    const ran = await standIn.run(['import', await standIn.write('subs.csv', 'id\n'), '--format', 'subscriptions', '--id', 'x']);
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toContain('line 7, offerId: It is missing. Give the id of the offer.');
    expect(ran.out).toContain('and 29 more');
  });

  it('says how to go on where the service could not keep the file', async () => {
    const standIn = await installation({ 'POST /v1/imports': guarded(() => problem(503, 'database-unavailable', 'The database is away.')) });
    const ran = await standIn.run(['import', await standIn.write('subs.csv', 'id\n'), '--format', 'subscriptions', '--id', 'x']);
    expect(ran.exitCode).toBe(1);
    expect(ran.err).toContain('--id x');
    await standIn.stopServer();
    expect((await standIn.run(['import', await standIn.write('subs.csv', 'id\n'), '--format', 'subscriptions', '--id', 'x'])).err).toContain('--id x');
  });

  it.each([
    ['a file that is not there', ['import', 'nowhere.csv', '--format', 'customers'], 'no file nowhere.csv'],
    ['a file whose kind cannot be seen', ['import', 'token', '--format', 'customers'], '--type'],
    ['no format', ['import', 'token'], '--format'],
  ])('is wrong use with %s', async (_what, argv, words) => {
    const ran = await (await installation(taking)).run(argv);
    expect(ran.exitCode).toBe(2);
    expect(ran.err).toContain(words);
  });
});
