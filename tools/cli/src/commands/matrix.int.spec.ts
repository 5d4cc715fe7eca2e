import { defaultMatrixYaml } from '@handoff/matrix-files';
import { parsedJson } from '../json-reading.js';
import { type Behaviours, guarded, problem, StandIn } from '../stand-in.testing.js';

const VERSION = { version: '2026-03', state: 'tested', revision: 3, createdAt: '2026-11-01T09:00:00Z', createdBy: 'anna', activatesAt: null, activatedAt: null, retiredAt: null, replaced: null, note: null, matrix: 'version: 2026-03\n', cases: 'cases: []\n' };
const ACTIVE = { ...VERSION, state: 'active', activatedAt: '2026-11-02T09:00:00Z', replaced: 'default-1' };
const COMPARISON = { before: 'default-1', after: '2026-03', since: '2026-10-03T00:00:00Z', tickets: 4, changed: 1, isComplete: true, byQueue: [{ from: 'partner/1001', to: 'isv/contoso', tickets: 1 }], byQueueLeftOut: 0, byField: [], byTicket: [] };
const PATH = '/v1/matrix/versions/2026-03';

const HEALTHY: Behaviours = {
  'GET /v1/matrix/versions': guarded(() => ({ status: 200, body: { items: [VERSION], next: null } })),
  [`GET ${PATH}`]: guarded(() => ({ status: 200, body: VERSION })),
  [`POST ${PATH}/activate`]: guarded(() => ({ status: 200, body: ACTIVE })),
  [`POST ${PATH}/compare`]: guarded(() => ({ status: 200, body: COMPARISON })),
  'POST /v1/matrix/compare': guarded(() => ({ status: 200, body: COMPARISON })),
  'POST /v1/matrix/rollback': guarded(() => ({ status: 200, body: { ...ACTIVE, version: 'default-1' } })),
};

const open: StandIn[] = [];
afterEach(async () => {
  for (const standIn of open.splice(0)) await standIn.close();
});

async function installation(changes: Behaviours = {}): Promise<StandIn> {
  const standIn = await StandIn.start({ ...HEALTHY, ...changes });
  open.push(standIn);
  return standIn;
}

const sent = (standIn: StandIn, method: string) => standIn.received.filter((received) => received.method === method).map(({ path, headers, body }) => ({ path, ifMatch: headers['if-match'], body: parsedJson(body.toString()) }));

describe('handoff matrix, with files alone', () => {
  it('passes the cases that Handoff comes with, though nothing runs', async () => {
    const standIn = await installation();
    await standIn.stopServer();
    expect(await standIn.run(['matrix', 'test'])).toMatchObject({ exitCode: 0, err: '', out: expect.stringMatching(/^ok {2}\d+ cases passed\.\n$/) });
  });

  it('exits with 1 and says what was expected and what came, when a case fails', async () => {
    const standIn = await installation();
    const cases = await standIn.write('cases.yaml', 'cases:\n  - name: nobody has it\n    given: {ticket: {area: payment}}\n    expect: {queue: isv/contoso}\n');
    const ran = await standIn.run(['matrix', 'test', '--cases', cases]);
    expect(ran.exitCode).toBe(1);
    expect(ran.out).toMatch(/failed {2}nobody has it {2}.*cases\.yaml:2\n {4}queue\n {6}expected {2}"isv\/contoso"\n/);
    const { exitCode, out } = await standIn.run(['matrix', 'test', '--cases', cases, '--json']);
    expect([exitCode, parsedJson(out)]).toMatchObject([1, { ok: false, failed: 1, results: [{ name: 'nobody has it', differences: [{ path: 'queue', expected: 'isv/contoso' }] }] }]);
  });

  it('says of a file that cannot be used where, and what to do', async () => {
    const standIn = await installation();
    const file = await standIn.write('matrix.yaml', defaultMatrixYaml().replace('stage: gate', 'stage: door'));
    const linted = await standIn.run(['matrix', 'lint', file]);
    expect([linted.exitCode, linted.out]).toEqual([1, expect.stringMatching(/matrix\.yaml:\d+:\d+ {2}error {2}'door'.*\n {4}\S/)]);
    expect((await standIn.run(['matrix', 'test', file])).exitCode).toBe(1);
    const good = await standIn.write('good.yaml', defaultMatrixYaml());
    expect((await standIn.run(['matrix', 'lint', good])).exitCode).toBe(0);
  });

  it('is wrong use without a file that can be read', async () => {
    const standIn = await installation();
    const runs = await Promise.all([['lint', 'absent.yaml'], ['test', 'absent.yaml'], ['push', '2026-03', 'absent.yaml'], ['compare', 'absent.yaml'], ['lint'], ['show', '../x']].map((argv) => standIn.run(['matrix', ...argv])));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(standIn.received).toEqual([]);
  });
});

describe('handoff matrix, with a running Handoff', () => {
  it('lists versions, and prints the text of one as it was written', async () => {
    const standIn = await installation();
    expect((await standIn.run(['matrix', 'list'])).out).toContain('2026-03  tested');
    expect((await standIn.run(['matrix', 'show', '2026-03'])).out).toBe(VERSION.matrix);
    expect((await standIn.run(['matrix', 'show', '2026-03', '--cases'])).out).toBe(VERSION.cases);
  });

  it('stores a file as a draft, or as the new text of the draft that is there', async () => {
    const standIn = await installation({ 'POST /v1/matrix/versions': guarded(() => ({ status: 201, body: { ...VERSION, findings: [] } })), [`PUT ${PATH}`]: guarded(() => ({ status: 200, body: { ...VERSION, findings: [] } })) });
    const file = await standIn.write('matrix.yaml', 'version: x\n');
    const cases = await standIn.write('cases.yaml', 'cases: []\n');
    expect((await standIn.run(['matrix', 'push', '2026-04', file, '--cases', cases])).exitCode).toBe(0);
    expect((await standIn.run(['matrix', 'push', '2026-03', file])).exitCode).toBe(0);
    expect(sent(standIn, 'POST')).toMatchObject([{ body: { version: '2026-04', matrix: 'version: x\n', cases: 'cases: []\n' } }]);
    expect(sent(standIn, 'PUT')).toEqual([{ path: PATH, ifMatch: '"3"', body: { matrix: 'version: x\n' } }]);
  });

  it('compares a stored version, or a file', async () => {
    const standIn = await installation();
    const file = await standIn.write('matrix.yaml', 'version: x\n');
    const ran = await standIn.run(['matrix', 'compare', '2026-03', '--days', '7']);
    expect([ran.exitCode, ran.out]).toEqual([0, expect.stringContaining('1        partner/1001  isv/contoso')]);
    expect((await standIn.run(['matrix', 'compare', file, '--json'])).exitCode).toBe(0);
    expect(sent(standIn, 'POST')).toEqual([{ path: `${PATH}/compare`, ifMatch: undefined, body: { days: 7, limit: 20 } }, { path: '/v1/matrix/compare', ifMatch: undefined, body: { matrix: 'version: x\n', days: 30, limit: 20 } }]);
  });

  it('activates a tested version, at a time if one is given, and rolls back', async () => {
    const standIn = await installation();
    expect((await standIn.run(['matrix', 'activate', '2026-03', '--at', '2026-12-01T00:00:00+01:00', '--expected-active', 'default-1'])).exitCode).toBe(0);
    expect((await standIn.run(['matrix', 'rollback'])).out).toContain('default-1');
    expect(sent(standIn, 'POST')).toMatchObject([{ path: `${PATH}/activate`, body: { at: '2026-11-30T23:00:00.000Z', expectedActive: 'default-1' } }, { path: '/v1/matrix/rollback' }]);
  });

  it('does not activate a draft whose cases fail, and shows them', async () => {
    const standIn = await installation({ [`GET ${PATH}`]: guarded(() => ({ status: 200, body: { ...VERSION, state: 'draft' } })), [`POST ${PATH}/test`]: guarded(() => ({ status: 200, body: { failed: 1, results: [{ name: 'a payment', line: 2, passed: false, differences: [] }] } })) });
    const ran = await standIn.run(['matrix', 'activate', '2026-03']);
    expect([ran.exitCode, ran.out, ran.err]).toEqual([1, expect.stringContaining('failed  a payment'), expect.stringContaining('was not activated')]);
    expect(sent(standIn, 'POST').map(({ path }) => path)).toEqual([`${PATH}/test`]);
  });

  it('tells the refusal of somebody who was too late', async () => {
    const standIn = await installation({ [`POST ${PATH}/activate`]: guarded(() => problem(409, 'activation-conflict', "'2026-02' is active now.")) });
    expect(await standIn.run(['matrix', 'activate', '2026-03'])).toMatchObject({ exitCode: 1, err: expect.stringContaining('409 activation-conflict') });
  });
});
